import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PatchBank, ReadBank } from '@timebank/banks';
import type { BankLiability } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { HoursModule, OpenStatement } from '@timebank/hours';
import { localDate, newId } from '@timebank/kernel';
import { CapMembers, PostTransfers, ReadTrialBalance, type Posting } from '@timebank/ledger';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import { ReportsModule, ShowBankLiability } from '@timebank/reports';

const day = 24 * 60;
const year = 365 * day;
const today = '2026-03-02';

describe('saved time and the fund of a bank', () => {
  let city: TestCity;
  let volunteer: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    city = await openCity(ReportsModule);
    volunteer = await city.person('volunteer');
    client = await city.client(0);
  });
  afterAll(() => city.close());

  const report = (on?: string): Promise<BankLiability> => city.get(ShowBankLiability).run(city.bankId, on);
  const account = (name: 'fund' | 'pool' | 'honour' | 'issuance') => deriveId(city.bankId, name);
  const onDay = (minutes: number) => localDate(city.at(minutes), 'Asia/Shanghai');

  async function post(
    differences: Partial<Posting> & Pick<Posting, 'kind' | 'debitAccountId' | 'creditAccountId' | 'minutes'>,
  ): Promise<string> {
    const transferId = newId();
    const posting: Posting = {
      bankId: city.bankId,
      transferId,
      class: differences.kind === 'service' ? 'verified' : null,
      visitId: differences.kind === 'service' ? newId() : null,
      reversesId: null,
      memoCode: null,
      actorId: newId(),
      effectiveAt: city.rooms.clock.now(),
      holdId: null,
      overflow: null,
      cover: null,
      ...differences,
    };
    const [outcome] = await city.get(PostTransfers).run([posting]);
    expect(outcome).toMatchObject({ outcome: 'posted' });
    return transferId;
  }
  const serve = (minutes: number, more: Partial<Posting> = {}) =>
    post({ kind: 'service', debitAccountId: client.accountId, creditAccountId: volunteer.accountId, minutes, ...more });
  const sources = ({ bySource }: BankLiability) => Object.fromEntries(bySource.map(({ source, minutes }) => [source, minutes]));

  it('is all zero before anything happened, and knows no cover', async () => {
    expect(await report()).toMatchObject({
      bankId: city.bankId,
      bankName: 'Drum Tower',
      on: today,
      firstDay: null,
      outstandingMinutes: 0,
      holders: 0,
      byYear: [],
      years: [],
      earnedPerYearMinutes: 0,
      yearsOfCover: null,
      fund: { coverPercent: null, coverWithoutIssuingPercent: null },
    });
  });

  it('refuses a day that has not come', async () => {
    await expect(report('2026-03-03')).rejects.toMatchObject(refusal('reports/day_in_future', { today }));
  });

  it('counts what was granted, held and earned, and the fund behind it', async () => {
    await city.give(client, 600);
    await serve(100);
    await serve(40, { class: 'manual' });
    const found = await report();
    expect(found).toMatchObject({ firstDay: today, outstandingMinutes: 600, holders: 2, byYear: [{ year: 2026, minutes: 600 }] });
    expect(sources(found)).toEqual({ verified: 100, manual: 40, teaching: 0, activity: 0, grant: 460, gift: 0, opening: 0, settlement: 0 });
    expect(found.byAge.find(({ band }) => band === '70to79')).toEqual({ band: '70to79', minutes: 600, holders: 2 });
    expect(found.lastTwelveMonths).toMatchObject({ earnedMinutes: 140, grantedMinutes: 600, redeemedMinutes: 140 });
    expect(found.yearsOfCover).toBe(4.29);
    expect(found.fund).toMatchObject({
      issuedMinutes: 600,
      grantedMinutes: 600,
      issueLimitMinutes: null,
      coverPercent: null,
      coverWithoutIssuingPercent: 0,
    });
  });

  it('lets spent minutes consume the oldest: the volunteer spends 30 of the 100 that were scanned first', async () => {
    await post({ kind: 'donation', debitAccountId: volunteer.accountId, creditAccountId: account('pool'), minutes: 30 });
    const found = await report();
    expect(sources(found)).toMatchObject({ verified: 70, manual: 40 });
    expect(found).toMatchObject({
      outstandingMinutes: 570,
      balances: { poolMinutes: 30 },
      fund: { donatedMinutes: 30, coverWithoutIssuingPercent: 5.3 },
    });
    expect(found.lastTwelveMonths).toMatchObject({ donatedMinutes: 30, redeemedMinutes: 140 });
  });

  it('takes a reversal as if both had never been, and still tells the days between what they knew', async () => {
    city.at(day);
    const wrong = await serve(200);
    const between = onDay(day);
    city.at(2 * day);
    await post({
      kind: 'reversal',
      debitAccountId: volunteer.accountId,
      creditAccountId: client.accountId,
      minutes: 200,
      reversesId: wrong,
      class: 'verified',
    });
    expect(sources(await report(between))).toMatchObject({ verified: 270, grant: 260 });
    const found = await report();
    expect(sources(found)).toMatchObject({ verified: 70, manual: 40, grant: 460 });
    expect(found.lastTwelveMonths).toMatchObject({ earnedMinutes: 140, redeemedMinutes: 140 });
  });

  it('parts the years of earning, and lets a later year spend the earlier one first', async () => {
    city.at(year);
    await serve(60);
    await post({ kind: 'donation', debitAccountId: volunteer.accountId, creditAccountId: account('pool'), minutes: 100 });
    const found = await report();
    expect(found.byYear).toEqual([
      { year: 2026, minutes: 10 + 400 },
      { year: 2027, minutes: 60 },
    ]);
    expect(sources(found)).toMatchObject({ verified: 60, manual: 10, grant: 400 });
    expect(found.years).toMatchObject([
      { year: 2026, earnedMinutes: 140 },
      { year: 2027, earnedMinutes: 60, redeemedMinutes: 60, donatedMinutes: 100 },
    ]);
    expect(found.earnedPerYearMinutes).toBe(Math.round(200 / (366 / 365.25)));
    // Twelve months end with the day: 2 March 2026 is no longer among them, the day after is.
    expect(found.lastTwelveMonths).toMatchObject({ earnedMinutes: 60, grantedMinutes: 0, redeemedMinutes: 60 });
  });

  it('counts the part that the savings cap sent on as care to the client, and not as saved', async () => {
    const before = await report();
    await serve(50, { overflow: { accountId: account('pool'), transferId: newId() } });
    await city.get(CapMembers).run(city.bankId, 0);
    await serve(20, { overflow: { accountId: account('pool'), transferId: newId() } });
    const found = await report();
    expect(found.fund.overflowMinutes).toBe(20);
    expect(found.lastTwelveMonths.redeemedMinutes).toBe(before.lastTwelveMonths.redeemedMinutes + 70);
    expect(found.lastTwelveMonths.earnedMinutes).toBe(before.lastTwelveMonths.earnedMinutes + 50);
  });

  it('sets aside what is held, on the days on which it was', async () => {
    city.at(year + day);
    const coordinator = await city.person('coordinator');
    const requestId = await city.request(coordinator, client, city.at(year + day), 60);
    await city.plan(volunteer, volunteer, requestId);
    expect((await report()).heldMinutes).toBe(60);
    expect((await report(onDay(year))).heldMinutes).toBe(0);
  });

  it('puts holders into their age on that day, and names those who cannot be helped soon', async () => {
    city.at(year + 2 * day);
    await city.get(CapMembers).run(city.bankId, 90_000);
    for (const birthDate of ['1967-03-05', '1977-03-04', '1977-03-05', '1947-03-04', '1940-01-01']) {
      const person = await city.client(10);
      await city.rooms.database.query('update member set birth_date = $2 where member_id = $1', [person.memberId, birthDate]);
    }
    const found = await report('2027-03-04');
    const bands = Object.fromEntries(found.byAge.map(({ band, holders }) => [band, holders]));
    expect(bands).toMatchObject({ under50: 1, '50to59': 2, '60to69': 0, '80plus': 2, unknown: 0 });
    expect(found.notSoon).toEqual({ fromAge: 60, minutes: 30, holders: 3 });
    expect(found.outstandingMinutes).toBe(found.byAge.reduce((total, { minutes }) => total + minutes, 0));
  });

  it('counts a limit on issuing as room, less what was issued', async () => {
    const admin = await city.person('coordinator');
    await city.policy(admin, 'issueLimitMinutes', 1_000);
    const { fund, balances, outstandingMinutes } = await report();
    expect(fund.roomToIssueMinutes).toBe(1_000 + balances.issuanceMinutes);
    const behind = balances.fundMinutes + balances.poolMinutes + (fund.roomToIssueMinutes as number);
    expect(fund.coverPercent).toBeCloseTo((behind / outstandingMinutes) * 100, 1);
  });

  it('agrees with the trial balance', async () => {
    const { accounts } = await city.get(ReadTrialBalance).run(city.bankId);
    const found = await report();
    const of = (kind: string) => accounts.filter((one) => one.kind === kind).reduce((total, one) => total + one.balanceMinutes, 0);
    expect(found.balances).toEqual({
      memberMinutes: of('member'),
      poolMinutes: of('pool'),
      honourMinutes: of('honour'),
      fundMinutes: of('fund'),
      issuanceMinutes: of('issuance'),
      clearingMinutes: 0,
      sumMinutes: 0,
    });
  });

  it('says the same as a table, one figure a line', async () => {
    const found = await report();
    const { plainName, text } = await city.get(ShowBankLiability).csv(city.bankId, undefined, null);
    expect(plainName).toBe(`saved-time-${found.on}`);
    const lines = text.slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe('scope,bankId,on,figure,value');
    const figures = new Map(lines.slice(1).map((line) => line.split(',').slice(3) as [string, string]));
    expect(figures.get('outstandingMinutes')).toBe(String(found.outstandingMinutes));
    expect(figures.get('byAge.80plus.holders')).toBe('2');
    expect(figures.get('years.2027.redeemedMinutes')).toBe(String(found.years[1]?.redeemedMinutes));
    expect(figures.get('fund.coverPercent')).toBe(String(found.fund.coverPercent));
    expect(lines.length).toBeGreaterThan(60);
  });
});

