import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { type CalendarVisit, eventsOf, writeCalendar } from './calendar.rules';

const now = new Date('2026-12-01T00:00:00Z');
const [first, second] = ['01a22cdf-0000-7000-8000-000000000001', '01a22cdf-0000-7000-8000-000000000002'];

function visit(requestId: string, changed: Partial<CalendarVisit> = {}): CalendarVisit {
  return {
    requestId,
    otherId: 'grace',
    otherName: 'Grace Hopper',
    kindName: 'Company',
    state: 'planned',
    plannedStart: new Date('2026-12-03T01:00:00Z'),
    plannedEnd: new Date('2026-12-03T02:00:00Z'),
    place: '12 Ninghai Road; door 302',
    bankName: 'Ninghai',
    bankPhone: '025-83300000',
    versions: 2,
    ...changed,
  };
}

/** As a calendar reads it: an independent parser, not the library that wrote it. */
const readBack = (visits: readonly CalendarVisit[]) =>
  new ICAL.Component(ICAL.parse(writeCalendar(eventsOf(visits), { host: 'bank.example', now })))
    .getAllSubcomponents('vevent')
    .map((component) => {
      const event = new ICAL.Event(component);
      return { event, status: component.getFirstPropertyValue('status'), sequence: event.sequence, uid: event.uid };
    });

const never = (): never => {
  throw new Error('there is no event');
};

describe('visits in a calendar', () => {
  it('are read by another parser with their times, first names and the building, never a door', () => {
    const [{ event, status, uid } = never()] = readBack([visit(first)]);
    expect([event.startDate.toJSDate(), event.endDate.toJSDate()]).toEqual([
      new Date('2026-12-03T01:00:00Z'),
      new Date('2026-12-03T02:00:00Z'),
    ]);
    expect([event.summary, event.location, status, uid]).toEqual([
      'Company · Grace',
      '12 Ninghai Road',
      'CONFIRMED',
      `${first}@bank.example`,
    ]);
  });

  it('stay one event with a rising sequence while a date is taken, moved, given up and taken again', () => {
    const moved = { plannedStart: new Date('2026-12-03T03:00:00Z'), plannedEnd: new Date('2026-12-03T04:00:00Z') };
    const steps = [
      [visit(first)],
      [visit(first, { state: 'cancelled', versions: 4 }), visit(first, { ...moved, versions: 3 })],
      [visit(first, { state: 'cancelled', versions: 4 }), visit(first, { ...moved, state: 'cancelled', versions: 4 })],
      [
        visit(first, { state: 'cancelled', versions: 4 }),
        visit(first, { ...moved, state: 'cancelled', versions: 4 }),
        visit(first, { ...moved, versions: 3 }),
      ],
    ].map(readBack);
    expect(steps.map((events) => events.length)).toEqual([1, 1, 1, 1]);
    const told = steps.map(([only]) => only as NonNullable<typeof only>);
    expect(new Set(told.map(({ uid }) => uid)).size).toBe(1);
    expect(told.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED']);
    expect(told.map(({ sequence }) => sequence)).toEqual([2, 7, 8, 11]);
    expect(told[1]?.event.startDate.toJSDate()).toEqual(moved.plannedStart);
  });

  it('name all who come to one request, and keep requests apart', () => {
    const both = readBack([visit(first), visit(first, { otherId: 'ada', otherName: 'Ada Lovelace' }), visit(second)]);
    expect(both.map(({ event }) => event.summary)).toEqual(['Company · Grace, Ada', 'Company · Grace']);
  });

  it('keep the number of people where two are called the same, and one person of two visits one', () => {
    const [two = never()] = readBack([visit(first), visit(first, { otherId: 'murray', otherName: 'Grace Murray' }), visit(first)]);
    expect(two.event.summary).toBe('Company \u00b7 Grace \u00d72');
  });

  it('keep text that means something in a calendar as it is', () => {
    const [{ event } = never()] = readBack([visit(first, { kindName: 'Meals, hot; \\n "A"\nEND:VEVENT' })]);
    expect(event.summary).toBe('Meals, hot; \\n "A"\nEND:VEVENT · Grace');
  });
});
