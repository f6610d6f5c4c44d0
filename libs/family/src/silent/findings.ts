import { Injectable } from '@nestjs/common';
import { type Actor, SecondPerson } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import {
  type AnswerOf,
  type Finding,
  type FindingInput,
  refuse,
  type SilentQuery,
  type Stored,
  type ToldFinding,
  type Waiting,
} from '@timebank/contract';
import { contentHash, cutPage, once, UnitOfWork } from '@timebank/database';
import { dayOn, localDate } from '@timebank/kernel';
import { FindingRow } from './silent.entity';

/** What a bank takes from strangers in a day. */
const mostADay = 200;
/** Two people may keep it so much longer, in days. */
const keptDays = 90;

/**
 * What a shop, a postman or a hospital tells of an elder, without an account. The elder has agreed to nothing, so it is gone by itself after policy `findingDays`;
 * two people of the bank may keep it for ninety days from now, for a reason. Refuses `findings/too_many`, `id_reused`, `not_found`, `over`.
 */
@Injectable()
export class Findings {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly secondPerson: SecondPerson,
  ) {}

  async put(bankId: string, findingId: string, input: FindingInput): Promise<Stored<ToldFinding>> {
    const sent = { hash: contentHash(input), reused: 'findings/id_reused' as const };
    return this.unit.run([bankId], async () => {
      const { zone, name, phone } = await this.readBank.lock(bankId);
      const today = localDate(this.unit.now, zone);
      const { findingDays } = await this.readPolicy.run(bankId, today);
      const endsOn = dayOn(today, findingDays);
      const first = await once(this.unit, FindingRow, { bankId, findingId }, sent, async () => {
        await this.refuseMore(bankId);
        const { place = null, phone: finderPhone = null, ...told } = input;
        const open = { result: null, closedBy: null, closedAt: null, keptReason: null, keptBy: null, keptFirstBy: null };
        const row = {
          bankId,
          findingId,
          ...told,
          place,
          phone: finderPhone,
          toldAt: this.unit.now,
          endsOn,
          ...open,
          contentHash: sent.hash,
        };
        const isMade = await this.unit.insertNew(FindingRow, row, ['bankId', 'findingId']);
        if (isMade) this.unit.tell(bankId, 'findings/told', { findingId });
        return isMade;
      });
      return { first, value: { findingId, bankName: name, bankPhone: phone, endsOn } };
    });
  }

  async list(bankId: string, page: SilentQuery): Promise<AnswerOf<'listFindings'>> {
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<FindingRow>(
        'select * from finding where bank_id = $1 and closed_at is null and ends_on >= $2 order by told_at, finding_id limit 500',
        [bankId, await this.today(bankId)],
      );
      return cutPage(rows.map(shown), page);
    });
  }

  async end(actor: Actor, bankId: string, findingId: string, result: string): Promise<Finding> {
    return this.unit.run([bankId], async () => {
      const row = await this.locked(bankId, findingId);
      if (row.result !== null && row.result !== result) throw refuse('findings/over', { result: row.result });
      const closed = { result, closedBy: actor.personId, closedAt: this.unit.now };
      if (row.result === null) await this.unit.updateRow(FindingRow, { bankId, findingId }, closed);
      return shown({ ...row, ...closed });
    });
  }

  async keep(actor: Actor, bankId: string, findingId: string, reasonCode: string): Promise<Finding | Waiting> {
    return this.unit.run([bankId], async () => {
      const row = await this.locked(bankId, findingId);
      if (row.closedAt !== null) throw refuse('findings/over', { result: row.result });
      if (row.keptReason === reasonCode) return shown(row);
      const act = {
        bankId,
        kind: 'finding' as const,
        subjectId: findingId,
        content: { reasonCode },
        memberId: null,
        roles: ['coordinator' as const],
      };
      const second = await this.secondPerson.run(actor, act);
      if (second.state === 'waits') return second;
      const endsOn = dayOn(await this.today(bankId), keptDays);
      const kept = { endsOn, keptReason: reasonCode, keptBy: actor.personId, keptFirstBy: second.askedBy };
      await this.unit.updateRow(FindingRow, { bankId, findingId }, kept);
      return shown({ ...row, ...kept });
    });
  }

  /** Those whose time is over are gone: for a round. */
  async drop(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const gone = await this.unit.query('delete from finding where bank_id = $1 and ends_on < $2 returning finding_id', [
        bankId,
        await this.today(bankId),
      ]);
      return gone.length;
    });
  }

  private async refuseMore(bankId: string): Promise<void> {
    const told = await this.unit.one<{ count: number }>(
      `select count(*) as count from finding where bank_id = $1 and told_at > $2::timestamptz - interval '1 day'`,
      [bankId, this.unit.now],
    );
    if ((told?.count ?? 0) >= mostADay) throw refuse('findings/too_many', { retryAfterSeconds: 86_400 });
  }

  private async today(bankId: string): Promise<string> {
    return localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
  }

  private async locked(bankId: string, findingId: string): Promise<FindingRow> {
    const row = await this.unit.one<FindingRow>(
      'select * from finding where bank_id = $1 and finding_id = $2 and ends_on >= $3 for no key update',
      [bankId, findingId, await this.today(bankId)],
    );
    if (!row) throw refuse('findings/not_found');
    return row;
  }
}

function shown({ toldAt, ...row }: FindingRow): Finding {
  return { ...row, toldAt: toldAt.toISOString() };
}