describe('saved time of a bank whose zone has changed', () => {
  let city: TestCity;
  beforeAll(async () => {
    city = await openCity(ReportsModule, HoursModule);
  });
  afterAll(() => city.close());

  it('A5: tells each year, lot and statement by the zone of its day', async () => {
    const [client, clerk] = [await city.client(0), await city.person('coordinator')];
    const give = (at: string, minutes: number) => {
      city.rooms.clock.set(new Date(at));
      return city.give(client, minutes);
    };
    await give('2026-12-31T15:00:00Z', 10);
    await give('2026-12-31T17:00:00Z', 20);
    const { version } = await city.get(ReadBank).run(city.bankId);
    await city.get(PatchBank).run(clerk.actor, city.bankId, { version, timeZone: 'America/New_York', validFrom: '2027-02-01' });
    await give('2028-01-01T04:00:00Z', 40);
    await give('2028-01-01T06:00:00Z', 80);
    const found = await city.get(ShowBankLiability).run(city.bankId);
    expect(found.byYear).toEqual([
      { year: 2026, minutes: 10 },
      { year: 2027, minutes: 60 },
      { year: 2028, minutes: 80 },
    ]);
    expect(found.years.map(({ year: of, grantedMinutes }) => [of, grantedMinutes])).toEqual([
      [2026, 10],
      [2027, 60],
      [2028, 80],
    ]);
    const opened = (month: string) =>
      city.get(OpenStatement).run(client.actor, city.bankId, client.accountId, { month }, { mostEntries: 10, origin: 'http://localhost' });
    expect((await opened('2026-12')).closingMinutes).toBe(10);
    expect((await opened('2027-01')).bank.timeZone).toBe('Asia/Shanghai');
    expect(await opened('2027-12')).toMatchObject({ openingMinutes: 30, closingMinutes: 70, bank: { timeZone: 'America/New_York' } });
  });
});
