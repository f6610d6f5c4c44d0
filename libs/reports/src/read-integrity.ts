import { Injectable } from '@nestjs/common';
import { type LeftOut, ReadBank, ReadPolicy, SoundBanks } from '@timebank/banks';
import { type IntegrityQuery, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, localDate } from '@timebank/kernel';
import { type ByHand, byHandSql, nothingByHand } from './by-hand.sql';
import { flagsOf, type IntegrityFlag } from './flags.rules';
import { policyDaysSql, visitFactsSql } from './integrity.sql';
import { plansForMuch } from './liability.sql';
import type { DatedLimits, VisitFact } from './visit-facts';

export type ReadVisits = {
  bankId: string;
  bankName: string;
  from: string;
  to: string;
  visits: readonly VisitFact[];
  flags: readonly IntegrityFlag[];
  byHand: ByHand;
};

/** A leap year: what is compared over more has changed too much. */
const mostDays = 366;
/** Three months, with the day itself. */
const usualDays = 91;
const dayMilliseconds = 86_400_000;

/** Days between two, both counted. */
const daysOf = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMilliseconds + 1;
const daysBefore = (day: string, days: number) => new Date(Date.parse(day) - days * dayMilliseconds).toISOString().slice(0, 10);

/** The requested days; by default three months that end today. */
function rangeOf({ from, to }: IntegrityQuery, today: string): { from: string; to: string } {
  const last = to ?? today;
  const first = from ?? daysBefore(last, usualDays - 1);
  if (last > today) throw refuse('reports/day_in_future', { today }, 'query.to');
  if (first > last) throw refuse('reports/wrong_order', {}, 'query.from');
  if (daysOf(first, last) > mostDays) throw refuse('reports/long_range', { mostDays }, 'query.from');
  return { from: first, to: last };
}

/**
 * Reads the visits of some banks between two days, each by its own calendar, and the questions they raise, from one snapshot. One statement a bank,
 * and each bank is finished before the next is read, so a city needs the memory of one bank. Writes nothing. Refuses `reports/day_in_future`,
 * `reports/wrong_order`, `reports/long_range`, and as `SoundBanks`.
 */
@Injectable()
export class ReadIntegrity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly soundBanks: SoundBanks,
  ) {}

  async run<Told>(
    bankIds: readonly string[],
    query: IntegrityQuery,
    tell: (read: ReadVisits) => Promise<Told> | Told,
  ): Promise<{ told: Told[]; leftOut: LeftOut[] }> {
    return this.unit.look(bankIds, async () => {
      await this.unit.query(plansForMuch);
      const told: Told[] = [];
      const { banks, leftOut } = await this.soundBanks.run(bankIds);
      for (const { bankId } of banks) told.push(await tell(await this.bank(bankId, query)));
      return { told, leftOut };
    });
  }

  private async bank(bankId: string, query: IntegrityQuery): Promise<ReadVisits> {
    const { name: bankName, zone } = await this.readBank.run(bankId);
    const today = localDate(this.unit.now, zone);
    const { from, to } = rangeOf(query, today);
    const { reviewWithinDays } = await this.readPolicy.run(bankId, today);
    const [first, last] = [dayRange(from, zone).from, dayRange(to, zone).to];
    const visits = await this.unit.query<VisitFact>(visitFactsSql, [bankId, first, last, this.unit.now, reviewWithinDays]);
    const byHand = (await this.unit.one<ByHand>(byHandSql, [bankId, first, last])) ?? nothingByHand;
    return { bankId, bankName, from, to, visits, byHand, flags: flagsOf(visits, await this.limits(bankId, from, to)) };
  }

  /** Policy on the first day and on each on which it changes. */
  private async limits(bankId: string, from: string, to: string): Promise<DatedLimits[]> {
    const changes = await this.unit.query<{ day: string }>(policyDaysSql, [bankId, from, to]);
    const limits: DatedLimits[] = [];
    for (const day of [from, ...changes.map((change) => change.day)]) {
      const policy = await this.readPolicy.run(bankId, day);
      const { visitCapMinutes, dayCapMinutes, sharedDevicePeople } = policy;
      const [warningPercent, kilometersPerHour] = [policy.limitWarningPercent, policy.travelKilometersPerHour];
      limits.push({ from: day, visitCapMinutes, dayCapMinutes, sharedDevicePeople, warningPercent, kilometersPerHour });
    }
    return limits;
  }
}
