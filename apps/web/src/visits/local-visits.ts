import type { OwnHome, VisitLine } from '@timebank/contract/client';
import type { KeptScan } from '@timebank/web-kit/scanning';
import type { BundleVisit } from '../phone/day-bundle';

/** As much of a visit as lists and the scanning screen show; the day bundle knows that much too. */
export type VisitShown = Pick<
  VisitLine,
  | 'visitId'
  | 'bankId'
  | 'clientName'
  | 'volunteerName'
  | 'serviceKind'
  | 'place'
  | 'homeAddress'
  | 'note'
  | 'plannedStart'
  | 'plannedEnd'
  | 'state'
  | 'capturedIn'
  | 'capturedOut'
  | 'creditedMinutes'
  | 'exceptions'
  | 'decision'
> & {
  /** Null in the day bundle. */
  requestId: string | null;
} & Partial<Pick<OwnHome['visits'][number], 'arrival' | 'remindedAt'>>;

/** A visit of the bundle: of another day the place is the building only, and there is no end yet. A bundle of an earlier version has less. */
export function fromBundle({ building, place, note, ...visit }: BundleVisit): VisitShown {
  const where = { place: place ?? building, homeAddress: null, note: note ?? null };
  return {
    ...visit,
    ...where,
    requestId: null,
    volunteerName: '',
    capturedOut: null,
    creditedMinutes: null,
    exceptions: [],
    decision: null,
  };
}

/** A visit as it will be once the scans on this phone have arrived: after a start the next scan is the end. */
export function withKeptScans<Shown extends VisitShown>(visit: Shown, scans: readonly KeptScan[]): Shown {
  return scans
    .filter((scan) => scan.visitId === visit.visitId && scan.state !== 'needs a person')
    .reduce((shown, { kind, clientTime }) => {
      if (kind === 'in' && shown.state === 'planned') return { ...shown, state: 'in_progress', capturedIn: clientTime };
      const isOpen = shown.state === 'planned' || shown.state === 'in_progress';
      return kind === 'out' && isOpen ? { ...shown, state: 'ended', capturedOut: clientTime } : shown;
    }, visit);
}
