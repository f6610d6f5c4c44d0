import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type Exemption, type ExemptionInput, type Stored, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ExemptionRow } from './qualification.entity';

/**
 * Lets a member do without a qualification through a day, with a reason and by name; sending another day ends or renews it. Nobody exempts themselves.
 * Idempotent. Refuses `members/not_found`.
 */
@Injectable()
export class PutExemption {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, memberId: string, code: string, input: ExemptionInput): Promise<Stored<Exemption>> {
    if (isOneself(actor, memberId)) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      const found = await this.unit.one<{ isKnown: boolean; isSame: boolean | null }>(
        `select e.code is not null as is_known, (e.valid_until, e.note) = ($4::date, $5) as is_same
           from member m left join qualification_exemption e on e.bank_id = m.bank_id and e.member_id = m.member_id and e.code = $3
          where m.bank_id = $1 and m.member_id = $2 for no key update of m`,
        [bankId, memberId, code, input.validUntil, input.note],
      );
      if (!found) throw refuse('members/not_found');
      const key = { bankId, memberId, code };
      const said = { ...input, approvedBy: actor.personId, approvedAt: this.unit.now };
      if (!found.isKnown) await this.unit.insertRow(ExemptionRow, { ...key, ...said });
      else if (!found.isSame) await this.unit.updateRow(ExemptionRow, key, said);
      return { first: !found.isKnown, value: { memberId, code, ...input } };
    });
  }
}
