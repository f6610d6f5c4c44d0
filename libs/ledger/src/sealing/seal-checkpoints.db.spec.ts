import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { CheckpointFolder } from './checkpoint-folder';
import { CheckpointKeys } from './checkpoint-keys';
import { type SignedCheckpoint, sealedTables, statementHash } from './checkpoint.rules';
import { CheckpointsModule } from '../checkpoints.module';
import { LedgerModule } from '../ledger.module';
import { type EntriesProof, verifyProof } from './proof.rules';
import { ProveEntries } from './prove-entries';
import { ReadCheckpointKeys } from './read-checkpoint-keys';
import { SealCheckpoints } from './seal-checkpoints';

const copyOf = <Content>(content: Content): Content => structuredClone(content);

describe('sealing', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  const home = mkdtempSync(join(tmpdir(), 'timebank-seal-'));
  const folder = new CheckpointFolder(join(home, 'checkpoints'));
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path })]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  const sealNow = (rowsAtMost?: number) => rooms.get(SealCheckpoints).run([bank.bankId], rowsAtMost);
  const seal = async () => {
    await bank.settle();
    return sealNow();
  };
  const prove = (from = 1, to = 1_000) => rooms.get(ProveEntries).run(bank.bankId, bank.volunteer, from, to);
  const verdict = (proof: EntriesProof) => verifyProof(proof, folder.keys());
  const countRows = async (table: string) => {
    const [row] = await rooms.database.query<{ rows: number }>(`select count(*)::integer as rows from ${table} where bank_id = $1`, [
      bank.bankId,
    ]);
    return row?.rows ?? 0;
  };
  const sealedRows = (checkpoints: SignedCheckpoint[], table: (typeof sealedTables)[number]) =>
    checkpoints.reduce((sum, { statement }) => sum + (statement.counts[table] ?? 0), 0);

  it('seals every row once, links each checkpoint to the one before, and makes none where nothing is new', async () => {
    await bank.post(bank.posting({ holdId: await bank.hold(60) }));
    await bank.post(bank.posting({ minutes: 9_999 }));
    const [first] = await seal();
    expect(first?.statement).toMatchObject({
      bankId: bank.bankId,
      number: 1,
      previousHash: null,
      fromXid: '0',
      counts: { account_history: 5, hold: 1, hold_end: 1, refusal: 1, transfer: 2 },
      transfers: 2,
      sumMinutes: 0,
    });
    expect(await seal()).toEqual([]);
    await bank.post(bank.posting({ minutes: 5 }));
    const [second] = await seal();
    expect(second?.statement).toMatchObject({ number: 2, fromXid: first?.statement.belowXid, transfers: 3 });
    expect(second?.statement.previousHash).toBe(statementHash((first as SignedCheckpoint).statement));
    expect(folder.read(bank.bankId, 2)).toEqual(second);
  });

  it('misses no row of transactions that commit while it seals', async () => {
    const made: SignedCheckpoint[] = [];
    const posted = new AbortController();
    const posts = Promise.all(
      Array.from({ length: 12 }, async (_, worker) => {
        for (let turn = 0; turn < 12; turn += 1) {
          await bank.unit.run([bank.bankId], async () => {
            await bank.post(
              bank.posting({ minutes: 1, debitAccountId: worker % 2 ? bank.issuance : bank.client, kind: 'gift', class: null }),
            );
            await bank.unit.query('select pg_sleep($1)', [(worker % 4) / 500]);
          });
          await bank.hold(1, bank.volunteer);
        }
      }),
    ).finally(() => posted.abort());
    const sealers = [0, 1].map(async () => {
      while (!posted.signal.aborted) made.push(...(await sealNow(20)));
    });
    await Promise.all([posts, ...sealers]);
    made.push(...(await seal()));
    for (const table of sealedTables) expect(sealedRows(made, table)).toBe(await countRows(table));
    expect(made.length).toBeGreaterThan(5);
    expect(new Set(made.map(({ statement }) => statement.number)).size).toBe(made.length);
    expect(verdict(await prove())).toMatchObject({ holds: true, checkpointFault: null });
  });

  it('proves sealed entries to a stranger with the public key, and marks those that are not sealed yet', async () => {
    for (const minutes of [10, 20, 30]) await bank.post(bank.posting({ minutes, memoCode: 'thanks' }));
    await seal();
    await bank.post(bank.reversal(bank.posting({ minutes: 10 })));
    await bank.post(bank.posting({ minutes: 40 }));
    const proof = JSON.parse(JSON.stringify(await prove())) as EntriesProof;
    expect(proof).toMatchObject({ sealedThrough: 3, publicKeyId: [...folder.keys().keys()].at(-1) });
    expect(verdict(proof)).toEqual({
      holds: true,
      checkpointFault: null,
      lines: [10, 20, 30, 40].map((minutes, index) =>
        expect.objectContaining({ version: index + 1, minutes, isSealed: index < 3, fault: null }),
      ),
    });
    expect(verdict(await prove(2, 3))).toMatchObject({ holds: true, lines: [{ version: 2 }, { version: 3 }] });
    expect(verifyProof(proof, new Map())).toMatchObject({ holds: false, checkpointFault: { number: 1, fault: 'wrong_signature' } });
  });

  it('tells neither side how the other stands', async () => {
    await bank.post(bank.posting({ minutes: 10 }));
    await bank.post(bank.posting({ minutes: 20 }));
    await seal();
    const said = JSON.stringify(await prove());
    expect(said).not.toMatch(/"(debit|credit)(Version|BalanceAfter)"/);
    const links = await rooms.database.query<{ link: string }>(
      `select encode(debit_hash, 'hex') as link from transfer where bank_id = $1 and debit_account_id = $2`,
      [bank.bankId, bank.client],
    );
    expect(links).toHaveLength(2);
    for (const { link } of links) expect(said).not.toContain(link);
  });

  it('lets no word of a proof be changed', async () => {
    for (const minutes of [10, 20, 30]) await bank.post(bank.posting({ minutes }));
    await seal();
    const proof = await prove();
    const entry = (given: EntriesProof, place = 1) => given.entries[place] as EntriesProof['entries'][number];
    for (const name of Object.keys(entry(proof).transfer) as (keyof EntriesProof['entries'][number]['transfer'])[]) {
      const edited = copyOf(proof);
      const before = entry(edited).transfer[name];
      entry(edited).transfer[name] =
        before === null ? '00000000-0000-4000-8000-000000000000' : before.replace(/.$/, (last) => (last === '1' ? '2' : '1'));
      expect({ name, ...verdict(edited) }).toMatchObject({ name, holds: false });
    }
    const edits: [string, (edited: EntriesProof) => void, object][] = [
      ['a line away', (edited) => edited.entries.splice(1, 1), { lines: [{ fault: null }, { fault: 'missing_version' }] }],
      ['the chain before', (edited) => (entry(edited).previousHash = entry(edited).hash), { lines: [{}, { fault: 'broken_chain' }, {}] }],
      ['the other side', (edited) => (entry(edited).otherHash = entry(edited).hash), { lines: [{}, { fault: 'not_included' }, {}] }],
      ['the balance', (edited) => (entry(edited).balanceAfter += 1), { lines: [{}, { fault: 'broken_chain' }, {}] }],
      ['the version', (edited) => (entry(edited).version += 1), { lines: [{}, { fault: 'missing_version' }, {}] }],
      [
        'the path',
        (edited) => ((entry(edited).sealed as { path: string[] }).path[0] = entry(edited).hash),
        { lines: [{}, { fault: 'not_included' }, {}] },
      ],
      [
        'the place',
        (edited) => ((entry(edited).sealed as { leafIndex: number }).leafIndex += 1),
        { lines: [{}, { fault: 'not_included' }, {}] },
      ],
      [
        'the checkpoint named',
        (edited) => ((entry(edited).sealed as { checkpoint: number }).checkpoint = 9),
        { lines: [{}, { fault: 'checkpoint_missing' }, {}] },
      ],
      ['the spelling of a number', (edited) => (entry(edited).transfer.minutes = '020'), { lines: [{}, { fault: 'unreadable' }, {}] }],
      ['whose entry it is', (edited) => (edited.accountId = bank.pool), { lines: [{ fault: 'other_account' }, {}, {}] }],
      [
        'a root',
        (edited) => ((edited.checkpoints[0] as SignedCheckpoint).statement.root = '00'),
        { checkpointFault: { fault: 'wrong_signature' } },
      ],
    ];
    for (const [title, edit, found] of edits) {
      const edited = copyOf(proof);
      edit(edited);
      expect({ title, ...verdict(edited) }).toMatchObject({ title, holds: false, ...found });
    }
  });

  it('publishes what a crash kept from being published, unless the database was edited meanwhile', async () => {
    await seal();
    await bank.post(bank.posting());
    const [second] = await seal();
    const file = (number: number) => join(folder.path, bank.bankId, `${number}.json`);
    for (const number of [1, 2]) rmSync(file(number));
    await rooms.database.query('set session_replication_role = replica');
    await rooms.database.query(
      `update checkpoint set statement = replace(statement, '"sumMinutes":0', '"sumMinutes":1') where bank_id = $1 and number = 1`,
      [bank.bankId],
    );
    await rooms.database.query('set session_replication_role = origin');
    expect(await seal()).toEqual([]);
    expect(folder.read(bank.bankId, 2)).toEqual(second);
    expect(existsSync(file(1))).toBe(false);
  });

  it('seals no ledger that does not sum to zero', async () => {
    await rooms.database.query('update account set balance_minutes = balance_minutes + 1 where account_id = $1', [bank.client]);
    await expect(seal()).rejects.toMatchObject({ code: 'ledger/not_in_balance', parameters: { sumMinutes: 1 } });
  });

  it('does not seal past transactions that count from before its newest checkpoint', async () => {
    await seal();
    await rooms.database.query('set session_replication_role = replica');
    await rooms.database.query(
      `update checkpoint set below_xid = '900000000', statement = regexp_replace(statement, '"belowXid":"[0-9]+"', '"belowXid":"900000000"') where bank_id = $1`,
      [bank.bankId],
    );
    await rooms.database.query('set session_replication_role = origin');
    rmSync(join(folder.path, bank.bankId, '1.json'));
    await expect(seal()).rejects.toMatchObject({ code: 'ledger/transactions_behind' });
  });

  it('keeps its key to itself, publishes the public half, and knows the old one after a new one', async () => {
    await seal();
    const file = join(home, 'checkpoint-key.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const old = readFileSync(file, 'utf8');
    const [before] = folder.keys().keys();
    const newKeyId = rooms.get(CheckpointKeys).rotate();
    expect(readFileSync(file, 'utf8')).not.toBe(old);
    await bank.post(bank.posting());
    const [signed] = await seal();
    expect(signed?.statement.keyId).toBe(newKeyId);
    expect(
      rooms
        .get(ReadCheckpointKeys)
        .run()
        .map(({ keyId }) => keyId),
    ).toEqual(expect.arrayContaining([before, newKeyId]));
    expect(verdict(await prove()).holds).toBe(true);
    chmodSync(file, 0o644);
    await expect(seal()).rejects.toMatchObject({ code: 'ledger/key_exposed' });
    chmodSync(file, 0o600);
  });

  it('takes no key whose file says another name', () => {
    const [keyId] = folder.keys().keys();
    writeFileSync(join(folder.path, 'keys', `${'0'.repeat(32)}.pem`), readFileSync(join(folder.path, 'keys', `${keyId}.pem`)));
    expect(folder.keys().has('0'.repeat(32))).toBe(false);
  });
});
