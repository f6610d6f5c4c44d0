import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StatementAnswer } from '@timebank/contract';
import {
  CheckpointFolder,
  CheckpointsModule,
  LedgerModule,
  ProveEntries,
  ReadEntries,
  SayRestored,
  SealCheckpoints,
  verifyStatement,
} from '@timebank/ledger';
import { backUpLedger, openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { run } from './spec-command-line';

describe('a statement checked offline', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-verify-'));
  const keys = join(home, 'checkpoints', 'keys');
  let rooms: TestRooms;
  let bank: TestLedger;
  let statement: StatementAnswer;
  let unsealed: StatementAnswer;
  let backup: Awaited<ReturnType<typeof backUpLedger>>;

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: join(home, 'checkpoints') })]);
    bank = await TestLedger.open(rooms);
    for (const minutes of [10, 20]) await bank.post(bank.posting({ minutes }));
    await bank.post(bank.posting({ minutes: 5, class: 'manual' }));
    await bank.post(
      bank.posting({ minutes: 8, debitAccountId: bank.volunteer, creditAccountId: bank.client, kind: 'gift', class: null, visitId: null }),
    );
    unsealed = await state();
    backup = await backUpLedger(rooms.database);
    await bank.settle();
    await rooms.get(SealCheckpoints).run([bank.bankId]);
    statement = await state();
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** The volunteer's statement, as the API answers it. */
  async function state(): Promise<StatementAnswer> {
    const { items } = await rooms.get(ReadEntries).run(bank.bankId, bank.volunteer, { limit: 100 });
    const entries = items.toReversed().map(({ recordedAt, effectiveAt, ...entry }) => ({
      ...entry,
      at: recordedAt.toISOString(),
      effectiveAt: effectiveAt.toISOString(),
      otherName: null,
    }));
    const totals = { inMinutes: 35, outMinutes: 8, verifiedInMinutes: 30, verifiedOutMinutes: 0, manualInMinutes: 5, manualOutMinutes: 0 };
    const answer = {
      bank: { bankId: bank.bankId, name: 'Drum Tower', timeZone: 'Asia/Shanghai' },
      account: { accountId: bank.volunteer, kind: 'member', ownerId: null, ownerName: null },
      period: { from: '2026-03-01', to: '2026-03-31' },
      issuedAt: '2026-03-31T00:00:00.000Z',
      openingMinutes: 0,
      entries,
      totals,
      closingMinutes: 27,
      sealAddress: null,
      proof: await rooms.get(ProveEntries).run(bank.bankId, bank.volunteer, 1, 100),
    };
    return JSON.parse(JSON.stringify(answer)) as StatementAnswer;
  }

  const file = (content: unknown) => {
    const path = join(home, 'statement.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const verify = (content: unknown, ...more: string[]) => run(['verify', file(content), '--key', keys, ...more], { DATA_DIR: home });
  const edited = (edit: (copy: StatementAnswer) => void) => {
    const copy = structuredClone(statement);
    edit(copy);
    return copy;
  };
  const line = (copy: StatementAnswer, place = 1) => copy.entries[place] as StatementAnswer['entries'][number];
  const check = (copy: StatementAnswer) => verifyStatement(copy, new CheckpointFolder(join(home, 'checkpoints')).keys());

  it('holds, and says so with 0', async () => {
    const { status, stdout } = await verify(statement);
    expect(stdout).toContain('✓ the statement holds: 4 lines, 4 of them sealed');
    expect(status).toBe(0);
    expect((await run(['verify', file(statement)], { DATA_DIR: home })).status).toBe(0);
    expect(JSON.parse((await verify(statement, '--json')).stdout)).toMatchObject({ holds: true, isProven: true, faults: [] });
  });

  it('says with 1 which line does not hold', async () => {
    const { status, stdout } = await verify(edited((copy) => (line(copy).minutes = 21)));
    expect(stdout).toContain(`✗ line 2 (transfer ${line(statement).transferId}): the printed line is not the proven transfer`);
    expect(stdout).toContain('✗ the statement does not hold');
    expect(status).toBe(1);
  });

  it('proves nothing while nothing is sealed', async () => {
    const { status, stdout } = await verify(unsealed);
    expect(stdout).toContain('no line is sealed');
    expect(status).toBe(1);
  });

  it.each([
    ['a file that is not there', () => ['verify', '/nowhere.json'], 'no such file'],
    ['a file that is no statement', () => ['verify', file('{"proof":1}'), '--key', keys], 'not a statement'],
    ['a key that is none', () => ['verify', file(statement), '--key', file('no key')], 'not a'],
    ['no key at all', () => ['verify', file(statement), '--key', join(home, 'nowhere')], 'No public key'],
  ])('refuses %s with 2 and one clear line', async (_, args, word) => {
    const { status, stderr } = await run(args(), { DATA_DIR: home });
    expect(status).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr).not.toContain('    at ');
  });

  const changed = '00000000-0000-4000-8000-000000000000';
  it.each<[string, (copy: StatementAnswer) => void]>([
    ['a transfer id', (copy) => (line(copy).transferId = changed)],
    ['a kind', (copy) => (line(copy).kind = 'gift')],
    ['a class', (copy) => (line(copy).class = 'manual')],
    ['a visit', (copy) => (line(copy).visitId = changed)],
    ['an original', (copy) => (line(copy).reversesId = changed)],
    ['the other account', (copy) => (line(copy).otherAccountId = changed)],
    ['a version', (copy) => (line(copy).version += 1)],
    ['minutes', (copy) => (line(copy).minutes += 1)],
    ['a balance', (copy) => (line(copy).balanceAfterMinutes += 1)],
    ['when it was recorded', (copy) => (line(copy).at = '2026-03-02T01:00:00.001Z')],
    ['when it happened', (copy) => (line(copy).effectiveAt = '2026-03-01T01:00:00.000Z')],
    ['a line away', (copy) => copy.entries.splice(1, 1)],
    ['a line more', (copy) => copy.entries.push(line(copy))],
    ['lines in another order', (copy) => (copy.entries = copy.entries.toReversed())],
    ['the last line and its proof away', (copy) => [copy.entries.pop(), copy.proof.entries.pop()]],
    ['the first line and its proof away', (copy) => [copy.entries.shift(), copy.proof.entries.shift()]],
    ['the opening balance', (copy) => (copy.openingMinutes = 1)],
    ['the closing balance', (copy) => (copy.closingMinutes = 1)],
    ['a total', (copy) => (copy.totals.manualInMinutes = 0)],
    ['the account', (copy) => (copy.account.accountId = changed)],
    ['the bank', (copy) => (copy.bank.bankId = changed)],
    ['a checkpoint', (copy) => ((copy.proof.checkpoints[0] as { statement: { transfers: number } }).statement.transfers = 9)],
  ])('does not hold with %s changed', (_, edit) => {
    expect(check(statement).holds).toBe(true);
    expect(check(edited(edit)).holds).toBe(false);
  });

  it('F1: says which checkpoint is void since a restore, by whom and why, and that its lines are not in the books any more', async () => {
    await backup.restore();
    await rooms.get(SayRestored).run({ saidBy: 'Operator Shen', reason: 'the disk broke' });
    const { status, stdout } = await verify(statement);
    expect(stdout).toContain('! checkpoint 1 is void since 2026-03-02T01:00:00.000Z, said by Operator Shen: the disk broke');
    expect(stdout).toContain('✗ 4 lines were sealed by void checkpoints only');
    expect(status).toBe(1);
  });
});
