import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import { routes, type StatementAnswer } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { newId } from '@timebank/kernel';
import {
  CheckpointFolder,
  CheckpointsModule,
  type EntriesProof,
  LedgerModule,
  type Posting,
  PostTransfers,
  readStatement,
  SealCheckpoints,
  verifyProof,
  verifyStatement,
} from '@timebank/ledger';
import { MembersModule, PutMember } from '@timebank/members';
import { openRooms, settleLedger, testStart, type TestRooms } from '@timebank/testing';
import { HoursModule } from '../hours.module';
import { OpenStatement } from './open-statement';
import { ProveStatement } from './prove-statement';
import { csvCells } from './spec-read-back';
import { statementCsv } from './statement-csv';

const origin = 'https://timebank.example';
const posts = 1_200;

describe('a statement of an account', () => {
  let rooms: TestRooms;
  const home = mkdtempSync(join(tmpdir(), 'timebank-statement-'));
  const folder = new CheckpointFolder(join(home, 'checkpoints'));
  const bankId = newId();
  const auditor: Actor = { personId: newId(), roles: [{ role: 'auditor', bankId, memberId: null }] };
  const [fund, issuance] = [deriveId(bankId, 'fund'), deriveId(bankId, 'issuance')];
  let accountId: string;
  beforeAll(async () => {
    rooms = await openRooms([
      AccessModule.forRoot({ secretKey: 'k'.repeat(32) }),
      LedgerModule,
      BanksModule,
      MembersModule,
      HoursModule,
      CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path }),
    ]);
    await rooms.get(PutBank).run(bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    const person = { name: 'Wang Xiaoming', birthDate: '1950-02-03', roles: ['client' as const] };
    ({ accountId } = (await rooms.get(PutMember).run(bankId, newId(), person)).value);
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  const grant = (minutes: number): Posting => ({
    bankId,
    transferId: newId(),
    debitAccountId: fund,
    creditAccountId: accountId,
    minutes,
    kind: 'grant',
    class: null,
    visitId: null,
    reversesId: null,
    memoCode: null,
    actorId: auditor.personId,
    effectiveAt: testStart,
    holdId: null,
    overflow: null,
    cover: { accountId: issuance, transferId: newId(), limitMinutes: null },
  });
  const open = (mostEntries = 5_000) => rooms.get(OpenStatement).run(auditor, bankId, accountId, {}, { mostEntries, origin });
  const prove = async () => rooms.get(ProveStatement).run(await open());
  const sentence = async () => csvCells(await text(Readable.from(statementCsv(await open(), null)))).find((row) => row[0] === 'seal')?.[12];

  it('says so when its bank was never sealed, and when nothing happened', async () => {
    const statement = await prove();
    expect(statement).toMatchObject({ entries: [], openingMinutes: 0, closingMinutes: 0, sealAddress: null });
    expect(statement.proof).toMatchObject({ checkpoint: null, publicKeyId: null, entries: [] });
    expect(await sentence()).toBe('none');
  });

  it('reads more entries than one stretch holds, each once and in their order', async () => {
    const outcomes = await rooms.get(PostTransfers).run(Array.from({ length: posts }, (_, index) => grant((index % 50) + 1)));
    expect(outcomes.filter(({ outcome }) => outcome !== 'posted')).toEqual([]);
    const { entries, closingMinutes } = await prove();
    expect(entries.map((entry) => entry.version)).toEqual(Array.from({ length: posts }, (_, index) => index + 1));
    expect(entries.at(-1)?.balanceAfterMinutes).toBe(closingMinutes);
  });

  it('refuses more entries than its form can bear', async () => {
    await expect(open(posts - 1)).rejects.toMatchObject({
      code: 'hours/statement_too_many',
      parameters: { entries: posts, most: posts - 1 },
    });
    await expect(open(posts)).resolves.toMatchObject({ throughVersion: posts });
  });

  it('proves every sealed entry to a stranger, also after its message, and marks the others', async () => {
    await settleLedger(rooms.database, bankId);
    await rooms.get(SealCheckpoints).run([bankId]);
    const opened = await open();
    expect(opened.seal).toMatchObject({ number: 1, address: `${origin}/c/${bankId}/1` });
    expect(await sentence()).toBe('all');
    await rooms.get(PostTransfers).run([grant(7)]);
    expect(await sentence()).toBe('some');
    const answer = routes.statementJson.answer?.parse(await prove()) as StatementAnswer;
    const proof = JSON.parse(JSON.stringify(answer.proof)) as EntriesProof;
    const { holds, lines } = verifyProof(proof, folder.keys());
    expect(holds).toBe(true);
    expect(lines.filter((line) => line.isSealed)).toHaveLength(posts);
    expect(lines.map((line) => [line.transferId, line.minutes])).toEqual(answer.entries.map((entry) => [entry.transferId, entry.minutes]));
    const kept = readStatement(JSON.stringify(answer));
    expect(kept && verifyStatement(kept, folder.keys())).toMatchObject({ holds: true, faults: [], checkpointFault: null });
    expect([proof.sealedThrough, answer.sealAddress]).toEqual([posts, `${origin}/c/${bankId}/1`]);
  });

  it('is found out when a line of it is changed', async () => {
    const { proof } = await prove();
    const forged = structuredClone(proof) as EntriesProof;
    (forged.entries[3] as EntriesProof['entries'][number]).transfer.minutes = '600';
    expect(verifyProof(forged, folder.keys()).lines.findIndex((line) => line.fault !== null)).toBe(3);
  });
});
