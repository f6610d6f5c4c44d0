import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { type AnswerOf, type CheckIn, type CheckInInput, refuse, type SilentLine, type SilentQuery, type Stored } from '@timebank/contract';
import { contentHash, cutPage, once, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { FindMembers } from '@timebank/members';
import { CheckInRow } from './silent.entity';
import { silentSql } from './silent.sql';

type Row = Omit<SilentLine, 'lastHelpAt' | 'lastContact'> & {
  lastHelpAt: Date | null;
  contactAt: Date | null;
  contactResult: NonNullable<SilentLine['lastContact']>['result'] | null;
  contactByName: string | null;
  contactNote: string | null;
};

/**
 * Clients who have not asked for `silentAfterDays` and have nothing ahead: whom to phone, those who live alone first, then by how long. A call takes somebody
 * off the list until the day that was said, else for as many days again; who does not wish to be called stays off it until they ask themselves.
 */
@Injectable()
export class SilentElders {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly findMembers: FindMembers,
  ) {}

  async list(bankId: string, { count, ...page }: SilentQuery): Promise<AnswerOf<'listSilent'>> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const today = localDate(this.unit.now, zone);
      const { silentAfterDays: days } = await this.readPolicy.run(bankId, today);
      const rows = await this.unit.query<Row>(silentSql, [bankId, this.unit.now, days, today]);
      const { items, nextCursor } = cutPage(rows.map(shown), page);
      return { items, nextCursor, days, ...(count ? { total: { count: rows.length, isMore: false } } : {}) };
    });
  }

  async put(actor: Actor, bankId: string, clientId: string, checkInId: string, input: CheckInInput): Promise<Stored<CheckIn>> {
    const sent = { hash: contentHash({ ...input, clientId }), reused: 'check_ins/id_reused' as const };
    return this.unit.run([bankId], async () => {
      const [member] = await this.findMembers.run(bankId, [clientId]);
      if (!member) throw refuse('members/not_found');
      const first = await once(this.unit, CheckInRow, { bankId, checkInId }, sent, async () => {
        const { zone } = await this.readBank.run(bankId);
        const { result, note = null, nextOn = null } = input;
        if (nextOn !== null && nextOn < localDate(this.unit.now, zone)) throw refuse('check_ins/in_the_past', {}, 'body.nextOn');
        const by = { calledBy: actor.personId, calledAt: this.unit.now, contentHash: sent.hash };
        return this.unit.insertNew(CheckInRow, { bankId, checkInId, clientId, result, note, nextOn, ...by }, ['bankId', 'checkInId']);
      });
      return { first, value: await this.one(bankId, checkInId) };
    });
  }

  private async one(bankId: string, checkInId: string): Promise<CheckIn> {
    const row = await this.unit.one<CheckInRow & { byName: string | null }>(
      `select k.*, (select h.name from helper h where h.bank_id = k.bank_id and h.person_id = k.called_by limit 1) as by_name
         from check_in k where k.bank_id = $1 and k.check_in_id = $2`,
      [bankId, checkInId],
    );
    if (!row) throw refuse('check_ins/id_reused');
    return { ...row, calledAt: row.calledAt.toISOString() };
  }
}

function shown({ contactAt, contactResult, contactByName, contactNote, lastHelpAt, ...row }: Row): SilentLine {
  const contact = contactAt &&
    contactResult && { at: contactAt.toISOString(), result: contactResult, byName: contactByName, note: contactNote };
  return { ...row, lastHelpAt: lastHelpAt?.toISOString() ?? null, lastContact: contact };
}
