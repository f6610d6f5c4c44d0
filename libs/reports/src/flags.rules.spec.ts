import { describe, expect, it } from '@jest/globals';
import { approversOf } from './approvers.rules';
import { flagsOf } from './flags.rules';
import { denialsOf, integrityOf, together } from './integrity.rules';
import { limitsOn, type VisitFact } from './visit-facts';

const limits = [
  { from: '2026-06-01', visitCapMinutes: 240, dayCapMinutes: 480, warningPercent: 90, kilometersPerHour: 60, sharedDevicePeople: 2 },
];
let number = 0;

function visit(changes: Partial<VisitFact> = {}): VisitFact {
  number += 1;
  const startsAt = new Date(Date.parse('2026-06-01T01:00:00Z') + number * 3_600_000);
  return {
    visitId: `visit ${number}`,
    volunteerId: 'volunteer',
    clientId: 'client',
    day: startsAt.toISOString().slice(0, 10),
    startsAt,
    endsAt: new Date(startsAt.getTime() + 55 * 60_000),
    minutes: 55,
    creditedMinutes: 55,
    proposedMinutes: 55,
    state: 'approved',
    lane: 'clean',
    class: 'verified',
    assurance: 'A1',
    codes: [],
    deviceIds: [],
    located: null,
    hasOtherSignal: false,
    related: false,
    autoClosed: false,
    gapMinutes: null,
    awayMeters: null,
    callBack: null,
    enteredBy: null,
    enteredAt: null,
    manualReasonCode: null,
    decidedBy: null,
    decidedAt: null,
    approvalId: null,
    decisionReasonCode: null,
    overdue: false,
    reversed: false,
    appeal: null,
    ...changes,
  };
}
const many = (count: number, changes: (index: number) => Partial<VisitFact>) =>
  Array.from({ length: count }, (_, index) => visit(changes(index)));
/** Thirty volunteers with ten visits each, two of them round. */
const others = Array.from({ length: 30 }, (_, person) =>
  many(10, (index) => ({
    volunteerId: `other ${person}`,
    clientId: `client ${person}`,
    minutes: index < 2 ? 60 : 50 + ((person + index) % 9),
  })),
).flat();
const flags = (visits: readonly VisitFact[], kind: string) => flagsOf(visits, limits).filter((flag) => flag.kind === kind);

describe('what is worth asking', () => {
  it('names the figures that raise it, and the visits', () => {
    const round = many(11, (index) => ({ minutes: index < 9 ? 60 : 61 }));
    const [flag, ...more] = flags([...others, ...round], 'round_minutes');
    expect(more).toEqual([]);
    expect(flag).toMatchObject({
      volunteerIds: ['volunteer'],
      clientId: null,
      personId: null,
      figures: { some: 9, of: 11, bankPercent: 20 },
    });
    expect(flag?.visitIds).toEqual(round.slice(0, 9).map(({ visitId }) => visitId));
  });

  it('has no opinion about times that were typed in, nor without others to compare with', () => {
    expect(flags([...others, ...many(11, () => ({ minutes: null, creditedMinutes: 60 }))], 'round_minutes')).toEqual([]);
    expect(flagsOf([], limits)).toEqual([]);
    expect(
      flagsOf(
        many(20, () => ({ minutes: 60 })),
        limits,
      ),
    ).toEqual([]);
  });

  it.each([
    ['a couple', ['one', 'two'], 4, 0],
    ['three people', ['one', 'two', 'three'], 4, 1],
    ['three people now and then', ['one', 'two', 'three'], 2, 0],
  ])('lets %s share a phone or asks', (_, people, times, raised) => {
    const visits = people.flatMap((volunteerId) => many(times, () => ({ volunteerId, deviceIds: ['phone'] })));
    expect(flags(visits, 'shared_phone')).toHaveLength(raised);
  });

  it('believes two clients, and not one whose memory fails with everyone', () => {
    const answers = Array.from({ length: 40 }, (_, person) =>
      visit({ volunteerId: `other ${person}`, clientId: `c${person}`, callBack: 'confirmed' }),
    );
    const denials = many(2, (index) => ({ clientId: `d${index}`, callBack: 'not_confirmed' }));
    expect(flags([...answers, ...denials], 'client_denied')).toMatchObject([{ figures: { some: 2, of: 2, bankPercent: 0 } }]);
    const forgetful = many(2, (index) => ({ volunteerId: 'another', clientId: `d${index}`, callBack: 'not_confirmed' }));
    expect(flags([...answers, ...denials, ...forgetful], 'client_denied')).toEqual([]);
    expect(denialsOf([...answers, ...denials])).toEqual([{ volunteerId: 'volunteer', asked: 2, denied: 2 }]);
  });

  it('takes the limits of the day', () => {
    const later = { ...limits[0], from: '2026-07-01', visitCapMinutes: 120 } as (typeof limits)[0];
    expect(['2026-06-30', '2026-07-01', '2026-01-01'].map((day) => limitsOn([...limits, later], day).visitCapMinutes)).toEqual([
      240, 120, 240,
    ]);
  });

  it('measures how long a coordinator took, shares it among what was decided at once, and leaves out pauses', () => {
    const at = (seconds: number) => new Date(Date.parse('2026-06-09T01:00:00Z') + seconds * 1_000);
    const decided = (approvalId: string, seconds: number, changes: Partial<VisitFact> = {}) =>
      visit({ decidedBy: 'coordinator', approvalId, decidedAt: at(seconds), lane: 'yellow', ...changes });
    const visits = [
      decided('first', 0, { lane: 'clean' }),
      decided('second', 40, { creditedMinutes: 30 }),
      decided('third', 100, { state: 'rejected' }),
      decided('third', 100, { reversed: true }),
      decided('after lunch', 9_000, { appeal: 'granted', overdue: true }),
    ];
    expect(approversOf(visits, new Set([visits[1]?.visitId as string]))).toEqual([
      {
        personId: 'coordinator',
        decisions: 5,
        shortened: 1,
        rejected: 1,
        unusual: 4,
        medianSeconds: 30,
        bulkPercent: 50,
        overdue: 1,
        flagged: 1,
        reversed: 1,
        appealsGranted: 1,
      },
    ]);
  });

  it('adds up banks, and nothing where there is none', () => {
    const one = integrityOf(
      '2026-06-01',
      '2026-06-30',
      many(3, () => ({ codes: ['LATE_IN'], callBack: 'confirmed' })),
      [],
    );
    expect(together('2026-06-01', '2026-06-30', [one, one])).toMatchObject({
      visits: 6,
      minutes: 330,
      exceptions: [{ code: 'LATE_IN', visits: 6 }],
      callBacks: { made: 6, confirmed: 6, denied: 0, notReached: 0 },
    });
    expect(together('2026-06-01', '2026-06-30', [])).toEqual(integrityOf('2026-06-01', '2026-06-30', [], []));
  });
});

