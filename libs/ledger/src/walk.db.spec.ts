import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import * as fc from 'fast-check';
import { AuditLedger } from './audit-ledger';
import { LedgerModule } from './ledger.module';
import type { Posting } from './posting.rules';
import { WalkModel, type Step } from './spec-walk-model';

const runs = Number(process.env['WALKS'] ?? 200);
const steps = Number(process.env['WALK_STEPS'] ?? 64);
const accounts = 4;

const anAccount = fc.nat({ max: accounts - 1 });
const minutes = fc.integer({ min: 1, max: 400 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      from: anAccount,
      to: anAccount,
      minutes,
      overflows: fc.boolean(),
      hold: fc.option(fc.nat({ max: 9 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), to: anAccount, minutes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), from: anAccount, minutes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), hold: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), past: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse' as const), past: fc.nat({ max: 99 }) }) },
);

describe('any walk through the ledger', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  afterAll(() => rooms.close());

  /** Takes the same step in the ledger and answers what it said, in the model's words. */
  async function take(bank: TestLedger, ids: string[], model: WalkModel, at: Step, sent: Posting[], holds: string[]): Promise<string> {
    const id = (index: number) => ids[index] as string;
    if (at.kind === 'hold') {
      return bank.hold(at.minutes, id(at.from)).then(
        (holdId) => {
          holds.push(holdId);
          return 'held';
        },
        (error: { code: string }) => error.code,
      );
    }
    if (at.kind === 'release') {
      const holdId = holds[at.hold];
      return holdId === undefined
        ? 'nothing'
        : bank.release(holdId).then(
            () => 'released',
            (error: { code: string }) => error.code,
          );
    }
    let posting: Posting | undefined;
    if (at.kind === 'open') posting = bank.opening(id(at.to), at.minutes);
    if (at.kind === 'transfer') {
      posting = bank.posting({
        debitAccountId: id(at.from),
        creditAccountId: id(at.to),
        minutes: at.minutes,
        holdId: at.hold === null ? null : (holds[at.hold] ?? null),
        overflow: at.overflows ? { accountId: bank.pool, transferId: newId() } : null,
      });
    }
    if (at.kind === 'repeat') posting = sent[at.past];
    if (at.kind === 'reverse') {
      const original = sent[at.past];
      posting = original && bank.reversal(original, { minutes: model.mainMinutesOf(at.past) || original.minutes });
    }
    if (posting === undefined) return 'nothing';
    if (at.kind !== 'repeat') sent.push(posting);
    const answer = await bank.post(posting);
    return answer.code ?? `${answer.outcome} ${answer.postedMinutes}+${answer.overflowMinutes}`;
  }

  it(
    'answers and ends as the model does',
    async () => {
      const walk = fc.asyncProperty(fc.array(step, { maxLength: steps }), async (path) => {
        const bank = await TestLedger.open(rooms);
        const ids = Array.from({ length: accounts }, () => newId());
        await bank.openAccounts(
          ids.map((accountId) => ({ accountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: 1_000 })),
        );
        const model = new WalkModel(accounts, 1_000);
        const sent: Posting[] = [];
        const holds: string[] = [];
        for (const at of path) expect(await take(bank, ids, model, at, sent, holds)).toBe(model.take(at));
        const balances = await Promise.all([...ids, bank.pool].map((id) => bank.minutesOf(id)));
        expect(balances).toEqual([...model.balances, model.poolMinutes]);
        expect(await Promise.all(ids.map((id) => bank.heldOf(id)))).toEqual(model.held);
        expect((await rooms.get(AuditLedger).run([bank.bankId])).faults).toEqual([]);
      });
      await fc.assert(walk, { numRuns: runs });
    },
    120_000 + runs * steps * 20,
  );
});
