import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backUpLedger, openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { AuditNewest } from '../audit/audit-newest';
import { CheckpointFolder } from './checkpoint-folder';
import { CheckpointsModule } from '../checkpoints.module';
import { LedgerModule } from '../ledger.module';
import { ReadCheckpoints } from './read-checkpoints';
import { SayRestored } from './say-restored';
import { SealCheckpoints } from './seal-checkpoints';
import { sealingOf, WatchBooks } from './watch-books';

describe('books that an older backup brought back', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-rolled-back-'));
  const folder = new CheckpointFolder(join(home, 'checkpoints'));
  const said = { saidBy: 'Operator Shen', reason: 'the disk of the database broke' };
  let rooms: TestRooms;
  let bank: TestLedger;
  let backup: Awaited<ReturnType<typeof backUpLedger>>;
  let published: Map<string, string>;

  const files = () => {
    const names = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(names.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]));
  };
  const sealNow = () => rooms.get(SealCheckpoints).run([bank.bankId]);
  const postAndSeal = async () => {
    await bank.post(bank.posting({ minutes: 1 }));
    await bank.settle();
    return sealNow();
  };
  const audit = () => rooms.get(AuditLedger).run([bank.bankId], { folder: folder.path });
  const faultsOf = async () => (await audit()).faults.map(({ fault }) => fault);

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path })]);
    bank = await TestLedger.open(rooms);
    for (let number = 1; number <= 12; number += 1) await postAndSeal();
    backup = await backUpLedger(rooms.database);
    for (let number = 13; number <= 15; number += 1) await postAndSeal();
    published = files();
    await backup.restore();
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F1: are known as such, sealed by nobody, and no published file is touched', async () => {
    const missing = { bankId: bank.bankId, fromNumber: 13, throughNumber: 15 };
    const state = await rooms.get(WatchBooks).look();
    expect(state).toEqual({ rolledBack: [missing], differing: [], transactionsBehind: 0, storedUntil: null, clocksApartSeconds: 0 });
    expect(sealingOf(state)).toBe('rolled_back');
    await expect(rooms.get(WatchBooks).refuseToWrite()).rejects.toMatchObject({ code: 'service/rolled_back', parameters: missing });
    // Also when more was written since, as the sealing after a restore used to find.
    await bank.post(bank.posting({ minutes: 2 }));
    await bank.settle();
    for (let tries = 0; tries < 2; tries += 1)
      await expect(sealNow()).rejects.toMatchObject({ code: 'ledger/published_ahead', parameters: missing });
    expect(files()).toEqual(published);
    expect(await faultsOf()).toContain('checkpoint_differs');
  });

  it('F1: go on once somebody has answered for it by name, with new numbers after the void ones and nothing published replaced', async () => {
    const { items } = await rooms.get(SayRestored).run(said);
    expect(items).toMatchObject([
      { statement: { bankId: bank.bankId, number: 1, lastNumber: 12, voidFrom: 13, voidThrough: 15, ...said } },
    ]);
    expect(await rooms.get(SayRestored).run(said)).toEqual({ items });
    await expect(rooms.get(SayRestored).run({ ...said, reason: 'none' })).rejects.toMatchObject({ code: 'ledger/not_rolled_back' });
    expect(await rooms.get(WatchBooks).look()).toEqual({
      rolledBack: [],
      differing: [],
      transactionsBehind: 0,
      storedUntil: null,
      clocksApartSeconds: 0,
    });
    const [next] = await sealNow();
    expect(next?.statement).toMatchObject({ number: 16, previousNumber: 12 });
    expect((await postAndSeal())[0]?.statement).toMatchObject({ number: 17, previousNumber: 16 });
    for (const [file, content] of published) expect(readFileSync(file, 'latin1')).toBe(content);
    expect(folder.restores(bank.bankId)).toEqual([{ number: 1, restore: items[0] }]);
  });

  it('F1: are green in the audit from then on, which names what is void and who said so', async () => {
    const { faults, restores } = await audit();
    expect(faults).toEqual([]);
    expect(restores).toMatchObject([{ voidFrom: 13, voidThrough: 15, ...said }]);
    expect((await rooms.get(AuditNewest).run(folder.path, [bank.bankId])).faults).toEqual([]);
    expect(await rooms.get(ReadCheckpoints).any(bank.bankId, 14)).toMatchObject({
      statement: { number: 14 },
      voided: { voidFrom: 13, ...said },
    });
    expect((await rooms.get(ReadCheckpoints).any(bank.bankId, 16)).voided).toBeNull();
  });

  it('F1: are known again when the same older backup is brought back a second time, and void numbers stay void', async () => {
    await backup.restore();
    expect((await rooms.get(WatchBooks).look()).rolledBack).toMatchObject([{ fromNumber: 13, throughNumber: 17 }]);
    const { items } = await rooms.get(SayRestored).run({ ...said, reason: 'again' });
    expect(items).toMatchObject([{ statement: { number: 2, voidFrom: 13, voidThrough: 17 } }]);
    expect((await postAndSeal())[0]?.statement).toMatchObject({ number: 18, previousNumber: 12 });
    expect(await faultsOf()).toEqual([]);
  });

  it('F1: a published file that differs is never replaced, whoever seals', async () => {
    await bank.post(bank.posting({ minutes: 1 }));
    await bank.settle();
    const file = join(folder.path, bank.bankId, '18.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('"sumMinutes":0', '"sumMinutes":1'));
    await expect(sealNow()).rejects.toMatchObject({ code: 'ledger/published_differs', parameters: { number: 18 } });
    expect((await rooms.get(WatchBooks).look()).differing).toEqual([{ bankId: bank.bankId, number: 18 }]);
    writeFileSync(file, before);
    expect(await sealNow()).toHaveLength(1);
    const [keyId] = folder.keys().keys();
    const key = join(folder.path, 'keys', `${keyId}.pem`);
    const pem = readFileSync(key, 'utf8');
    writeFileSync(key, `${pem}\n`);
    await expect(postAndSeal()).rejects.toMatchObject({ code: 'ledger/published_differs' });
    expect(readFileSync(key, 'utf8')).toBe(`${pem}\n`);
    writeFileSync(key, pem);
  });

  it('F1: two sealers at once publish each number once', async () => {
    const beside = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path })], rooms);
    try {
      await bank.post(bank.posting({ minutes: 1 }));
      await bank.settle();
      const made = await Promise.all([rooms, beside].map((process) => process.get(SealCheckpoints).run([bank.bankId])));
      expect(made.flat()).toHaveLength(1);
      expect(await faultsOf()).toEqual([]);
    } finally {
      await beside.close();
    }
  });

  it('F9: are known also when the newest published files went with the rows, by what this machine remembers', async () => {
    const older = await backUpLedger(rooms.database);
    const [lost] = await postAndSeal();
    const number = lost?.statement.number ?? 0;
    await older.restore();
    for (const name of [`${number}.json`, `${number}.leaves`]) rmSync(join(folder.path, bank.bankId, name));
    // The folder alone no longer shows it, but an earlier copy would.
    expect(await faultsOf()).toEqual([]);
    const missing = [{ fault: 'checkpoint_missing', id: String(number) }];
    const remembering = { folder: folder.path, keyFolder: home };
    expect((await rooms.get(AuditLedger).run([bank.bankId], remembering)).faults).toMatchObject(missing);
    expect((await rooms.get(AuditNewest).run(folder.path, [bank.bankId], home)).faults).toMatchObject(missing);
    for (let look = 0; look < 2; look += 1)
      expect((await rooms.get(WatchBooks).look()).rolledBack).toMatchObject([{ fromNumber: number, throughNumber: number }]);
    await expect(sealNow()).rejects.toMatchObject({ code: 'ledger/published_ahead' });
    await rooms.get(SayRestored).run({ ...said, reason: 'the files as well' });
    expect((await postAndSeal())[0]?.statement).toMatchObject({ number: number + 1 });
    expect((await rooms.get(AuditLedger).run([bank.bankId], remembering)).faults).toEqual([]);
  });
});
