import { describe, expect, it } from '@jest/globals';
import { intervalOf, openedByLetter, openedByVisit } from './past-visit.rules';

const zone = 'Asia/Shanghai';
type LetterToOpen = Parameters<typeof openedByLetter>[0];
const letter = (eventId: string, kind: 'in' | 'out', clientTime: string, more: Partial<LetterToOpen> = {}): LetterToOpen => ({
  eventId,
  kind,
  clientTime,
  volunteerId: 'wang',
  cardClient: { memberId: 'lin', name: 'Lin' },
  visit: null,
  ...more,
});

describe('the form of a visit that had no plan', () => {
  it('D1: opens with the people and both ends of a visit whose scans came as two letters, in the zone of the bank', () => {
    const start = letter('a', 'in', '2026-03-01T23:50:00.000Z');
    const end = letter('b', 'out', '2026-03-02T01:05:00.000Z');
    const others = [
      letter('c', 'out', '2026-03-02T00:30:00.000Z', { volunteerId: 'li' }),
      letter('d', 'out', '2026-03-02T00:30:00.000Z', { cardClient: { memberId: 'he', name: 'He' } }),
      letter('e', 'out', '2026-03-01T22:00:00.000Z'),
      letter('f', 'out', '2026-03-03T01:05:00.000Z'),
    ];
    const opened = { clientId: 'lin', volunteerId: 'wang', serviceKind: '', day: '2026-03-02', reasonCode: 'offline_scan' };
    expect(openedByLetter(start, [start, ...others, end], zone)).toEqual({ ...opened, started: '07:50', ended: '09:05' });
    expect(openedByLetter(end, [start, ...others, end], zone)).toEqual({ ...opened, started: '07:50', ended: '09:05' });
    expect(openedByLetter(end, others, zone)).toEqual({ ...opened, started: '', ended: '09:05' });
    expect(openedByLetter(start, [], zone)).toEqual({ ...opened, started: '07:50', ended: '' });
  });

  it('D1: takes of a visit that was called off its kind and the end that was not scanned; nothing of somebody else’s', () => {
    const plan = {
      visitId: 'v',
      own: true,
      state: 'cancelled',
      class: 'verified',
      serviceKind: 'meal',
      plannedStart: '2026-03-02T01:00:00.000Z',
      plannedEnd: '2026-03-02T02:00:00.000Z',
      clientId: 'lin',
      clientName: 'Lin',
    } as const;
    const scanned = letter('a', 'in', '2026-03-02T01:04:00.000Z', { cardClient: null, visit: plan });
    expect(openedByLetter(scanned, [], zone)).toMatchObject({ clientId: 'lin', serviceKind: 'meal', started: '09:04', ended: '10:00' });
    expect(openedByLetter({ ...scanned, visit: { ...plan, own: false } }, [], zone)).toMatchObject({
      clientId: null,
      serviceKind: '',
      ended: '',
    });
  });

  it('D1: takes of a visit whose appeal was granted what was scanned, else what was planned', () => {
    const visit = {
      clientId: 'lin',
      volunteerId: 'wang',
      serviceKind: 'meal',
      plannedStart: '2026-03-02T01:00:00.000Z',
      plannedEnd: '2026-03-02T02:00:00.000Z',
      capturedIn: '2026-03-02T01:04:00.000Z',
      capturedOut: null,
      appeal: { appealId: 'x', note: '', at: '', state: 'granted', answer: null },
    } as const;
    expect(openedByVisit(visit, zone)).toMatchObject({ started: '09:04', ended: '10:00', reasonCode: 'appeal_granted' });
    expect(openedByVisit({ ...visit, appeal: null }, zone)).toMatchObject({ reasonCode: '' });
  });

  it('D1: ends the next day where the end is not after the start', () => {
    const typed = { day: '2026-03-02', started: '22:30', ended: '00:15' };
    expect(intervalOf(typed, zone)).toMatchObject({ minutes: 105, nextDay: true });
    expect(intervalOf({ ...typed, ended: '23:00' }, zone)).toMatchObject({
      minutes: 30,
      nextDay: false,
      start: new Date('2026-03-02T14:30:00.000Z'),
    });
    expect(intervalOf({ ...typed, ended: '22:30' }, zone)).toMatchObject({ minutes: 1_440 });
    expect(intervalOf({ ...typed, ended: '' }, zone)).toBeNull();
  });
});
