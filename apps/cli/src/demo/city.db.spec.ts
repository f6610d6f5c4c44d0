import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import { ActivitiesModule } from '@timebank/activities';
import { FamilyModule, SilentElders } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import { HoursModule } from '@timebank/hours';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { AuditBooks, ReportsModule } from '@timebank/reports';
import { RequestsModule } from '@timebank/requests';
import { openRooms, type TestRooms } from '@timebank/testing';
import { VisitsModule } from '@timebank/visits';
import { buildCity, type DemoCity } from './build-city';

const raised = [
  'MISSING_IN',
  'MISSING_OUT',
  'OVERLAP',
  'UNSCHEDULED',
  'OVER_CAP',
  'CONFLICT_OF_INTEREST',
  'EARLY_IN',
  'LATE_IN',
  'EARLY_OUT',
  'LONGER',
  'TOO_SHORT',
  'LATE_SYNC',
  'STATIC_ONLY',
  'MANUAL_ENTRY',
  'REPLACEMENT',
  'OFFLINE',
];

describe.each([
  ['in the afternoon', new Date('2026-11-23T06:12:34Z')],
  ['just before midnight', new Date('2026-11-23T15:57:00Z')],
  ['just after midnight', new Date('2026-11-23T16:01:00Z')],
])('the demo city, built %s', (_title, now) => {
  let rooms: TestRooms;
  let city: DemoCity;
  const count = async (sql: string) =>
    (await rooms.database.query<{ count: number }>(`select count(*)::int as count from ${sql}`))[0]?.count;

  beforeAll(async () => {
    const visits = VisitsModule.forRoot({ origin: 'http://localhost:3000', originIsPublic: false });
    rooms = await openRooms([
      AccessModule.forRoot({ secretKey: 'x'.repeat(32), rateLimit: false }),
      BanksModule,
      MembersModule,
      LedgerModule,
      HoursModule,
      NoticesModule.forRoot({ driver: null }),
      ReportsModule,
      RequestsModule,
      CareModule.forRoot(visits),
      TrainingModule.forRoot(visits),
      ActivitiesModule.forRoot(visits),
      FamilyModule.forRoot(visits),
    ]);
    city = await buildCity(rooms, rooms.clock, now, () => undefined);
  });
  afterAll(() => rooms.close());

  it('balances', async () => {
    const { faults, transfers } = await rooms.get(AuditBooks).run();
    expect(faults).toEqual([]);
    expect(transfers).toBeGreaterThan(200);
  });

  it('has every exception that scans and hands can raise', async () => {
    const rows = await rooms.database.query<{ code: string }>('select distinct code from visit_exception');
    expect(rows.map((row) => row.code)).toEqual(expect.arrayContaining(raised));
  });

  it('has a queue with three lanes at every bank', async () => {
    const rows = await rooms.database.query<{ clean: number; yellow: number; red: number }>(
      `select count(*) filter (where state = 'ready')::int as clean, count(*) filter (where state = 'needs_ack')::int as yellow,
         count(*) filter (where state = 'needs_fix')::int as red from visit group by bank_id`,
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row.clean).toBeGreaterThanOrEqual(10);
      expect(row.yellow).toBeGreaterThanOrEqual(4);
      expect(row.red).toBeGreaterThanOrEqual(3);
    }
  });

  it('has approved, rejected and cancelled visits, and every kind of transfer', async () => {
    const states = await rooms.database.query<{ state: string }>('select distinct state from visit');
    expect(states.map((row) => row.state)).toEqual(expect.arrayContaining(['planned', 'in_progress', 'approved', 'rejected', 'cancelled']));
    const kinds = await rooms.database.query<{ kind: string }>('select distinct kind from transfer');
    expect(kinds.map((row) => row.kind).sort()).toEqual(['donation', 'gift', 'grant', 'issue', 'overflow', 'reversal', 'service']);
  });

  it('has scans at every bank that only the desk can put right', async () => {
    expect(await count('letter')).toBe(6);
  });

  it('has a volunteer who has helped in another bank and was paid at home', async () => {
    expect(await count(`guest where state = 'confirmed'`)).toBe(1);
    expect(await count(`visit where volunteer_home_bank_id is not null and state = 'approved'`)).toBe(1);
    const sides = await rooms.database.query<{ balance: number }>(
      `select balance_minutes::int as balance from account where kind = 'clearing' order by balance_minutes`,
    );
    expect(sides.map(({ balance }) => balance)).toEqual([-44, 44]);
  });

  it('has needs that come back at every bank: taken, kept for a regular, paused, short of minutes, ending', async () => {
    const rows = await rooms.database.query<Record<string, number>>(
      `select (select count(*) from series s where s.bank_id = b.bank_id)::int as series,
              (select count(*) from series s where s.bank_id = b.bank_id and s.short_from is not null)::int as short,
              (select count(*) from series s where s.bank_id = b.bank_id and s.ends_on is not null)::int as ending,
              (select count(distinct series_id) from series_pause p where p.bank_id = b.bank_id)::int as paused,
              (select min(s.generated_until) - bank_day(b.bank_id, $1) from series s where s.bank_id = b.bank_id)::int as ahead,
              (select count(*) from request r where r.bank_id = b.bank_id and r.series_id is not null and r.state = 'taken')::int as taken,
              (select count(*) from request r where r.bank_id = b.bank_id and r.state = 'open' and r.reserved_for is not null)::int as reserved
         from bank b`,
      [now],
    );
    expect(rows).toHaveLength(3);
    for (const { taken, reserved, ...row } of rows) {
      expect(row).toEqual({ series: 6, short: 1, ending: 1, paused: 1, ahead: 42 });
      expect([taken, reserved].map((found) => (found ?? 0) >= 5)).toEqual([true, true]);
    }
  });

  it('has three elders who do not ask, a son at another bank who may see and answer, and a neighbour who reaches his mother', async () => {
    const [{ bankId } = { bankId: '' }] = await rooms.database.query<{ bankId: string }>('select bank_id as "bankId" from proxy');
    const { items } = await rooms.get(SilentElders).list(bankId, { limit: 50 });
    expect(items.map(({ circumstances }) => circumstances)).toEqual([['living_alone'], [], []]);
    expect(await count('proxy_role')).toBe(2);
    expect([await count('contact'), await count('finding')]).toEqual([1, 1]);
  });

  it('has told people of what others did, and has nothing left to tell', async () => {
    expect(await count('outbox where delivered_at is null')).toBe(0);
    const kinds = await rooms.database.query<{ kind: string }>('select distinct kind from notice');
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['visit_planned', 'visit_begun', 'visit_approved', 'guest_asked']),
    );
    const strangers = `notice n join person p using (person_id) where p.sign_in_phone is null`;
    expect(await count(strangers)).toBe(0);
  });

  it('has something to do right now for the first volunteer, and nothing that has not happened yet', async () => {
    expect(
      await count(
        `visit v join person p on p.person_id = v.volunteer_id join request r using (bank_id, request_id)
          where p.sign_in_phone = '${city.people[0]?.phone}' and v.state = 'planned' and r.series_id is null`,
      ),
    ).toBe(2);
    const soon = new Date(now.getTime() + 15 * 60_000).toISOString();
    expect(await count(`visit where state = 'planned' and planned_start between '${now.toISOString()}' and '${soon}'`)).toBe(3);
    expect(await count(`scan_event where received_at > '${now.toISOString()}'`)).toBe(0);
  });

  it('has people to sign in as, each with a password of their own', () => {
    expect(city.people.map((person) => person.title.split(/[,·]/)[0]?.trim())).toEqual([
      'Volunteer',
      'Volunteer',
      'Volunteer',
      'Coordinator',
      'Coordinator',
      'Coordinator',
      'Client',
      'Client',
      'Bank admin',
      'Bank admin',
      'Bank admin',
      'City auditor',
      'City admin',
    ]);
    expect(new Set(city.people.map((person) => person.password)).size).toBe(city.people.length);
    expect(city.card.code).toMatch(/^[0-9A-Z]{8}$/);
  });
});
