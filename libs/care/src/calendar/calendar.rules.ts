import { buildingOf, shortName } from '@timebank/visits';
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** A visit as its row tells it, seen by one of its two sides. */
export type CalendarVisit = {
  requestId: string;
  /** Whom the reader meets. */
  otherId: string;
  otherName: string;
  kindName: string;
  state: string;
  plannedStart: Date;
  plannedEnd: Date;
  place: string | null;
  bankName: string;
  bankPhone: string;
  /** Of the visit and of its request; both only rise. */
  versions: number;
};

export type CalendarEvent = {
  uid: string;
  sequence: number;
  isCancelled: boolean;
  start: Date;
  end: Date;
  summary: string;
  location: string | null;
  description: string;
};

/**
 * One event a request, whoever of its visits stands: when a date moves, another visit takes the place of the first, and the calendar must see the same
 * event move. `visits` come in the order in which they were made. The sequence is the sum of versions that only rise, so every change is a later one.
 */
export function eventsOf(visits: readonly CalendarVisit[]): CalendarEvent[] {
  const byRequest = Map.groupBy(visits, ({ requestId }) => requestId);
  return [...byRequest].map(([requestId, made]) => {
    const standing = made.filter(({ state }) => state !== 'cancelled');
    const told = standing.at(-1) ?? (made.at(-1) as CalendarVisit);
    const people = new Map((standing.length > 0 ? standing : [told]).map(({ otherId, otherName }) => [otherId, shortName(otherName)]));
    return {
      uid: requestId,
      sequence: made.reduce((sum, { versions }) => sum + versions, 0),
      isCancelled: standing.length === 0,
      start: told.plannedStart,
      end: told.plannedEnd,
      summary: `${told.kindName} · ${sayNames([...people.values()])}`,
      location: buildingOf(told.place),
      description: `${told.bankName} ${told.bankPhone}`,
    };
  });
}

/** Two of the same short name are two people. */
function sayNames(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => (length === 1 ? name : `${name} \u00d7${length}`)).join(', ');
}

/** The file that a calendar reads. First names and the building, never a door: the address of the file may be passed on. */
export function writeCalendar(events: readonly CalendarEvent[], { host, now }: { host: string; now: Date }): string {
  const calendar = new ICalCalendar({ name: host, prodId: { company: 'Timebank', product: 'visits' }, method: ICalCalendarMethod.PUBLISH });
  // How often a calendar should look, in seconds.
  calendar.ttl(900);
  for (const { uid, sequence, isCancelled, start, end, summary, location, description } of events) {
    calendar.createEvent({
      id: `${uid}@${host}`,
      sequence,
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      start,
      end,
      stamp: now,
      summary,
      location,
      description,
    });
  }
  return calendar.toString();
}
