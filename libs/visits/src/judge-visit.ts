import { Injectable } from '@nestjs/common';
import { ReadPolicy } from '@timebank/banks';
import type { Policy, Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import type { Interval } from './credited.rules';
import { DrawCallBack } from './draw-call-back';
import { judge, type Capture, type DeviceEvidence, type Verdict, type VisitFacts } from './exceptions.rules';
import { metersBetween, type Position } from './places.rules';
import { captureOf } from './scan.rules';
import type { LockedVisit } from './visit-lock';

/** What is new about a visit: one end captured, times entered by hand, or that it is over. */
export type Change = { in?: Capture; out?: Capture; entered?: Interval; ended: boolean };

/** What judging decides about a visit; holds no names. */
export type Judged = Pick<
  Visit,
  | 'state'
  | 'lane'
  | 'assurance'
  | 'class'
  | 'capturedIn'
  | 'capturedOut'
  | 'creditedStart'
  | 'creditedEnd'
  | 'creditedMinutes'
  | 'exceptions'
  | 'version'
>;

type StoredEvent = {
  kind: 'in' | 'out';
  via: Capture['via'];
  code: string | null;
  at: string;
  receivedAt: string;
  clientTime: string | null;
  distance: number | null;
  accuracy: number | null;
  earliest: string | null;
  latest: string | null;
  device: DeviceEvidence | null;
};
type StoredOther = { clientId: string; start: string; end: string; creditedMinutes: number; home: Position | null };
type Known = {
  events: StoredEvent[];
  others: StoredOther[];
  relatedAs: string | null;
  replaces: boolean;
  firstDeviceAt: Date | null;
  home: Position | null;
  riskIsHigh: boolean | null;
};

/** Every bank where volunteer $3 acts; of those, a unit reads the ones that it sees. */
const around = `any (array(select bank_id from role where member_id = $3 and bank_id is not null) || $1::uuid)`;

/** Where a client's home is, as JSON; null where nobody recorded it. */
const homeOf = (
  bank: string,
  client: string,
) => `(select json_build_object('latitude', h.latitude, 'longitude', h.longitude) from client_place h
  where h.bank_id = ${bank} and h.client_id = ${client} order by h.revision desc limit 1)`;

const known = `select
  coalesce((select json_agg(json_build_object('kind', s.kind, 'code', s.code, 'at', s.at, 'receivedAt', s.received_at, 'clientTime', s.client_time,
      'via', s.via, 'distance', s.distance_meters, 'accuracy', s.accuracy_meters, 'earliest', s.earliest, 'latest', s.latest, 'device', s.device))
    from scan_event s where s.bank_id = $1 and s.visit_id = $2 and s.outcome = 'accepted'), '[]') as events,
  coalesce((select json_agg(json_build_object('clientId', o.client_id, 'start', o.starts_at, 'end', o.ends_at, 'creditedMinutes', o.minutes,
      'home', ${homeOf('o.bank_id', 'o.client_id')}))
    from (select bank_id, client_id, coalesce(credited_minutes, 0) as minutes,
        case when class = 'manual' then credited_start else captured_in end as starts_at,
        case when class = 'manual' then credited_end
          else coalesce(captured_out, greatest(least($7::timestamptz, planned_end), captured_in)) end as ends_at
      from visit where bank_id = ${around} and volunteer_id = $3 and visit_id <> $2 and state not in ('planned', 'cancelled', 'no_show', 'rejected')
        and planned_start between $6::timestamptz - interval '3 days' and $6::timestamptz + interval '3 days') o
    where o.starts_at is not null), '[]') as others,
  (select kind from relation where bank_id = ${around}
    and ((member_id = $3 and other_member_id = $4) or (member_id = $4 and other_member_id = $3)) limit 1) as related_as,
  exists (select from visit where bank_id = $1 and request_id = $5 and volunteer_id <> $3 and visit_id <> $2) as replaces,
  (select risk_level = 'high' from service_kind where code = $9) as risk_is_high,
  (select min(first_seen_at) from device where person_id = $8) as first_device_at,
  ${homeOf('$1', '$4')} as home`;

/** The visit, its exceptions as they are now and those that are gone, in one statement. */
const write = `with gone as (
    delete from visit_exception where bank_id = $1 and visit_id = $2 and code <> all($12::text[])
  ), laid as (
    insert into visit_exception (bank_id, visit_id, code, lane, parameters, raised_at)
    select $1::uuid, $2::uuid, found.code, found.lane, found.parameters::jsonb, $15::timestamptz
    from unnest($12::text[], $13::text[], $14::text[]) as found(code, lane, parameters)
    on conflict (bank_id, visit_id, code) do update set lane = excluded.lane, parameters = excluded.parameters
  )
  update visit set state = $3, lane = $4, assurance = $5, class = $6, captured_in = $7, captured_out = $8,
    credited_start = $9, credited_end = $10, credited_minutes = $11, version = version + 1,
    waiting_since = case when $4::text is not null then coalesce(waiting_since, $15::timestamptz) end
  where bank_id = $1 and visit_id = $2 returning version`;

/**
 * Judges a locked visit anew after a change and writes state, lane, credit and exceptions, in the caller's transaction.
 * The policy of the planned day decides. What the volunteer did in other banks counts for overlaps and the day's cap as far as the
 * unit sees those banks.
 */
@Injectable()
export class JudgeVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readPolicy: ReadPolicy,
    private readonly drawCallBack: DrawCallBack,
  ) {}

  async policyOf(visit: LockedVisit): Promise<Policy> {
    return this.readPolicy.run(visit.bankId, localDate(visit.plannedStart, visit.timeZone));
  }

  async run(visit: LockedVisit, change: Change, policy?: Policy): Promise<Judged> {
    const [inForce, facts] = await this.unit.together(policy ?? this.policyOf(visit), this.factsOf(visit, change));
    const callBack = await this.drawCallBack.run(visit, judge(facts, inForce), inForce);
    return this.write(visit, facts, judge({ ...facts, ...callBack }, inForce));
  }

  /** After the client's word, of a visit that ended: what else is known of it stays. */
  async again(visit: LockedVisit): Promise<Judged> {
    const { creditedStart: start, creditedEnd: end } = visit;
    const entered = visit.class === 'manual' && start && end ? { entered: { start, end } } : {};
    return this.run(visit, { ...entered, ended: true });
  }

  private async factsOf(visit: LockedVisit, change: Change): Promise<VisitFacts> {
    const row = await this.unit.one<Known>(known, [
      visit.bankId,
      visit.visitId,
      visit.volunteerId,
      visit.clientId,
      visit.requestId,
      visit.plannedStart,
      this.unit.now,
      visit.volunteerPersonId,
      visit.serviceKind,
    ]);
    const captured = (kind: 'in' | 'out'): Capture | null => {
      const event = row?.events.find((kept) => kept.kind === kind);
      if (!event) return null;
      const clientTime = event.clientTime === null ? null : new Date(event.clientTime);
      const { code, via, device, earliest, latest, accuracy } = event;
      const distance = event.distance === null || accuracy === null ? null : { meters: event.distance, accuracyMeters: accuracy };
      const window = earliest !== null && latest !== null ? { earliest: new Date(earliest), latest: new Date(latest) } : null;
      return captureOf({ code, via, device, distance, window, at: new Date(event.at), receivedAt: new Date(event.receivedAt), clientTime });
    };
    return {
      clientId: visit.clientId,
      plannedStart: visit.plannedStart,
      plannedEnd: visit.plannedEnd,
      plannedMinutes: visit.plannedMinutes,
      timeZone: visit.timeZone,
      in: change.in ?? captured('in'),
      out: change.out ?? captured('out'),
      entered: change.entered ?? null,
      ended: change.ended,
      relatedAs: visit.volunteerPersonId === visit.clientPersonId ? 'self' : (row?.relatedAs ?? null),
      replaces: row?.replaces ?? false,
      homeIsKnown: Boolean(row?.home),
      riskIsHigh: row?.riskIsHigh ?? false,
      firstDeviceAt: row?.firstDeviceAt ?? null,
      clientConfirmed: false,
      callBackDue: null,
      others: (row?.others ?? []).map(({ start, end, home, ...other }) => ({
        ...other,
        awayMeters: home && row?.home ? metersBetween(home, row.home) : null,
        interval: { start: new Date(start), end: new Date(end) },
      })),
    };
  }

  private async write(visit: LockedVisit, facts: VisitFacts, verdict: Verdict): Promise<Judged> {
    const { findings, state, lane, assurance, credit } = verdict;
    const judged = { state, lane, assurance, class: facts.entered ? 'manual' : 'verified' } as const;
    const times = { capturedIn: facts.in?.at, capturedOut: facts.out?.at, creditedStart: credit?.start, creditedEnd: credit?.end };
    const told = (time: Date | null | undefined) => time?.toISOString() ?? null;
    const row = await this.unit.one<{ version: number }>(write, [
      visit.bankId,
      visit.visitId,
      state,
      lane,
      assurance,
      judged.class,
      times.capturedIn,
      times.capturedOut,
      times.creditedStart,
      times.creditedEnd,
      credit?.minutes,
      findings.map(({ code }) => code),
      findings.map((finding) => finding.lane),
      findings.map(({ parameters }) => JSON.stringify(parameters)),
      this.unit.now,
    ]);
    return {
      ...judged,
      creditedMinutes: credit?.minutes ?? null,
      capturedIn: told(times.capturedIn),
      capturedOut: told(times.capturedOut),
      creditedStart: told(times.creditedStart),
      creditedEnd: told(times.creditedEnd),
      exceptions: findings.map((finding) => ({ ...finding, acknowledged: false })),
      version: row?.version ?? visit.version,
    };
  }
}