describe('what was done in mass', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-06-20T01:00:00Z') + seconds * 1_000);
  const typed = (count: number, apart: number, by = 'clerk') =>
    many(count, (index) => ({ class: 'manual', enteredBy: by, enteredAt: at(index * apart), lane: 'red' }));
  const decided = (count: number, apart: number, changes: Partial<VisitFact> = {}) =>
    many(count, (index) => ({ lane: 'yellow', decidedBy: 'chief', decidedAt: at(index * apart), approvalId: `call ${index}`, ...changes }));

  it('B4: asks about 1,805 visits typed in by one and 999 of them approved by another in one call', () => {
    const all = typed(1_805, 2).map((one, index) =>
      index < 999 ? { ...one, decidedBy: 'chief', decidedAt: at(90_000), approvalId: 'one call' } : { ...one, state: 'ready' },
    );
    expect(flags(all, 'typed_in_mass')).toMatchObject([
      { personId: 'clerk', volunteerIds: [], figures: { visits: 1_805, most: 1_801 }, visitIds: { length: 1_805 } },
    ]);
    expect(flags(all, 'decided_in_mass')).toMatchObject([
      { personId: 'chief', figures: { visits: 999, seconds: 0 }, visitIds: { length: 999 } },
    ]);
  });

  it.each([
    ['forty-nine in an hour', typed(49, 1)],
    ['fifty over a little more than an hour', typed(50, 74)],
    ['fifty by two people', [...typed(25, 1), ...typed(25, 1, 'other clerk')]],
    ['what the clock closed', typed(60, 1).map((one) => ({ ...one, autoClosed: true }))],
  ])('B4: asks nothing about %s', (_, visits) => expect(flags(visits, 'typed_in_mass')).toEqual([]));

  it('B4: asks about fifty typed in within just an hour, and names those alone', () => {
    const slow = typed(30, 3_600).map((one, index) => ({ ...one, enteredAt: at(-1_000_000 + index * 3_600) }));
    const [flag] = flags([...slow, ...typed(50, 73)], 'typed_in_mass');
    expect(flag).toMatchObject({ figures: { visits: 50, most: 50 }, visitIds: { length: 50 } });
  });

  it('B4: asks about decisions of 0.3 seconds each, in calls of their own', () => {
    expect(flags(decided(60, 0.3), 'decided_in_mass')).toMatchObject([{ personId: 'chief', figures: { visits: 60, seconds: 0.3 } }]);
  });

  it.each([
    ['forty-nine', decided(49, 0.3)],
    ['a second for each', decided(60, 1)],
    ['the clean lane', decided(200, 0, { lane: 'clean' })],
    ['what a rule decided', decided(200, 0, { decidedBy: null })],
  ])('B4: asks nothing about %s', (_, visits) => expect(flags(visits, 'decided_in_mass')).toEqual([]));

  const week = (place: number, handPercent: number, visitsAWeek = 60) =>
    many(visitsAWeek, (index) => ({
      day: new Date(Date.UTC(2026, 5, 1 + place * 7 + (index % 7))).toISOString().slice(0, 10),
      class: index * 100 < handPercent * visitsAWeek ? 'manual' : 'verified',
    }));
  const weeks = (...percents: number[]) => percents.flatMap((handPercent, place) => week(place, handPercent));

  it("B4: asks about a week in which far more came in by hand than in the bank's own weeks before", () => {
    expect(flags(weeks(10, 5, 10, 5, 10, 60), 'hand_week')).toMatchObject([
      { personId: null, volunteerIds: [], clientId: null, figures: { weekPercent: 60, usualPercent: 10, handMinutes: 36 * 55 } },
    ]);
    expect(flags(weeks(0, 0, 0, 0, 40, 0), 'hand_week')).toMatchObject([{ figures: { weekPercent: 40, usualPercent: 0 } }]);
  });

  it.each([
    ['a bank that always types in much', weeks(60, 65, 55, 60, 70, 75)],
    ['a bank whose weeks differ', weeks(5, 50, 20, 60, 10, 65)],
    ['a little more than usual', weeks(5, 5, 5, 5, 5, 20)],
    ['a bank that is new', weeks(5, 5, 5, 60)],
    ['weeks with hardly a visit', [0, 0, 0, 0, 0, 90].flatMap((handPercent, place) => week(place, handPercent, 10))],
  ])('B4: asks nothing about %s', (_, visits) => expect(flags(visits, 'hand_week')).toEqual([]));
});
