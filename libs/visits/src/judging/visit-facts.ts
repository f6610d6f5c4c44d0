import type { Capture } from '../evidence/evidence';
import type { Interval } from './credited.rules';
import type { Zone } from '@timebank/kernel';

/** Another visit of the same volunteer around the same time. */
type OtherVisit = {
  clientId: string;
  interval: Interval;
  creditedMinutes: number;
  /** Between the two clients' homes; null where one is not recorded. */
  awayMeters: number | null;
};

export type VisitFacts = {
  clientId: string;
  plannedStart: Date;
  plannedEnd: Date;
  plannedMinutes: number;
  zone: Zone;
  in: Capture | null;
  out: Capture | null;
  /** Times a coordinator typed in. */
  entered: Interval | null;
  /** Over: scanned out, closed by the clock or entered by hand. */
  ended: boolean;
  /** How volunteer and client belong together. */
  relatedAs: string | null;
  /** Another volunteer had this request before. */
  replaces: boolean;
  /** Somebody recorded where the client's home is. */
  homeIsKnown: boolean;
  /** The service is of a kind with a high risk. */
  riskIsHigh: boolean;
  /** Since when the volunteer has had a phone with a key. */
  firstDeviceAt: Date | null;
  others: readonly OtherVisit[];
  /** The client has confirmed the visit on the phone. */
  clientConfirmed: boolean;
  /** The lane that a call-back, made or missing, puts the visit in. */
  callBackDue: 'yellow' | 'red' | null;
};
