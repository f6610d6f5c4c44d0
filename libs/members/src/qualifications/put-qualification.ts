import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type Qualification, type Stored, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Records until when a member is qualified, which nobody does for themselves; another day renews or ends it, and so does the same one where only an extension
 * gave it. Idempotent. Refuses `members/not_found`.
 */
@Injectable()
export class PutQualification {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, memberId: string, code: string, validUntil: string): Promise<Stored<Qualification>> {
    if (isOneself(actor, memberId)) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      const member = await this.unit.one('select 1 from member where bank_id = $1 and member_id = $2 for no key update', [
        bankId,
        memberId,
      ]);
      if (!member) throw refuse('members/not_found');
      const known = await this.unit.one('select 1 from qualification where bank_id = $1 and member_id = $2 and code = $3', [
        bankId,
        memberId,
        code,
      ]);
      await this.unit.query(
        `insert into qualification (bank_id, member_id, code, valid_until, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (bank_id, member_id, code) do update
           set valid_until = excluded.valid_until, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at,
               grants = qualification.grants + 1
         where qualification.valid_until <> excluded.valid_until
            or exists (select from qualification_extended m join qualification_extension x using (bank_id, extension_id)
                        where m.bank_id = $1 and m.member_id = $2 and x.code = $3 and m.grants = qualification.grants and x.undone_at is null)`,
        [bankId, memberId, code, validUntil, actor.personId, this.unit.now],
      );
      return { first: known === null, value: { memberId, code, validUntil } };
    });
  }
}
