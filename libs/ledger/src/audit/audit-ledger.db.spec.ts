import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { AuditLedger } from './audit-ledger';
import { CloseAccount } from '../accounts-and-holds/close-account';
import { LedgerModule } from '../ledger.module';
import type { Posting } from '../posting/posting.rules';
import { SetLimits } from '../accounts-and-holds/set-limits';

type Scene = {
  bank: TestLedger;
  service: Posting;
  gift: Posting;
  reversed: Posting;
  reversal: Posting;
  overflowing: Posting;
  holdId: string;
  postedHoldId: string;
};

describe('the audit', () => {
  let rooms: TestRooms;
  let intruder: Client;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
    intruder = new Client({ connectionString: rooms.database.superuserUrl });
    await intruder.connect();
    // A superuser can put triggers and foreign keys to sleep; only recomputing finds what he did.
    await intruder.query(`set session_replication_role = replica`);
    for (const check of ['transfer_minutes_check', 'account_limits']) {
      await intruder.query(`alter table ${check.split('_')[0]} drop constraint if exists ${check}`);
    }
    await intruder.query('drop index transfer_reverses');
  });
  afterAll(async () => {
    await intruder.end();
    await rooms.close();
  });

  async function setScene(): Promise<Scene> {
    const bank = await TestLedger.open(rooms);
    const service = bank.posting();
    const gift = bank.posting({
      debitAccountId: bank.volunteer,
      creditAccountId: bank.client,
      minutes: 10,
      kind: 'gift',
      class: null,
      visitId: null,
    });
    const reversed = bank.posting({ minutes: 20 });
    const reversal = bank.reversal(reversed);
    for (const posting of [service, gift, reversed, reversal]) await bank.post(posting);
    const postedHoldId = await bank.hold(50);
    await bank.post(bank.posting({ minutes: 40, holdId: postedHoldId }));
    await bank.post(bank.opening(bank.volunteer, 900));
    const overflowing = bank.posting({ minutes: 30, overflow: { accountId: bank.pool, transferId: newId() } });
    await bank.post(overflowing);
    await bank.post(bank.posting({ minutes: 9_999 }));
    return { bank, service, gift, reversed, reversal, overflowing, holdId: await bank.hold(15), postedHoldId };
  }

  const audit = (bank: TestLedger) => rooms.get(AuditLedger).run([bank.bankId]);

  it('finds a sound ledger sound, and counts it', async () => {
    const { bank } = await setScene();
    expect(await audit(bank)).toEqual({ transfers: 9, accounts: 5, checkpoints: 0, faults: [], restores: [] });
  });

  const edits: [string, string, (scene: Scene) => [string, unknown[]]][] = [
    [
      'minutes of a transfer',
      'wrong_running_balance',
      ({ service }) => ['update transfer set minutes = 61 where transfer_id = $1', [service.transferId]],
    ],
    [
      'minutes to below zero',
      'malformed_transfer',
      ({ service }) => ['update transfer set minutes = -60 where transfer_id = $1', [service.transferId]],
    ],
    [
      'who received it',
      'missing_version',
      ({ service, bank }) => ['update transfer set credit_account_id = $2 where transfer_id = $1', [service.transferId, bank.fund]],
    ],
    [
      'who received it, to nobody',
      'unknown_account',
      ({ service }) => ['update transfer set credit_account_id = $2 where transfer_id = $1', [service.transferId, newId()]],
    ],
    ['a transfer away', 'missing_version', ({ service }) => ['delete from transfer where transfer_id = $1', [service.transferId]]],
    ['the last transfer away', 'wrong_balance', ({ overflowing }) => ['delete from transfer where visit_id = $1', [overflowing.visitId]]],
    [
      'a balance after',
      'wrong_running_balance',
      ({ gift }) => ['update transfer set credit_balance_after = credit_balance_after + 1 where transfer_id = $1', [gift.transferId]],
    ],
    ['a version', 'missing_version', ({ gift }) => ['update transfer set debit_version = 900 where transfer_id = $1', [gift.transferId]]],
    [
      'when it was recorded',
      'recorded_out_of_order',
      ({ gift }) => [`update transfer set recorded_at = recorded_at - interval '1 day' where transfer_id = $1`, [gift.transferId]],
    ],
    [
      'a balance',
      'wrong_balance',
      ({ bank }) => ['update account set balance_minutes = balance_minutes + 60 where account_id = $1', [bank.client]],
    ],
    [
      'a balance and its counterpart',
      'wrong_balance',
      ({ bank }) => [
        'update account set balance_minutes = balance_minutes + case account_id when $1 then 60 else -60 end where account_id in ($1, $2)',
        [bank.client, bank.issuance],
      ],
    ],
    ['an account away', 'unknown_account', ({ bank }) => ['delete from account where account_id = $1', [bank.pool]]],
    [
      'whose minutes are held',
      'unknown_account',
      ({ holdId }) => ['update hold set account_id = $2 where hold_id = $1', [holdId, newId()]],
    ],
    ['held minutes', 'wrong_held_minutes', ({ bank }) => ['update account set held_out_minutes = 0 where account_id = $1', [bank.client]]],
    ['a hold away', 'wrong_held_minutes', ({ holdId }) => ['delete from hold where hold_id = $1', [holdId]]],
    ['the end of a hold away', 'wrong_held_minutes', ({ postedHoldId }) => ['delete from hold_end where hold_id = $1', [postedHoldId]]],
    [
      'what a hold posted',
      'wrong_hold_end',
      ({ postedHoldId }) => ['update hold_end set posted_minutes = 50 where hold_id = $1', [postedHoldId]],
    ],
    ['a ceiling', 'limit_broken', ({ bank }) => ['update account set ceiling_minutes = 100 where account_id = $1', [bank.volunteer]]],
    ['a floor', 'limit_broken', ({ bank }) => ['update account set floor_minutes = -100 where account_id = $1', [bank.volunteer]]],
    [
      'what a reversal took back',
      'wrong_reversal',
      ({ reversal, service }) => ['update transfer set reverses_id = $2 where transfer_id = $1', [reversal.transferId, service.transferId]],
    ],
    [
      'a gift into a second reversal',
      'reversed_twice',
      ({ gift, reversed }) => [
        `update transfer set kind = 'reversal', reverses_id = $2 where transfer_id = $1`,
        [gift.transferId, reversed.transferId],
      ],
    ],
    [
      'a class of what was reversed',
      'wrong_reversal',
      ({ reversed }) => [`update transfer set class = 'manual' where transfer_id = $1`, [reversed.transferId]],
    ],
    [
      'the cap after an overflow',
      'wrong_overflow',
      ({ bank }) => ['update account_history set ceiling_minutes = 2000 where account_id = $1', [bank.volunteer]],
    ],
    ['what it was for', 'wrong_hash', ({ gift }) => [`update transfer set memo_code = 'rent' where transfer_id = $1`, [gift.transferId]]],
    ['who did it', 'wrong_hash', ({ gift }) => ['update transfer set actor_id = $2 where transfer_id = $1', [gift.transferId, newId()]]],
    ['a hash', 'wrong_hash', ({ gift }) => [`update transfer set credit_hash = sha256('') where transfer_id = $1`, [gift.transferId]]],
    [
      'the kind of a transfer',
      'malformed_transfer',
      ({ gift }) => [`update transfer set kind = 'loan' where transfer_id = $1`, [gift.transferId]],
    ],
    ['the head of a chain', 'wrong_head', ({ bank }) => [`update account set head_hash = sha256('') where account_id = $1`, [bank.client]]],
    [
      'when an account was touched last',
      'wrong_balance',
      ({ bank }) => [`update account set recorded_until = now() where account_id = $1`, [bank.client]],
    ],
    ['an account without entries', 'wrong_balance', ({ bank }) => [`update account set head_hash = '' where account_id = $1`, [bank.fund]]],
    ['the kind of an account', 'wrong_history', ({ bank }) => [`update account set kind = 'pool' where account_id = $1`, [bank.client]]],
    [
      'the owner of an account',
      'wrong_history',
      ({ bank }) => ['update account set owner_id = $2 where account_id = $1', [bank.client, newId()]],
    ],
    [
      'whether an account is closed',
      'wrong_history',
      ({ bank }) => ['update account set closed_at = now() where account_id = $1', [bank.fund]],
    ],
    [
      'when an account was opened',
      'wrong_history',
      ({ bank }) => [`update account set opened_at = now() where account_id = $1`, [bank.client]],
    ],
    [
      'a ceiling that nobody has reached',
      'wrong_history',
      ({ bank }) => ['update account set ceiling_minutes = 9999 where account_id = $1', [bank.client]],
    ],
    ['the history of an account away', 'wrong_history', ({ bank }) => ['delete from account_history where account_id = $1', [bank.client]]],
    [
      'a limit that once held',
      'limit_broken',
      ({ bank }) => ['update account_history set ceiling_minutes = 299 where account_id = $1', [bank.client]],
    ],
    [
      'one side of the sum',
      'sum_not_zero',
      ({ bank }) => ['update account set balance_minutes = balance_minutes - 1 where account_id = $1', [bank.issuance]],
    ],
  ];

  it.each(edits)('finds that a superuser changed %s (%s)', async (_, fault, edit) => {
    const scene = await setScene();
    const [sql, values] = edit(scene);
    expect((await intruder.query(sql, values)).rowCount).toBeGreaterThan(0);
    const { faults } = await audit(scene.bank);
    expect(faults.map((found) => found.fault)).toContain(fault);
  });

  it('names the first bad row, and the bank', async () => {
    const { bank, service } = await setScene();
    await intruder.query('update transfer set debit_balance_after = 0 where transfer_id = $1', [service.transferId]);
    expect((await audit(bank)).faults).toEqual(
      ['wrong_hash', 'wrong_running_balance'].map((fault) => ({ bankId: bank.bankId, id: service.transferId, fault })),
    );
  });

  it('finds limits sound that were changed and closings that were made', async () => {
    const { bank } = await setScene();
    const { bankId } = bank;
    await rooms.get(SetLimits).run(bankId, bank.volunteer, { floorMinutes: 0, ceilingMinutes: 5_000 });
    await bank.post(bank.opening(bank.volunteer, 2_000));
    await bank.post(
      bank.posting({ debitAccountId: bank.volunteer, creditAccountId: bank.pool, minutes: 2_500, kind: 'donation', class: null }),
    );
    await rooms.get(SetLimits).run(bankId, bank.volunteer, { floorMinutes: 0, ceilingMinutes: 600 });
    await rooms.get(CloseAccount).run(bankId, bank.fund);
    expect((await audit(bank)).faults).toEqual([]);
  });
});
