import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BankIntegrity } from '@timebank/contract';
import { makeBank, type MadeBank, openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import { ListIntegrityFlags, ReportsModule, ShowBankIntegrity, ShowCityIntegrity } from '@timebank/reports';
import { flagsOf, type IntegrityFlag } from './flags.rules';

const limits = [
  { from: '2026-06-01', visitCapMinutes: 240, dayCapMinutes: 480, warningPercent: 90, kilometersPerHour: 60, sharedDevicePeople: 2 },
];
/** Long after the last visit, in minutes of the test's clock. */
const now = 200 * 24 * 60;
const range = { from: '2026-06-01', to: '2026-08-30' };

/** The made bank's visits as rows, past the abilities: thousands of visits in one statement a table. */
function rowsOf({ visits, clients }: MadeBank, bankId: string): string {
  const text = (rows: readonly object[]) => `jsonb_to_recordset($rows$${JSON.stringify(rows)}$rows$::jsonb)`;
  const people = [
    ...new Set(visits.flatMap(({ volunteerId, clientId, decidedBy }) => [volunteerId, clientId, ...(decidedBy ? [decidedBy] : [])])),
  ];
  const isTyped = (visit: MadeBank['visits'][number]) => visit.enteredBy !== null;
  const scans = visits.flatMap((visit, index) =>
    isTyped(visit) && !visit.autoClosed
      ? []
      : (visit.autoClosed ? ['in'] : ['in', 'out']).map((kind) => ({
          ...visit,
          kind,
          event: `00000000-0000-4000-${kind === 'in' ? '8' : '9'}000-${index.toString(16).padStart(12, '0')}`,
          via: visit.assurance === 'A3' ? 'rotating' : 'card',
          meters: visit.located === true ? 20 : null,
          device: visit.deviceIds[0] ? { deviceId: visit.deviceIds[0], proof: 'valid' } : null,
        })),
  );
  return `begin; set local session_replication_role = replica;
    insert into member (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at)
      select '${bankId}', id, id, id, 'N' || id, '1950-01-01', id, '', now() from ${text(people.map((id) => ({ id })))} as p(id uuid);
    insert into client_place (bank_id, client_id, revision, latitude, longitude, recorded_by, recorded_at)
      select '${bankId}', c."clientId", 1, 32.06 + c.north / 111195, 118.78 + c.east / 94236, c."clientId", now()
        from ${text(clients.filter(({ homeIsKnown }) => homeIsKnown).map(({ clientId, home }) => ({ clientId, ...home })))} as c("clientId" uuid, north float, east float);
    insert into visit (bank_id, visit_id, request_id, client_id, volunteer_id, service_kind, planned_start, planned_end, planned_minutes, hold_id, state,
        lane, class, assurance, captured_in, captured_out, credited_start, credited_end, credited_minutes, entered_by, entered_at, manual_reason_code,
        planned_by, approval_id, decided_by, decided_at, decision_reason_code, proposed_minutes, transfer_id, waiting_since, content_hash, created_at)
      select '${bankId}', v."visitId", v."visitId", v."clientId", v."volunteerId", 'company', v."startsAt", v."endsAt", 60, v."visitId", v.state,
        v.lane, v.class, v.assurance, case when v."enteredBy" is null or v."autoClosed" then v."startsAt" end, case when v."enteredBy" is null then v."endsAt" end,
        v."startsAt", v."endsAt", v."creditedMinutes", v."enteredBy", case when v."enteredBy" is not null then v."endsAt" end, v."manualReasonCode",
        v."volunteerId", v."approvalId", v."decidedBy", v."decidedAt", v."decisionReasonCode", v."proposedMinutes", v."visitId",
        v."decidedAt" - case when v.overdue then interval '4 days' else interval '1 hour' end, '', v."startsAt"
      from ${text(visits)} as v("visitId" uuid, "clientId" uuid, "volunteerId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, state text, lane text,
        class text, assurance text, "autoClosed" boolean, "enteredBy" uuid, "creditedMinutes" int, "manualReasonCode" text, "approvalId" uuid,
        "decidedBy" uuid, "decidedAt" timestamptz, "decisionReasonCode" text, "proposedMinutes" int, overdue boolean);
    insert into scan_event (bank_id, event_id, visit_id, kind, outcome, at, received_at, via, actor_id, content_hash, answer, device, distance_meters, accuracy_meters)
      select '${bankId}', s.event, s."visitId", s.kind, 'accepted', s."startsAt", s."startsAt", s.via, s."volunteerId", '', '{}', nullif(s.device, 'null'), s.meters, s.meters
        from ${text(scans)} as s(event uuid, "visitId" uuid, kind text, "startsAt" timestamptz, via text, "volunteerId" uuid, device jsonb, meters int);
    insert into visit_exception (bank_id, visit_id, code, lane, raised_at)
      select '${bankId}', v."visitId", code, 'yellow', now() from ${text(visits)} as v("visitId" uuid, codes jsonb), jsonb_array_elements_text(v.codes) as code;
    insert into call_back (bank_id, call_back_id, visit_id, number, result, called_by, called_at, content_hash)
      select '${bankId}', v."visitId", v."visitId", 1, v."callBack", v."visitId", now(), ''
        from ${text(visits.filter(({ callBack }) => callBack))} as v("visitId" uuid, "callBack" text);
    insert into appeal (bank_id, appeal_id, visit_id, note, appealed_by, appealed_at, content_hash)
      select '${bankId}', v."visitId", v."visitId", 'n', v."visitId", now(), '' from ${text(visits.filter(({ appeal }) => appeal))} as v("visitId" uuid);
    insert into appeal_answer (bank_id, answer_id, appeal_id, outcome, note, answered_by, answered_at, content_hash)
      select '${bankId}', v."visitId", v."visitId", v.appeal, 'n', v."visitId", now(), '' from ${text(visits.filter(({ appeal }) => appeal))} as v("visitId" uuid, appeal text);
    commit; analyze`;
}

/** Who is asked about what, and by which figures. */
const asked = (flags: readonly Pick<IntegrityFlag, 'kind' | 'volunteerIds' | 'clientId' | 'personId' | 'figures'>[]) =>
  flags
    .map(({ kind, volunteerIds, clientId, personId, figures }) =>
      JSON.stringify([kind, [...volunteerIds].sort(), clientId, personId, figures]),
    )
    .sort();

describe('the integrity of a bank', () => {
  let city: TestCity;
  let made: MadeBank;
  let coordinator: TestPerson;
  beforeAll(async () => {
    city = await openCity(ReportsModule);
    coordinator = await city.person('coordinator');
    made = makeBank(20_190_401);
    await city.rooms.database.query(rowsOf(made, city.bankId));
    city.at(now);
  });
  afterAll(() => city.close());

  const show = (): Promise<BankIntegrity> => city.get(ShowBankIntegrity).run(city.bankId, range);
  const count = (counts: (visit: MadeBank['visits'][number]) => boolean) => made.visits.filter(counts).length;

  it('asks from the database what the rules ask of the same visits', async () => {
    const flags = [];
    let cursor: string | undefined;
    do {
      const page = await city.get(ListIntegrityFlags).run(city.bankId, { ...range, limit: 20, cursor });
      flags.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const found = flags.map(({ volunteers, client, coordinator: by, ...flag }) => ({
      ...flag,
      volunteerIds: volunteers.map(({ memberId }) => memberId),
      clientId: client?.memberId ?? null,
      personId: by?.personId ?? null,
    }));
    // Reversals are the ledger's, and none were made here.
    const expected = flagsOf(
      made.visits.map((visit) => ({ ...visit, reversed: false })),
      limits,
    );
    expect(asked(found)).toEqual(asked(expected));
    expect(found.length).toBeGreaterThan(25);
    expect(new Set(found.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10);
    expect(flags.every(({ visits, visitCount }) => visits.length === Math.min(20, visitCount))).toBe(true);
  });

  it('counts how visits were proved, why some were changed, and what calls gave', async () => {
    const started = performance.now();
    const found = await show();
    console.info(`${found.visits} visits read and judged in ${Math.round(performance.now() - started)} ms`);
    expect(found.visits).toBe(made.visits.length);
    for (const { assurance, visits } of found.byAssurance) expect(visits).toBe(count((visit) => visit.assurance === assurance));
    expect(found.byClass).toMatchObject([
      { visits: count((visit) => visit.class === 'verified') },
      { visits: count((visit) => visit.class === 'manual') },
    ]);
    expect(found.callBacks).toMatchObject({
      made: count(({ callBack }) => callBack !== null),
      denied: count(({ callBack }) => callBack === 'not_confirmed'),
    });
    expect(found.manualReasons.find(({ code }) => code === 'no_phone')?.visits).toBe(
      count((visit) => visit.manualReasonCode === 'no_phone'),
    );
    expect(found.rejectionReasons.reduce((sum, { visits }) => sum + visits, 0)).toBe(count(({ state }) => state === 'rejected'));
    const waver = made.planted.find(({ kind }) => kind === 'waves through')?.who;
    const [one, others] = [
      found.approvers.find(({ personId }) => personId === waver),
      found.approvers.filter(({ personId }) => personId !== waver),
    ];
    expect(one?.overdue).toBe(count((visit) => visit.decidedBy === waver && visit.overdue));
    expect(Math.max(...others.map(({ medianSeconds }) => medianSeconds as number))).toBeGreaterThan(10);
    expect(found.denials.length).toBeGreaterThan(3);
  });

  it('knows the limits by the day on which they were in force', async () => {
    const near = async () => (await show()).flags.find(({ kind }) => kind === 'near_cap')?.count;
    expect(await near()).toBeGreaterThan(0);
    await city.policy(coordinator, 'visitCapMinutes', 1_000);
    expect(await near()).toBeGreaterThan(0);
    city.at(0);
    await city.policy(coordinator, 'visitCapMinutes', 1_000);
    city.at(now);
    expect(await near()).toBe(0);
  });

  it('asks about a pair that turns out to be one household, whatever was decided', async () => {
    const { volunteerId, clientId } = made.visits.find(({ related }) => !related) as MadeBank['visits'][number];
    const isAsked = async () => {
      const { items } = await city.get(ListIntegrityFlags).run(city.bankId, { ...range, limit: 100, kind: 'related' });
      return items.some(({ volunteers, client }) => volunteers[0]?.memberId === volunteerId && client?.memberId === clientId);
    };
    expect(await isAsked()).toBe(false);
    await city.relate(coordinator, { ...coordinator, memberId: clientId }, { ...coordinator, memberId: volunteerId }, 'household');
    expect(await isAsked()).toBe(true);
  });

  it('adds up in the city, which names nobody', async () => {
    const found = await city.get(ShowCityIntegrity).run(range);
    const alone = await show();
    expect(found.city).toMatchObject({ visits: alone.visits, minutes: alone.minutes, callBacks: alone.callBacks, flags: alone.flags });
    expect(JSON.stringify(found)).not.toContain('personId');
    expect(JSON.stringify(found)).not.toContain('volunteerId');
  });

  it('is two tables too', async () => {
    const figures = await city.get(ShowBankIntegrity).csv(city.bankId, range, null);
    expect(figures.plainName).toBe('integrity-2026-06-01-2026-08-30');
    expect(figures.text).toContain(`,callBacks.denied,${count(({ callBack }) => callBack === 'not_confirmed')}\r\n`);
    expect(figures.text).toContain(`,byAssurance.A0.visits,${count(({ assurance }) => assurance === 'A0')}\r\n`);
    const { text } = await city.get(ListIntegrityFlags).csv(city.bankId, range, null);
    expect(text.trimEnd().split('\r\n').length).toBeGreaterThan(25);
  });

  it('covers three months by default, and refuses days that have not come, lie the wrong way round, or are too many', async () => {
    const run = (query: { from?: string; to?: string }) => city.get(ShowBankIntegrity).run(city.bankId, query);
    expect(await run({})).toMatchObject({ from: '2026-06-20', to: '2026-09-18' });
    await expect(run({ to: '2026-09-19' })).rejects.toMatchObject(refusal('reports/day_in_future', { today: '2026-09-18' }));
    await expect(run({ from: '2026-08-02', to: '2026-08-01' })).rejects.toMatchObject(refusal('reports/wrong_order'));
    await expect(run({ from: '2025-08-01', to: '2026-08-02' })).rejects.toMatchObject(refusal('reports/long_range', { mostDays: 366 }));
    expect(await run({ from: '2025-08-02', to: '2026-08-02' })).toMatchObject({ from: '2025-08-02' });
  });
});
