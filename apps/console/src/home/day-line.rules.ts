import type { DeskHome } from '@timebank/contract/client';

type VisitOfToday = DeskHome['today']['items'][number];
/** What a visit of today looks like: over, under way, still to come, nobody there, or not taking place. */
export type Standing = 'over' | 'underWay' | 'planned' | 'late' | 'off';
export type DrawnVisit = VisitOfToday & { standing: Standing; lane: number; left: number; width: number };
export type DayLine = { hours: { at: string; left: number }[]; now: number | null; visits: DrawnVisit[]; lanes: number };

const hour = 3_600_000;
/** So long after its planned start somebody should ask where the volunteer is. */
const lateMinutes = 10;

export function standingOf({ state, plannedStart }: VisitOfToday, now: Date): Standing {
  if (state === 'no_show' || state === 'cancelled') return 'off';
  if (state === 'in_progress') return 'underWay';
  if (state !== 'planned') return 'over';
  return now.getTime() - Date.parse(plannedStart) > lateMinutes * 60_000 ? 'late' : 'planned';
}

const beginOf = ({ capturedIn, plannedStart }: VisitOfToday) => Date.parse(capturedIn ?? plannedStart);
const endOf = ({ capturedOut, plannedEnd }: VisitOfToday) => Date.parse(capturedOut ?? plannedEnd);

/**
 * Places a day's visits on a line of whole hours, each as long as it took or was planned, those that overlap below one another. Places and widths are
 * parts of the whole line.
 */
export function dayLine(visits: readonly VisitOfToday[], now: Date): DayLine {
  if (visits.length === 0) return { hours: [], now: null, visits: [], lanes: 0 };
  const from = Math.floor(Math.min(...visits.map(beginOf)) / hour) * hour;
  const to = Math.max(from + 4 * hour, Math.ceil(Math.max(...visits.map(endOf)) / hour) * hour);
  const place = (at: number) => (at - from) / (to - from);
  // A short visit still has room for its name.
  const least = 0.14;
  const ends: number[] = [];
  const drawn = visits
    .toSorted((one, other) => beginOf(one) - beginOf(other) || one.visitId.localeCompare(other.visitId))
    .map((visit): DrawnVisit => {
      const left = Math.min(place(beginOf(visit)), 1 - least);
      const width = Math.max(least, Math.min(place(endOf(visit)), 1) - left);
      const free = ends.findIndex((end) => end <= left);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = left + width + 0.005;
      return { ...visit, standing: standingOf(visit, now), lane, left, width };
    });
  const step = Math.ceil((to - from) / hour / 8) * hour;
  const hours = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
  const isNow = now.getTime() >= from && now.getTime() <= to;
  return {
    hours: hours.map((at) => ({ at: new Date(at).toISOString(), left: place(at) })),
    now: isNow ? place(now.getTime()) : null,
    visits: drawn,
    lanes: ends.length,
  };
}
