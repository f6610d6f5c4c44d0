import type { Assurance, ExceptionCode, Lane } from '@timebank/contract';

/** What the integrity report knows about a visit that took place. Ids of members for volunteer and client, of persons for who entered or decided. */
export type VisitFact = {
  visitId: string;
  volunteerId: string;
  clientId: string;
  /** By the bank's calendar. */
  day: string;
  startsAt: Date;
  endsAt: Date | null;
  /** Between the two scans; null where one is missing or times were typed in. */
  minutes: number | null;
  creditedMinutes: number;
  /** Before somebody decided; null if nobody has yet. */
  proposedMinutes: number | null;
  state: string;
  lane: Lane | null;
  class: 'verified' | 'manual';
  assurance: Assurance | null;
  codes: readonly ExceptionCode[];
  /** Keys that proved the scans. */
  deviceIds: readonly string[];
  /** Whether the phone gave its location at both scans; null where there is no home to compare with, or no scans. */
  located: boolean | null;
  /** A code that changes with time, or the client's word. */
  hasOtherSignal: boolean;
  /** Volunteer and client are relatives or share a household. */
  related: boolean;
  /** Scanned in and never out. */
  autoClosed: boolean;
  /** Since the end of the volunteer's visit before, and how far it was; null for the first, and without recorded homes. */
  gapMinutes: number | null;
  awayMeters: number | null;
  callBack: 'confirmed' | 'not_confirmed' | 'not_reached' | null;
  enteredBy: string | null;
  enteredAt: Date | null;
  manualReasonCode: string | null;
  /** Null while it waits, and where a rule decided. */
  decidedBy: string | null;
  decidedAt: Date | null;
  approvalId: string | null;
  decisionReasonCode: string | null;
  /** Decided, or still waiting, later than the bank gives itself. */
  overdue: boolean;
  reversed: boolean;
  appeal: 'open' | 'upheld' | 'granted' | null;
};

/** The bank's policy from a day on. */
export type DatedLimits = {
  from: string;
  visitCapMinutes: number;
  dayCapMinutes: number;
  warningPercent: number;
  kilometersPerHour: number;
  sharedDevicePeople: number;
};

/** The row in force on a day, from rows by day, the first at or before the first requested day. */
export function limitsOn(limits: readonly DatedLimits[], day: string): DatedLimits {
  return limits.findLast(({ from }) => from <= day) ?? (limits[0] as DatedLimits);
}

/** Whom the question is about, the figures that raise it, and the visits to look at. */
export type Flag<Kind extends string = string> = {
  kind: Kind;
  volunteerIds: readonly string[];
  clientId: string | null;
  /** A coordinator, by their person. */
  personId: string | null;
  /** Named by their unit: `…Percent`, `…Minutes`, `…Meters`, `…Seconds`; a bare word is a count. */
  figures: Record<string, number>;
  visitIds: readonly string[];
};

export const percent = (share: number) => Math.round(share * 1_000) / 10;
export const idsOf = (visits: readonly VisitFact[]) => visits.map(({ visitId }) => visitId);
export const pairOf = ({ volunteerId, clientId }: VisitFact) => `${volunteerId} ${clientId}`;

export function groupsOf<Key>(visits: readonly VisitFact[], keyOf: (visit: VisitFact) => Key): VisitFact[][] {
  return [...Map.groupBy(visits, keyOf).values()];
}
