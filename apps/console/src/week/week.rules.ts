import type { WeekBoard } from '@timebank/contract/client';
import { dayOn, instantOf, localMinute, type Zone } from '@timebank/kernel';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export type By = 'helpers' | 'clients';
/** What stands in a cell of the board. `volunteerId` where somebody helps; then `visitId` too. */
export type Item = {
  key: string;
  requestId: string;
  visitId: string | null;
  volunteerId: string | null;
  clientId: string;
  serviceKind: string;
  startsAt: string;
  endsAt: string;
  day: number;
  state: string;
  seriesId: string | null;
  /** How many are still missing. */
  missing: number;
  isUrgent: boolean;
  isCovered: boolean;
  reservedFor: string | null;
  version: number | null;
  /** Whether it can be taken up: open, or planned and not begun. */
  movable: boolean;
};

/** Visits and unfilled requests as one kind of thing. */
export function itemsOf({ visits, unfilled }: Pick<WeekBoard, 'visits' | 'unfilled'>): { visits: Item[]; unfilled: Item[] } {
  return {
    visits: visits.map((visit) => ({
      ...visit,
      key: visit.visitId,
      missing: 0,
      isUrgent: false,
      isCovered: true,
      reservedFor: null,
      version: null,
      movable: visit.state === 'planned',
    })),
    unfilled: unfilled.map(({ helpersNeeded, helpers, ...request }) => ({
      ...request,
      key: request.requestId,
      visitId: null,
      volunteerId: null,
      state: 'open',
      missing: helpersNeeded - helpers,
      movable: true,
    })),
  };
}

/** A row's cells, by `row day`. The row of what nobody has taken has no name. */
export const cellKey = (row: string, day: number): string => `${row} ${day}`;

export function cellsOf(items: readonly Item[], rowOf: (item: Item) => string): Map<string, Item[]> {
  const cells = new Map<string, Item[]>();
  for (const item of items) {
    const key = cellKey(rowOf(item), item.day);
    const found = cells.get(key);
    if (found) found.push(item);
    else cells.set(key, [item]);
  }
  return cells;
}

export type Cell = { row: string; day: number };
/** Why a cell takes nothing: nothing would change; other rows than one's own; a day that is over; first the day, then the helper; no helper to take away here. */
export type BarReason = 'here' | 'other_row' | 'past' | 'day_first' | 'call_off' | 'begun';
export type Drop =
  | { act: 'assign'; requestId: string; volunteerId: string }
  | { act: 'rearrange'; requestId: string; visitId: string; volunteerId: string; startsAt?: string }
  | { act: 'move'; requestId: string; version: number; startsAt: string };

/** The same time of the clock on another day. */
export const sameTimeOn = (day: string, startsAt: string, zone: Zone): string =>
  instantOf(day, localMinute(new Date(startsAt), zone).slice(11), zone).toISOString();

/** What it means to put something into a cell, or why that cannot be. */
export function dropOf(
  item: Item,
  { row, day }: Cell,
  { by, monday, zone, now }: { by: By; monday: string; zone: Zone; now: Date },
): Drop | BarReason {
  if (!item.movable) return 'begun';
  const { requestId, visitId, volunteerId } = item;
  const otherDay = day !== item.day;
  const startsAt = otherDay ? sameTimeOn(dayOn(monday, day - 1), item.startsAt, zone) : item.startsAt;
  if (otherDay && Date.parse(startsAt) < now.getTime()) return 'past';
  const staysOpen = visitId === null && (row === '' || (by === 'clients' && row === item.clientId));
  if (staysOpen) return otherDay ? { act: 'move', requestId, version: item.version ?? 0, startsAt } : 'here';
  if (by === 'clients' && row !== item.clientId) return row === '' && visitId !== null ? 'call_off' : 'other_row';
  if (visitId === null) return otherDay ? 'day_first' : { act: 'assign', requestId, volunteerId: row };
  if (row === '') return 'call_off';
  const to = by === 'clients' ? (volunteerId as string) : row;
  if (to === volunteerId && !otherDay) return 'here';
  return { act: 'rearrange', requestId, visitId, volunteerId: to, ...(otherDay ? { startsAt } : {}) };
}

export const isBarred = (drop: Drop | BarReason): drop is BarReason => typeof drop === 'string';

/** Where the arrows lead: rows with the unfilled one first, days from Monday to Sunday. */
export function arrow(key: string, { at, day }: { at: number; day: number }, rows: number): { at: number; day: number } | null {
  const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  const to = {
    ArrowLeft: { at, day: day - 1 },
    ArrowRight: { at, day: day + 1 },
    ArrowUp: { at: at - 1, day },
    ArrowDown: { at: at + 1, day },
    Home: { at, day: 1 },
    End: { at, day: 7 },
    PageUp: { at: at - 10, day },
    PageDown: { at: at + 10, day },
  }[key];
  return to === undefined ? null : { at: within(to.at, 0, rows - 1), day: within(to.day, 1, 7) };
}

/** A row of the board as it is drawn: whose it is, what is said of it, and of each day when they are free, or away. */
export type GridRow = {
  id: string;
  name: string;
  detail: string;
  to: string | null;
  notes: readonly (string | null)[];
  away: readonly number[];
};
