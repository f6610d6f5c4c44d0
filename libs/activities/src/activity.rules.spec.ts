import { describe, expect, it } from '@jest/globals';
import { type HelperFacts, helperRefusal, inOrder, lackingHelpers, mayCheckIn, stateOf } from './activity.rules';

const at = (minutes: number) => new Date(Date.parse('2026-03-02T01:00:00Z') + minutes * 60_000);
const ends = { closedAt: null, cancelledAt: null };
const times = { startsAt: at(0), endsAt: at(120) };

describe('an activity', () => {
  it('is open until its last moment, and what was done with it decides from then on', () => {
    const one = { ...times, ...ends };
    expect([stateOf(one, at(119)), stateOf(one, at(120))]).toEqual(['open', 'over']);
    expect(stateOf({ ...one, closedAt: at(130) }, at(131))).toBe('closed');
    expect(stateOf({ ...one, cancelledAt: at(-9) }, at(500))).toBe('cancelled');
  });

  it('lasts some time, and a day at most', () => {
    const lasts = (minutes: number) => inOrder({ startsAt: at(0), endsAt: at(minutes) });
    expect([lasts(-1), lasts(0), lasts(1), lasts(1_440), lasts(1_441)]).toEqual([false, false, true, true, false]);
  });

  it('lacks helpers from so many hours before it until it begins', () => {
    const one = { ...times, ...ends, helperPlaces: 3, helpers: 1 };
    const lacking = (now: Date, more: object = {}) => lackingHelpers({ ...one, ...more }, now, 48);
    expect([lacking(at(-48 * 60 - 1)), lacking(at(-48 * 60)), lacking(at(-1)), lacking(at(0))]).toEqual([0, 2, 2, 0]);
    expect([lacking(at(-1), { helpers: 3 }), lacking(at(-1), { helpers: 4 }), lacking(at(-1), { cancelledAt: at(-9) })]).toEqual([0, 0, 0]);
  });

  it('takes a code around its time, and a list on paper from its beginning on', () => {
    const code = (minutes: number) => mayCheckIn(times, at(minutes), true);
    const paper = (minutes: number) => mayCheckIn(times, at(minutes), false);
    expect([code(-31), code(-30), code(150), code(151)]).toEqual([false, true, true, false]);
    expect([paper(-1), paper(0), paper(5_000)]).toEqual([false, true, true]);
  });
});

describe('who would help', () => {
  const free: HelperFacts = { isVolunteer: true, isBarred: false, isPaused: false, overlappingVisit: null, overlappingActivity: null };
  const refused = (more: Partial<HelperFacts>) => helperRefusal({ ...free, ...more });

  it('may, where nothing is in the way', () => {
    expect(refused({})).toBeNull();
  });

  it.each([
    [{ isVolunteer: false }, 'members/not_a_volunteer', ['not_a_volunteer']],
    [{ isBarred: true }, 'members/disabled', ['barred']],
    [{ isPaused: true }, 'gate/paused', ['paused']],
    [{ overlappingVisit: 'visit' }, 'visits/overlapping_plan', ['overlaps']],
    [{ overlappingActivity: 'other' }, 'activities/overlaps', ['overlaps']],
    [
      { isVolunteer: false, isPaused: true, overlappingVisit: 'visit' },
      'members/not_a_volunteer',
      ['not_a_volunteer', 'overlaps', 'paused'],
    ],
  ])('is told all that is in the way: %j', (more, code, gate) => {
    expect(refused(more)).toMatchObject({ code, parameters: { gate } });
  });
});
