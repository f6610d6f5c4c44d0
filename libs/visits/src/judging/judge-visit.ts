import { Injectable } from '@nestjs/common';
import { ReadPolicy } from '@timebank/banks';
import type { Policy, Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import type { Interval } from './credited.rules';
import { DrawCallBack } from './draw-call-back';
import type { Capture, DeviceEvidence } from '../evidence/evidence';
import { judge, type Verdict } from './judge.rules';
import type { VisitFacts } from './visit-facts';
import { metersBetween, type Position } from '../evidence/places.rules';
import { captureOf } from '../evidence/scan.rules';
import type { LockedVisit } from '../visit-lock';
import type { Mover } from '../visit-states.rules';
import { WriteVisit } from '../write-visit';

/** What is new about a visit, and by whom: one end captured, times entered by hand, or the visit is over. */
export type Change = { by: Mover; in?: Capture; out?: Capture; entered?: Interval; ended: boolean };

/** What judging decides about a visit; holds no names. */
export type JudgedVisit = Pick<
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
  dated: boolean | null;
  device: DeviceEvidence | null;
};
type StoredOther = { clientId: string; start: string; end: string; creditedMinutes: number; home: Position | null };
type StoredFacts = {
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

/** Where a client's home is, as JSON; null if nobody recorded it. */
const homeOf = (
  bank: string,
  client: string,
) => `(select json_build_object('latitude', h.latitude, 'longitude', h.longitude) from client_place h
  where h.bank_id = ${bank} and h.client_id = ${client} order by h.revision desc limit 1)`;

const known = `select
  coalesce((select json_agg(json_build_object('kind', s.kind, 'code', s.code, 'at', s.at, 'receivedAt', s.received_at, 'clientTime', s.client_time,
      'via', s.via, 'distance', s.distance_meters, 'accuracy', s.accuracy_meters, 'earliest', s.earliest, 'latest', s.latest, 'dated', s.dated, 'device', s.device))
    from scan_event s where s.bank_id = $1 and s.visit_id = $2 and s.outcome = 'accepted'), '[]') as events,
  coalesce((select json_agg(json_build_object('clientId', o.client_id, 'start', o.starts_at, 'end', o.ends_at, 'creditedMinutes', o.minutes,
      'home', ${homeOf('o.bank_id', 'o.client_id')}))
    from (select bank_id, client_id, coalesce(credited_minutes, 0) as minutes,
        case when class = 'manual' then credited_start else captured_in end as starts_at,
        case when class = 'manual' then credited_end
          else coalesce(captured_out, greatest(least($7::timestamptz, planned_end), captured_in)) end as ends_at
      from visit where bank_id = ${around} and volunteer_id = $3 and visit_id <> $2 and state not in ('planned', 'cancelled', 'no_show', 'rejected')
        and not exists (select from transfer t where t.bank_id = visit.bank_id and t.reverses_id = visit.transfer_id)
        and planned_start between $6::timestamptz - interval '3 days' and $6::timestamptz + interval '3 days') o
    where o.starts_at is not null), '[]') as others,
  (select kind from relation where bank_id = ${around}
    and ((member_id = $3 and other_member_id = $4) or (member_id = $4 and other_member_id = $3)) limit 1) as related_as,
  exists (select from visit gone where gone.bank_id = $1 and gone.request_id = $5 and gone.volunteer_id <> $3
    and gone.cancelled_at <= (select created_at from visit where bank_id = $1 and visit_id = $2)) as replaces,
  (select risk_level = 'high' from service_kind where code = $9) as risk_is_high,
  (select min(first_seen_at) from device where person_id = $8) as first_device_at,
  ${homeOf('$1', '$4')} as home`;

/** Its exceptions as they are now, without those that are gone. */
const writeFindings = `with gone as (delete from visit_exception where bank_id = $1 and visit_id = $2 and code <> all($3::text[]))
  insert into visit_exception (bank_id, visit_id, code, lane, parameters, raised_at)
  select $1::uuid, $2::uuid, found.code, found.lane, found.parameters::jsonb, $6::timestamptz
  from unnest($3::text[], $4::text[], $5::text[]) as found(code, lane, parameters)
  on conflict (bank_id, visit_id, code) do update set lane = excluded.lane, parameters = excluded.parameters`;

/**
 * Judges a locked visit again after a change and writes state, lane, credit and exceptions, in the caller's transaction. The planned day's policy
 * decides. The volunteer's visits in other banks count for overlaps and the day's cap, if the unit sees those banks.
 */
@Injectable()
export class JudgeVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readPolicy: ReadPolicy,
    private readonly drawCallBack: DrawCallBack,
    private readonly writeVisit: WriteVisit,
  ) {}

  async policyOf(visit: Pick<LockedVisit, 'bankId' | 'plannedStart' | 'zone'>): Promise<Policy> {
    return this.readPolicy.run(visit.bankId, localDate(visit.plannedStart, visit.zone));
  }

  async run(visit: LockedVisit, change: Change, policy?: Policy): Promise<JudgedVisit> {
    const [inForce, facts] = await this.unit.together(policy ?? this.policyOf(visit), this.factsOf(visit, change));
    const callBack = await this.drawCallBack.run(visit, judge(facts, inForce), inForce);
    return this.write(visit, change.by, facts, judge({ ...facts, ...callBack }, inForce));
  }

  /** After the client's word, of a visit that ended: what else is known of it stays. */
  async again(visit: LockedVisit, by: 'client' | 'caller'): Promise<JudgedVisit> {
    const { creditedStart: start, creditedEnd: end } = visit;
    const entered = visit.class === 'manual' && start && end ? { entered: { start, end } } : {};
    return this.run(visit, { ...entered, by, ended: true });
  }

  private async factsOf(visit: LockedVisit, change: Change): Promise<VisitFacts> {
    const row = await this.unit.one<StoredFacts>(known, [
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
      const { code, via, device, dated, earliest, latest, accuracy } = event;
      const distance = event.distance === null || accuracy === null ? null : { meters: event.distance, accuracyMeters: accuracy };
      const window = earliest !== null && latest !== null ? { earliest: new Date(earliest), latest: new Date(latest) } : null;
      return captureOf({
        code,
        via,
        device,
        dated,
        distance,
        window,
        at: new Date(event.at),
        receivedAt: new Date(event.receivedAt),
        clientTime,
      });
    };
    return {
      clientId: visit.clientId,
      plannedStart: visit.plannedStart,
      plannedEnd: visit.plannedEnd,
      plannedMinutes: visit.plannedMinutes,
      zone: visit.zone,
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

  private async write(visit: LockedVisit, by: Mover, facts: VisitFacts, verdict: Verdict): Promise<JudgedVisit> {
    const { bankId, visitId } = visit;
    const { findings, state, lane, assurance, credit } = verdict;
    const judged = { state, lane, assurance, class: facts.entered ? 'manual' : 'verified' } as const;
    const captured = { capturedIn: facts.in?.at ?? null, capturedOut: facts.out?.at ?? null };
    const credited = { creditedStart: credit?.start ?? null, creditedEnd: credit?.end ?? null, creditedMinutes: credit?.minutes ?? null };
    const waitingSince = lane === null ? null : (visit.waitingSince ?? this.unit.now);
    await this.unit.query(writeFindings, [
      bankId,
      visitId,
      findings.map(({ code }) => code),
      findings.map((finding) => finding.lane),
      findings.map(({ parameters }) => JSON.stringify(parameters)),
      this.unit.now,
    ]);
    const set = { lane, assurance, class: judged.class, ...captured, ...credited, waitingSince };
    await this.writeVisit.judged(bankId, visitId, [visit.state, state], by, set);
    const told = (time: Date | null) => time?.toISOString() ?? null;
    return {
      ...judged,
      creditedMinutes: credited.creditedMinutes,
      capturedIn: told(captured.capturedIn),
      capturedOut: told(captured.capturedOut),
      creditedStart: told(credited.creditedStart),
      creditedEnd: told(credited.creditedEnd),
      exceptions: findings.map((finding) => ({ ...finding, acknowledged: false })),
      version: visit.version + 1,
    };
  }
}
