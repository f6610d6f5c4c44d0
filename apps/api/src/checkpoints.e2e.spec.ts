import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { CheckpointFolder, type EntriesProof, SealCheckpoints, verifyProof } from '@timebank/ledger';
import { openApp, settleLedger, type TestApp, type TestCaller } from '@timebank/testing';

describe('what anyone may check', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-checkpoints-'));
  const keys = () => new CheckpointFolder(join(home, 'checkpoints')).keys();
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let transferId: string;
  let giver: Awaited<ReturnType<TestApp['register']>>;
  let stranger: Awaited<ReturnType<TestApp['register']>>;

  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'off', DATA_DIR: home } });
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    giver = await city.register(admin, bankId, 'client');
    stranger = await city.register(admin, bankId, 'volunteer');
    const { accounts } = (await admin.get(`/api/banks/${bankId}`).expect(200)).body as { accounts: { fund: string; pool: string } };
    await admin.put(`/api/policies/${newId()}`, { key: 'issueLimitMinutes', value: 100_000, validFrom: '2026-03-02', source: 'test' });
    const seal = async () => {
      await settleLedger(city.database, bankId);
      await city.app.get(SealCheckpoints, { strict: false }).run();
    };
    const move = (caller: TestCaller, kind: string, fromAccountId: string, toAccountId: string) => {
      transferId = newId();
      return caller.put(`/api/banks/${bankId}/transfers/${transferId}`, { kind, fromAccountId, toAccountId, minutes: 60 }).expect(201);
    };
    await move(admin, 'grant', accounts.fund, giver.accountId);
    await seal();
    await move(giver.caller, 'donation', giver.accountId, accounts.pool);
    await seal();
  });
  afterAll(async () => {
    await city.close();
    rmSync(home, { recursive: true, force: true });
  });

  const checkpoints = () => `/api/banks/${bankId}/checkpoints`;

  it('lists signed checkpoints newest first, a page at a time, to people who are not signed in', async () => {
    const first = (await city.anybody.get(`${checkpoints()}?limit=1`).expect(200)).body as { items: unknown[]; nextCursor: string };
    expect(first.items).toMatchObject([{ statement: { bankId, number: 2, sumMinutes: 0 } }]);
    const second = (await city.anybody.get(`${checkpoints()}?limit=1&cursor=${first.nextCursor}`).expect(200)).body;
    expect(second).toMatchObject({ items: [{ statement: { number: 1, previousHash: null } }], nextCursor: null });
    const far = Buffer.from('[9007199254740991]').toString('base64url');
    expect((await city.anybody.get(`${checkpoints()}?cursor=${far}`).expect(200)).body.items).toHaveLength(2);
  });

  it('shows one with its fingerprint, and the keys; the next names that fingerprint', async () => {
    const one = (await city.anybody.get(`${checkpoints()}/1`).expect(200)).body as { fingerprint: string; statement: { keyId: string } };
    const two = (await city.anybody.get(`${checkpoints()}/2`).expect(200)).body;
    expect(two).toMatchObject({ bankName: 'Drum Tower', statement: { previousHash: one.fingerprint } });
    const published = (await city.anybody.get('/api/checkpoint-keys').expect(200)).body;
    expect(published.items).toEqual([{ keyId: one.statement.keyId, publicKey: expect.stringContaining('BEGIN PUBLIC KEY') }]);
  });

  it('knows no checkpoint that was not made, no bank that is not there, and no number that is none', async () => {
    expect((await city.anybody.get(`${checkpoints()}/3`).expect(404)).body.code).toBe('ledger/checkpoint_not_found');
    expect((await city.anybody.get(`/api/banks/${newId()}/checkpoints/1`).expect(404)).body.code).toBe('banks/not_found');
    for (const number of ['0', '01', '-1', '1e3', '9999999999', 'one']) {
      expect((await city.anybody.get(`${checkpoints()}/${number}`).expect(400)).body).toMatchObject({
        code: 'request/malformed',
        path: 'params.number',
      });
    }
  });

  it('proves a transfer to its owner and to staff, and to nobody else', async () => {
    const place = `/api/banks/${bankId}/transfers/${transferId}/proof`;
    const proof = (await giver.caller.get(place).expect(200)).body as EntriesProof;
    expect(proof).toMatchObject({ accountId: giver.accountId, entries: [{ sealed: { checkpoint: 2 } }] });
    expect(verifyProof(proof, keys())).toMatchObject({ holds: true, lines: [{ minutes: -60, isSealed: true, fault: null }] });
    expect((await admin.get(place).expect(200)).body).toMatchObject({ accountId: giver.accountId });
    expect((await stranger.caller.get(place).expect(403)).body.code).toBe('access/not_allowed');
    await city.anybody.get(place).expect(401);
    expect((await giver.caller.get(`/api/banks/${bankId}/transfers/${newId()}/proof`).expect(404)).body.code).toBe(
      'ledger/transfer_not_found',
    );
  });
});
