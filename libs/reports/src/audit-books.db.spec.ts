import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutBank, PutCreditLine } from '@timebank/banks';
import { newId } from '@timebank/kernel';
import { CheckpointsModule, SealCheckpoints, SetLimits } from '@timebank/ledger';
import { openCity, settleLedger, type TestCity, type TestPerson } from '@timebank/testing';
import { AuditBooks } from './audit-books';

/** Every column beside the ledger that the audit vouches for, and another value for it. */
const guarded: [table: string, column: string, value: string, which?: string][] = [
  ['visit', 'credited_minutes', 'credited_minutes + 1', `state = 'approved'`],
  [
    'visit',
    'client_id',
    `(select member_id from member m where m.bank_id = t.bank_id and m.member_id <> t.client_id limit 1)`,
    `state = 'approved'`,
  ],
  ['visit', 'volunteer_id', 'client_id', `state = 'approved' and credited_minutes = 60`],
  ['visit', 'payer', `'pool'`, `state = 'approved'`],
  ['visit', 'class', `'manual'`, `state = 'approved'`],
  ['visit', 'state', `'rejected'`, `state = 'approved'`],
  ['visit', 'state', `'approved'`, `state = 'rejected'`],
  ['visit', 'approval_id', 'gen_random_uuid()', `state = 'approved'`],
  ['visit', 'transfer_id', 'null', `state = 'approved'`],
  ['visit', 'decided_by', 'volunteer_id', `state = 'approved'`],
  ['visit', 'decided_rule', `'auto_approve'`, `state = 'approved'`],
  ['visit', 'decided_at', `decided_at - interval '1 minute'`, `state = 'rejected'`],
  ['visit', 'decision_reason_code', `'shorter'`, `state = 'rejected'`],
  ['visit', 'planned_minutes', '1', `state = 'approved'`],
  ['visit', 'hold_id', 'gen_random_uuid()'],
  ['visit', 'service_kind', `'meal'`],
  ['visit', 'planned_start', `planned_start - interval '1 hour'`],
  ['visit', 'volunteer_home_bank_id', 'gen_random_uuid()'],
  ['visit', 'cancelled_at', 'now()'],
  ['request', 'client_id', 'gen_random_uuid()'],
  ['request', 'minutes', 'minutes + 1'],
  ['role', 'home_bank_id', 'bank_id'],
  ['hand_transfer', 'done_at', `done_at + interval '1 minute'`],
  ['approval', 'actor_id', 'gen_random_uuid()'],
  ['approval', 'decision', `case decision when 'reject' then 'approve' else 'reject' end`],
  ['approval', 'decided_at', `decided_at + interval '1 day'`],
  ['approval', 'results', `'[]'`],
  ['approval', 'results', `'"nothing of the kind"'`],
  ['member', 'account_id', `(select account_id from member m where m.bank_id = t.bank_id and m.member_id <> t.member_id limit 1)`],
  ['member', 'person_id', 'gen_random_uuid()'],
  ['role', 'person_id', 'gen_random_uuid()', 'member_id is not null'],
  ['bank', 'fund_account_id', 'pool_account_id'],
  ['bank', 'closed_on', 'current_date'],
  ['policy', 'valid_from', 'valid_from - 30'],
  ['policy', 'value', `'999'`],
  ['policy', 'key', `'secondPersonAboveMinutes'`],
  ['policy', 'bank_id', 'null'],
  ['hand_transfer', 'minutes', 'minutes + 1'],
  ['hand_transfer', 'done_by', 'gen_random_uuid()'],
  ['hand_transfer', 'account_id', 'gen_random_uuid()'],
  ['credit_line', 'credit_line_minutes', 'credit_line_minutes + 60'],
  ['guest', 'account_id', 'gen_random_uuid()'],
  ['hold', 'hold_id', 'gen_random_uuid()', 'not exists (select from hold_end e where e.hold_id = t.hold_id)'],
];

