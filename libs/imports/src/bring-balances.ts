import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { type Posting, PostTransfers } from '@timebank/ledger';
import { readHours, readMinutes } from './cells.rules';
import { FindPeople, type FoundPeople, type FoundPerson, nobody } from './find-people';
import { meantPerson, neededPerson, type PersonFields } from './meant-person.rules';
import type { FileRow, Ground, Importer, Plan, PlannedRow, Problem, RowReading, EarlierRows } from './planned';
import { type Cells, fault, planRows, readRows, soundRows } from './row-reading.rules';

type Balance = FoundPerson & { minutes: number };
type Account = { opened: number | null; roomMinutes: number | null; isClosed: boolean; isClose: boolean };

const fields: PersonFields = { number: 'number', name: 'name', birthDate: 'birthDate' };

/** What a row says of minutes, by whichever column has something. */
export function minutesSaid(cells: Cells): number | null {
  return cells.maybe('minutes', readMinutes) ?? cells.maybe('hours', readHours);
}

/**
 * Opening balances: what members had saved before they came, once for each of them, from issuance, as transfers of kind `opening`. The ids derive from
 * import and member, so nothing is posted twice. Nobody brings in their own balance or a relative's.
 */
@Injectable()
export class BringBalances implements Importer<Balance> {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findPeople: FindPeople,
    private readonly postTransfers: PostTransfers,
  ) {}

  async plan(ground: Ground, rows: readonly FileRow[], reading: RowReading, seen: EarlierRows): Promise<PlannedRow<Balance>[]> {
    const { bankId } = ground.bank;
    const read = readRows(rows, reading, (cells) => {
      const minutes = minutesSaid(cells);
      if (minutes === null) throw cells.wrong(reading.has('minutes') ? 'minutes' : 'hours', 'missing');
      return { minutes, named: neededPerson(cells, fields, ground.today) };
    });
    const found = await this.findPeople.run(
      bankId,
      soundRows(read).map(({ named }) => named),
    );
    const accounts = await this.accounts(bankId, found, ground.personId);
    return planRows(read, ({ cells, minutes, named }, place) => {
      const person = meantPerson(cells, fields, named, found[place] ?? nobody);
      const again = seen.meet(person.memberId, cells.line, '');
      if (again) throw cells.wrong('number', 'twice_in_file', { otherLine: again.line });
      return { line: cells.line, verdict: this.verdict(cells, minutes, accounts.get(person.memberId)), work: { ...person, minutes } };
    });
  }

  private verdict(cells: Cells, minutes: number, account: Account | undefined): Plan<Balance>['verdict'] {
    const field = cells.said('minutes') === '' ? 'hours' : 'minutes';
    if (account && account.opened !== null) {
      if (account.opened === minutes) return 'unchanged';
      throw cells.wrong(field, 'other_balance');
    }
    if (minutes === 0) return 'skip';
    if (!account || account.isClosed) throw cells.wrong(field, 'account_closed');
    if (account.isClose) throw cells.wrong('number', 'own_row');
    if (account.roomMinutes !== null && account.roomMinutes < minutes) throw cells.wrong(field, 'above_cap');
    return 'create';
  }

  private async accounts(bankId: string, found: readonly FoundPeople[], personId: string): Promise<Map<string, Account>> {
    const people = found.flatMap(({ byNumber, byName }) => [...byNumber, ...byName]);
    const memberIds = [...new Set(people.map(({ memberId }) => memberId))];
    const accounts = await this.unit.query<{ accountId: string; roomMinutes: number | null; isClosed: boolean }>(
      `select account_id, ceiling_minutes - balance_minutes as room_minutes, closed_at is not null as is_closed from account
        where bank_id = $1 and account_id = any ($2::uuid[])`,
      [bankId, people.map(({ accountId }) => accountId)],
    );
    const opened = await this.unit.query<{ memberId: string; minutes: number }>(
      'select member_id, minutes from opening_balance where bank_id = $1 and member_id = any ($2::uuid[])',
      [bankId, memberIds],
    );
    const own = await this.unit.query<{ memberId: string }>(
      `with own as (select member_id from member where bank_id = $1 and person_id = $2)
       select member_id from own
       union select other_member_id from relation where bank_id = $1 and member_id in (select member_id from own)
       union select member_id from relation where bank_id = $1 and other_member_id in (select member_id from own)`,
      [bankId, personId],
    );
    const [accountOf, openedOf] = [
      new Map(accounts.map((account) => [account.accountId, account])),
      new Map(opened.map(({ memberId, minutes }) => [memberId, minutes])),
    ];
    const close = new Set(own.map(({ memberId }) => memberId));
    return new Map(
      people.map(({ memberId, accountId }) => {
        const { roomMinutes = null, isClosed = true } = accountOf.get(accountId) ?? {};
        return [memberId, { opened: openedOf.get(memberId) ?? null, roomMinutes, isClosed, isClose: close.has(memberId) }];
      }),
    );
  }

  async write({ bank, importId, personId }: Ground, plans: readonly Plan<Balance>[]): Promise<Problem[]> {
    const due = plans.filter(({ verdict }) => verdict === 'create');
    const outcomes = await this.postTransfers.run(due.map(({ work }) => this.posting(bank, importId, personId, work)));
    const behind = outcomes.find(({ code }) => code === 'ledger/clock_behind');
    if (behind) throw refuse('ledger/clock_behind', behind.parameters);
    const posted = due.filter((_, index) => outcomes[index]?.outcome !== 'refused');
    await this.keep(bank.bankId, importId, posted);
    return due
      .filter((_, index) => outcomes[index]?.outcome === 'refused')
      .map(({ line }) => fault(line, 'number', 'refused_by_ledger').problem);
  }

  private async keep(bankId: string, importId: string, posted: readonly Plan<Balance>[]): Promise<void> {
    await this.unit.query(
      `insert into opening_balance (bank_id, member_id, minutes, transfer_id, import_id, line)
       select $1, member_id, minutes, transfer_id, $6, line
         from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::integer[]) as given (member_id, minutes, transfer_id, line)`,
      [
        bankId,
        posted.map(({ work }) => work.memberId),
        posted.map(({ work }) => work.minutes),
        posted.map(({ work }) => openingId(importId, work.memberId)),
        posted.map(({ line }) => line),
        importId,
      ],
    );
  }

  private posting({ bankId, issuanceAccountId }: Ground['bank'], importId: string, actorId: string, work: Balance): Posting {
    return {
      bankId,
      transferId: openingId(importId, work.memberId),
      debitAccountId: issuanceAccountId,
      creditAccountId: work.accountId,
      minutes: work.minutes,
      kind: 'opening',
      class: null,
      visitId: null,
      reversesId: null,
      memoCode: null,
      actorId,
      effectiveAt: this.unit.now,
      holdId: null,
      overflow: null,
      cover: null,
    };
  }
}

const openingId = (importId: string, memberId: string) => deriveId(importId, `opening ${memberId}`);
