import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '@timebank/contract';
import { addMark, fingerprintOf } from '@timebank/database';
import { CheckpointKeys, CheckpointsModule, LedgerModule, SealCheckpoints } from '@timebank/ledger';
import { refuseOtherKeys } from '@timebank/process';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { holdKeys } from './hold-keys';

describe('the keys of an installation', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-keys-'));
  const config = readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' });
  const secretKey = 's'.repeat(32);
  const file = join(home, 'checkpoint-key.pem');
  let rooms: TestRooms;
  let bank: TestLedger;
  const hold = (secret = secretKey, other = config) => holdKeys(other, { ownerUrl: rooms.database.ownerUrl, secretKey: secret });
  const onRecord = () =>
    rooms.database.query<{ name: string; value: string }>('select name, value from installation_mark order by mark_id');

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: join(home, 'checkpoints') })]);
    bank = await TestLedger.open(rooms);
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F3: are put on record at the first start, and match from then on', async () => {
    await hold();
    expect(await onRecord()).toEqual([
      { name: 'secret key', value: fingerprintOf(secretKey) },
      { name: 'checkpoint key', value: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    await hold();
    await refuseOtherKeys(config, rooms.database.url, secretKey);
    expect(await onRecord()).toHaveLength(2);
    expect(JSON.stringify(await onRecord())).not.toContain(secretKey);
  });

  it('F3: are refused in one sentence when the one of cards and codes is another, wherever one begins', async () => {
    for (const begin of [() => hold('o'.repeat(32)), () => refuseOtherKeys(config, rooms.database.url, 'o'.repeat(32))])
      await expect(begin()).rejects.toThrow(
        new RegExp(`^The key of cards and codes \\(secret key\\) is another .*${fingerprintOf(secretKey)}.*secret\\.json.*--accept`),
      );
  });

  it('F3: are never made anew beside a database that has some, neither at a start nor by sealing', async () => {
    const pem = readFileSync(file, 'utf8');
    renameSync(file, `${file}.aside`);
    await expect(hold()).rejects.toThrow(/^The key that signs checkpoints \(checkpoint key\) is missing: .*checkpoint-key\.pem/);
    await bank.settle();
    await expect(rooms.get(SealCheckpoints).run([bank.bankId])).rejects.toMatchObject({
      code: 'ledger/key_other',
      parameters: { found: null },
    });
    expect(existsSync(file)).toBe(false);
    new CheckpointKeys({ keyFolder: home, folder: join(home, 'checkpoints') }).signingKey();
    await expect(hold()).rejects.toThrow('is another');
    await expect(rooms.get(SealCheckpoints).run([bank.bankId])).rejects.toMatchObject({ code: 'ledger/key_other' });
    renameSync(`${file}.aside`, file);
    expect(readFileSync(file, 'utf8')).toBe(pem);
    await hold();
    expect(await rooms.get(SealCheckpoints).run([bank.bankId])).toHaveLength(1);
  });

  it('F3: may be changed on purpose, which is on record with who and why', async () => {
    const said = { saidBy: 'Operator Shen', reason: 'the old disk is gone' };
    await addMark(rooms.database.ownerUrl, { name: 'secret key', value: fingerprintOf('n'.repeat(32)), ...said });
    await hold('n'.repeat(32));
    await expect(hold()).rejects.toThrow('is another');
  });
});
