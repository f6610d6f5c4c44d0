import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import type { CityLiability, Liability } from '@timebank/contract';
import { LedgerModule } from '@timebank/ledger';
import { type LiabilityStep, LiabilityWalk, openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import * as fc from 'fast-check';
import { ReportsModule, ShowBankLiability, ShowCityLiability } from '@timebank/reports';

const runs = Number(process.env['WALKS'] ?? 60);
const steps = Number(process.env['WALK_STEPS'] ?? 64);

const minutes = fc.integer({ min: 1, max: 150 });
const anAccount = fc.nat({ max: 3 });
const step: fc.Arbitrary<LiabilityStep> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('service' as const),
      from: anAccount,
      to: anAccount,
      minutes,
      class: fc.constantFrom('verified' as const, 'manual' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('gift' as const, 'settlement' as const), from: anAccount, to: anAccount, minutes }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('grant' as const, 'donation' as const, 'opening' as const), of: anAccount, minutes }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reverse' as const), past: fc.nat({ max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), past: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), of: anAccount, minutes }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 120 }) }) },
);

const total = (rows: readonly { minutes: number }[]) => rows.reduce((sum, row) => sum + row.minutes, 0);
const told = (rows: [string, number][]) => Object.fromEntries(rows.filter(([, value]) => value !== 0));

/** What came less what went, over all years. */
function changeOf({ years }: Liability): number {
  return years.reduce((sum, year) => {
    const came = year.earnedMinutes + year.grantedMinutes + year.openingMinutes + year.giftsReceivedMinutes + year.settledInMinutes;
    return sum + came - year.redeemedMinutes - year.giftsGivenMinutes - year.donatedMinutes - year.settledOutMinutes;
  }, 0);
}

/** Every figure that adds up over banks. */
function sums({ outstandingMinutes, heldMinutes, holders, lastTwelveMonths, balances, byAge, years, fund }: Liability): number[] {
  return [
    outstandingMinutes,
    heldMinutes,
    holders,
    total(byAge),
    ...Object.values(lastTwelveMonths),
    ...Object.values(balances),
    years.reduce((sum, { earnedMinutes }) => sum + earnedMinutes, 0),
    years.reduce((sum, { redeemedMinutes }) => sum + redeemedMinutes, 0),
    fund.issuedMinutes,
    fund.grantedMinutes,
    fund.donatedMinutes,
    fund.overflowMinutes,
  ];
}

describe('the report over any walk through two banks', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'k'.repeat(32) }), LedgerModule, BanksModule, ReportsModule]);
  });
  beforeEach(() => rooms.clock.set(testStart));
  afterAll(() => rooms.close());

  /** A ledger with the row that makes it a bank of the city. */
  async function openBank(): Promise<TestLedger> {
    const bank = await TestLedger.open(rooms, 250);
    await rooms.database.query(
      `insert into bank (bank_id, name, phone, time_zone, fund_account_id, pool_account_id, honour_account_id, issuance_account_id,
                         content_hash, created_at) values ($1, 'walked', '1', 'Asia/Shanghai', $2, $3, $3, $4, '', now())`,
      [bank.bankId, bank.fund, bank.pool, bank.issuance],
    );
    await rooms.database.query(
      `insert into locator (hash, kind, bank_id, id) values (decode(replace($1::text, '-', ''), 'hex'), 'bank', $1::uuid, $1::uuid)`,
      [bank.bankId],
    );
    return bank;
  }

  async function compare(walk: LiabilityWalk, bank: TestLedger, at: number): Promise<void> {
    for (const { day, trials } of walk.days) {
      const report = await rooms.get(ShowBankLiability).run(bank.bankId, day);
      const { memberMinutes, poolMinutes, fundMinutes, issuanceMinutes, clearingMinutes, sumMinutes } = report.balances;
      expect({
        member: memberMinutes,
        pool: poolMinutes,
        fund: fundMinutes,
        issuance: issuanceMinutes,
        clearing: clearingMinutes,
        held: report.heldMinutes,
      }).toEqual(trials[at]);
      expect(sumMinutes).toBe(0);
      expect([total(report.byAge), total(report.byYear), total(report.bySource), changeOf(report)]).toEqual(
        Array.from({ length: 4 }, () => memberMinutes),
      );
      const left = await walk.leftAt(bank, day);
      expect(told(report.byYear.map(({ year, minutes: value }) => [String(year), value]))).toEqual(left.byYear);
      expect(told(report.bySource.map(({ source, minutes: value }) => [source, value]))).toEqual(left.bySource);
    }
  }

  it(
    'agrees with the trial balance of that day, and with lots reckoned one by one',
    async () => {
      const walked = fc.asyncProperty(fc.array(step, { minLength: Math.floor(steps / 4), maxLength: steps }), async (path) => {
        const walk = await LiabilityWalk.open(rooms, [await openBank(), await openBank()]);
        for (const at of [...path, { kind: 'pass', days: 1 } as const]) await walk.take(at);
        expect(walk.days.length).toBeGreaterThan(0);
        for (const [at, bank] of walk.banks.entries()) await compare(walk, bank, at);
      });
      await fc.assert(walked, { numRuns: runs });
    },
    120_000 + runs * steps * 40,
  );

  it('sums all banks up without counting anything twice: nothing is left between them', async () => {
    const { city, banks }: CityLiability = await rooms.get(ShowCityLiability).run();
    expect(banks.length).toBeGreaterThanOrEqual(2 * runs);
    const added = banks.map(sums).reduce((left, right) => left.map((value, index) => value + (right[index] as number)));
    expect(sums(city)).toEqual(added);
    expect(city.balances).toMatchObject({ clearingMinutes: 0, sumMinutes: 0 });
    expect(changeOf(city)).toBe(city.outstandingMinutes);
  });
});