describe('the audit of the books', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-books-'));
  const folder = join(home, 'checkpoints');
  let city: TestCity;
  const tamper = <Row extends object>(sql: string, values: unknown[] = []) => city.rooms.database.query<Row>(sql, values);
  const found = async () => (await city.get(AuditBooks).run([city.bankId], { folder })).faults.map(({ fault }) => fault);
  const foundNew = async () => (await city.get(AuditBooks).runNewest(folder, [city.bankId])).faults.map(({ fault }) => fault);

  async function guestOf(otherBankId: string): Promise<void> {
    const memberId = newId();
    await tamper('insert into person (person_id, created_at) values ($1, now())', [memberId]);
    await tamper(
      `insert into member (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at)
       values ($1, $2, $2, '1', 'Guest', '1950-01-01', $2, '', now())`,
      [otherBankId, memberId],
    );
    await tamper(
      `insert into guest (bank_id, member_id, home_bank_id, person_id, account_id, member_number, name, state, asked_at)
       values ($1, $2, $3, $2, $2, '1', 'Guest', 'asked', now())`,
      [city.bankId, memberId, otherBankId],
    );
  }

  /** A visit approved whole, one shortened, one beyond the volunteer's cap, one rejected, one that waits; a grant, a policy, a neighbour bank. */
  async function live(): Promise<void> {
    const coordinator = await city.person('coordinator');
    const served = async (volunteer: TestPerson, client: TestPerson, card: string, from: number) => {
      const visitId = await city.planned(coordinator, volunteer, client, city.at(from));
      await city.scan(volunteer, visitId, 'in', card);
      city.at(from + 60);
      await city.scan(volunteer, visitId, 'out', card);
      return visitId;
    };
    const { volunteer, client, card } = await city.nextDay(coordinator);
    const ids = [];
    for (let hour = 0; hour < 3; hour += 1) ids.push(await served(volunteer, client, card.url, 1_440 + hour * 120));
    const colleague = await city.person('coordinator');
    const [whole, short, no] = ids as [string, string, string];
    await city.approve(colleague, [whole]);
    await city.approve(colleague, [short], { creditedMinutes: { [short]: 50 }, reasonCode: 'other' });
    await city.approve(colleague, [no], { decision: 'reject', reasonCode: 'other' });
    const day = await city.nextDay(coordinator);
    await city.get(SetLimits).run(city.bankId, day.volunteer.accountId, { floorMinutes: 0, ceilingMinutes: 20 });
    const overflowing = await served(day.volunteer, day.client, day.card.url, 2 * 1_440);
    await city.approve(colleague, [overflowing]);
    await city.planned(coordinator, day.volunteer, day.client, city.at(2 * 1_440 + 300));
    await city.policy(colleague, 'windowBeforeMinutes', 45);
    const otherBankId = newId();
    await city.get(PutBank).run(otherBankId, { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' });
    await city.get(PutCreditLine).run(colleague.actor, city.bankId, otherBankId, 120);
    await guestOf(otherBankId);
    await tamper(
      `insert into hand_transfer (bank_id, transfer_id, kind, account_id, minutes, reason_code, done_by, done_at)
       select bank_id, transfer_id, kind, credit_account_id, minutes, memo_code, actor_id, recorded_at from transfer where bank_id = $1 and kind = 'grant'`,
      [city.bankId],
    );
  }

  beforeAll(async () => {
    city = await openCity(CheckpointsModule.forRoot({ keyFolder: home, folder }));
    await live();
    await tamper(`set session_replication_role = replica`);
    await tamper('alter table account drop constraint account_limits');
    await tamper('alter table visit drop constraint visit_decided_by_one');
    await settleLedger(city.rooms.database, city.bankId);
    await city.get(SealCheckpoints).run();
  });
  afterAll(async () => {
    await city.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Writes another value into one row past every wall, asks, and puts it back. */
  async function around(table: string, column: string, value: string, which: string, ask: () => Promise<string[]>): Promise<string[]> {
    const [edited] = await tamper<{ place: string; was: string; type: string }>(
      `update ${table} t set ${column} = ${value}
         from (select ctid as place, ${column} as was from ${table} t where bank_id = $1 and ${which} limit 1) one
        where t.ctid = one.place returning t.ctid::text as place, one.was::text as was, pg_typeof(one.was)::text as type`,
      [city.bankId],
    );
    if (!edited) throw new Error(`nothing to edit in ${table}`);
    const faults = await ask();
    await tamper(`update ${table} set ${column} = $1::text::${edited.type} where ctid = $2::tid`, [edited.was, edited.place]);
    return faults;
  }

  it('F9: is green on untouched books', async () => {
    expect(await found()).toEqual([]);
    expect(await foundNew()).toEqual([]);
  });

  it.each(guarded)('F9: finds that a superuser edited %s.%s (%s)', async (table, column, value, which = 'true') => {
    expect(await around(table, column, value, which, found)).not.toEqual([]);
  });

  it('F9: finds two members whose accounts were swapped', async () => {
    const swap = `update member m set account_id = other.account_id from member other
      where m.bank_id = $1 and other.bank_id = $1 and other.member_id <> m.member_id
        and array[m.member_id, other.member_id] <@ (select (array_agg(member_id order by member_number))[1:2] from member where bank_id = $1)`;
    await tamper(swap, [city.bankId]);
    expect(await found()).toContain('wrong_owner');
    expect(await foundNew()).toContain('wrong_owner');
    await tamper(swap, [city.bankId]);
    expect(await found()).toEqual([]);
  });

  it.each([
    ['account', 'balance_minutes', 'balance_minutes + 5', 'wrong_balance', `kind = 'member' and version > 0`],
    ['account', 'balance_minutes', 'balance_minutes + 5', 'clearing_differs', `kind = 'clearing'`],
    ['account', 'held_out_minutes', '0', 'wrong_held_minutes', 'held_out_minutes > 0'],
    ['account', 'ceiling_minutes', 'ceiling_minutes + 5', 'wrong_history', 'ceiling_minutes is not null'],
    ['account', 'floor_minutes', '-5', 'limit_broken', `kind = 'member'`],
    ['account', 'owner_id', 'gen_random_uuid()', 'wrong_owner', `kind = 'member'`],
    ['account', 'closed_at', 'now()', 'wrong_history', `kind = 'pool'`],
    ['bank', 'closed_on', 'current_date', 'wrong_closing', 'true'],
    [
      'account_history',
      'ceiling_minutes',
      '7',
      'wrong_history',
      'ceiling_minutes is not null and revision = (select max(revision) from account_history h where h.account_id = t.account_id)',
    ],
    ['hold', 'minutes', 'minutes + 5', 'wrong_held_minutes', 'not exists (select from hold_end e where e.hold_id = t.hold_id)'],
  ])('F9: finds %s.%s = %s by looking only at what is new, as %s', async (table, column, value, fault, which) => {
    expect(await around(table, column, value, which, foundNew)).toContain(fault);
  });

  it('D10: finds that a bank which two admins closed was opened by hand, or closed on another day', async () => {
    await tamper(
      `insert into bank_closing (bank_id, act, closed_on, reason_code, asked_by, done_by, done_at)
       values ($1, 'closed', '2026-03-01', 'work_ended', gen_random_uuid(), gen_random_uuid(), now())`,
      [city.bankId],
    );
    const closedOn = async (day: string | null) => {
      await tamper('update bank set closed_on = $2 where bank_id = $1', [city.bankId, day]);
      // The trail knows of none of it; here the two have to tell of each other.
      return (await found()).filter((fault) => fault !== 'wrong_row');
    };
    expect(await closedOn('2026-03-01')).toEqual([]);
    expect([await closedOn(null), await closedOn('2026-03-02')]).toEqual([['wrong_closing'], ['wrong_closing']]);
    await tamper(
      `insert into bank_closing (bank_id, act, reason_code, asked_by, done_by, done_at)
       values ($1, 'reopened', 'work_resumed', gen_random_uuid(), gen_random_uuid(), now())`,
      [city.bankId],
    );
    expect([await closedOn('2026-03-01'), await closedOn(null)]).toEqual([['wrong_closing'], []]);
  });

  it('F9: takes no open hold amiss that ran out long ago, as while no jobs run', async () => {
    const open = 'not exists (select from hold_end e where e.hold_id = t.hold_id)';
    expect(await around('hold', 'expires_at', `expires_at - interval '1 year'`, open, foundNew)).toEqual([]);
  });
});
