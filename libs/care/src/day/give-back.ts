import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers, isOneself } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { Availability } from '@timebank/members';
import { CancelVisit } from '@timebank/visits';
import { dayOn } from '@timebank/kernel';

/** A helper is away: a pause in their own word, and what is planned on its days for somebody else is open again, at home and where they are a guest. */
@Injectable()
export class GiveBack {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly availability: Availability,
    private readonly cancelVisit: CancelVisit,
  ) {}

  /** What a unit of work has to see for it: home first. Read before it is opened. */
  async banks(bankId: string, memberId: string): Promise<string[]> {
    return [...new Set([bankId, ...(await this.banksOfMembers.run([memberId]))])];
  }

  /** They help again from this day on: the rest of the pause that holds it is none any more. */
  async takeUp(bankId: string, memberId: string, on: string): Promise<void> {
    const said = await this.availability.read(bankId, memberId);
    const pauses = said.pauses.flatMap((pause) => {
      if (on < pause.from || on > pause.to) return [pause];
      return on === pause.from ? [] : [{ from: pause.from, to: dayOn(on, -1) }];
    });
    if (said.pauses.some(({ from, to }) => from <= on && on <= to)) await this.availability.put(bankId, memberId, { ...said, pauses });
  }

  /** How many visits were given back. Days are those of each bank's clock. The caller has locked the member: pauses are written one after the other. */
  async run(actor: Actor, bankId: string, memberId: string, span: { from: string; to: string }): Promise<number> {
    const said = await this.availability.read(bankId, memberId);
    const isSaid = said.pauses.some(({ from, to }) => from <= span.from && to >= span.to);
    if (!isSaid) await this.availability.put(bankId, memberId, { ...said, pauses: [...said.pauses, span] });
    const planned = await this.unit.query<{ bankId: string; visitId: string }>(
      `select v.bank_id, v.visit_id from visit v where v.bank_id = any (timebank_banks()) and v.volunteer_id = $1 and v.state = 'planned'
          and bank_day(v.bank_id, v.planned_start) between $2 and $3 and v.planned_start > $4 order by v.bank_id, v.visit_id`,
      [memberId, span.from, span.to, this.unit.now],
    );
    const reasonCode = isOneself(actor, memberId) ? 'other' : 'volunteer_asked';
    let given = 0;
    for (const visit of planned) given += Number(await this.cancelVisit.giveBack(actor, visit.bankId, visit.visitId, reasonCode));
    return given;
  }
}
