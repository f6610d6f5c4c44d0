import type { ServiceKind } from '@timebank/contract';
import { storyOf, type StoryName } from './stories';

/** One visit of the two weeks; people by their place in the bank's lists. */
export type VisitPlan = {
  daysAgo: number;
  time: string;
  volunteer: number;
  client: number;
  serviceKind: string;
  minutes: number;
  story: StoryName;
};

type Special = readonly [daysAgo: number, time: string, volunteer: number, client: number, story: StoryName];

/** Visits of these days have been decided; those of the two days before today wait. */
export const decidedDays = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3];
export const waitingDays = [2, 1];

const volunteers = 8;
/** The eighth client has hardly any minutes left, and waits for more. */
const regularClients = [0, 1, 2, 3, 4, 5, 6, 8];
/** By number, in every bank: the husband of the first volunteer, the mother of the sixth. */
const relatedPairs = [
  [0, 0],
  [5, 5],
];

const everyday: readonly StoryName[] = [
  'plain',
  'plain',
  'typed',
  'plain',
  'lateIn',
  'plain',
  'twice',
  'plain',
  'plain',
  'wrongCard',
  'plain',
  'earlyOut',
  'plain',
  'longer',
];
const decidedTimes = ['08:30', '10:30', '14:00', '16:00'];
const waitingTimes = ['08:30', '08:30', '10:30', '10:30', '14:00', '14:00', '16:00', '16:00'];
const waitingStories: Record<number, readonly StoryName[]> = {
  2: ['plain', 'lateIn', 'plain', 'typed', 'plain', 'longer', 'plain', 'wrongCard'],
  1: ['plain', 'plain', 'earlyOut', 'plain', 'twice', 'plain', 'tooShort', 'plain'],
};

/** At noon and in the evening, when nobody has a regular visit. */
const decidedSpecials: readonly Special[] = [
  [12, '12:40', 6, 1, 'earlyIn'],
  [11, '18:00', 7, 2, 'refused'],
  [10, '18:00', 2, 3, 'missingIn'],
  [9, '12:40', 4, 6, 'replaced'],
  [9, '18:00', 1, 4, 'overCap'],
  [8, '18:00', 5, 5, 'related'],
  [7, '12:40', 3, 1, 'manual'],
  [7, '18:00', 6, 2, 'missingOut'],
  [6, '18:00', 2, 6, 'overlapped'],
  [6, '19:00', 2, 1, 'overlapping'],
  [5, '12:40', 7, 4, 'cancelledByClient'],
  [5, '18:00', 0, 3, 'unscheduled'],
  [4, '12:40', 3, 0, 'offline'],
  [4, '18:00', 4, 2, 'cancelledByVolunteer'],
  [3, '12:40', 1, 6, 'lateSync'],
];
const waitingSpecials: readonly (readonly Special[])[] = [
  [
    [2, '12:40', 6, 3, 'earlyIn'],
    [2, '18:00', 2, 4, 'missingIn'],
    [1, '12:40', 5, 3, 'unheard'],
    [1, '18:00', 7, 6, 'overlapped'],
    [1, '19:00', 7, 2, 'overlapping'],
  ],
  [
    [2, '12:40', 4, 1, 'replaced'],
    [2, '18:00', 3, 2, 'overCap'],
    [2, '12:40', 6, 3, 'missingOut'],
    [1, '12:40', 5, 3, 'unheard'],
    [1, '18:00', 1, 4, 'unscheduled'],
  ],
  [
    [2, '12:40', 3, 6, 'manual'],
    [2, '18:00', 2, 4, 'unscheduled'],
    [2, '12:40', 7, 1, 'missingOut'],
    [1, '12:40', 5, 3, 'unheard'],
    [1, '18:00', 5, 5, 'related'],
  ],
];

/** The kinds a volunteer may serve and a weekday holds, the one they are qualified for first. */
function kindsFor(qualification: string | null, kinds: readonly ServiceKind[]): ServiceKind[] {
  const own = kinds.filter((kind) => kind.requiredQualification !== null && kind.requiredQualification === qualification);
  return [...own, ...kinds.filter((kind) => kind.requiredQualification === null && kind.usualMinutes <= 90)];
}

function clientFor(turn: number, volunteer: number): number {
  const at = (position: number) => regularClients[position % regularClients.length] as number;
  const place = turn + Math.floor(turn / volunteers);
  const related = relatedPairs.some(([one, other]) => one === volunteer && other === at(place));
  return at(related ? place + 1 : place);
}

function regularVisits(bank: number): Special[] {
  let turn = bank * 3;
  const next = (daysAgo: number, time: string, story: StoryName): Special => {
    const volunteer = turn % volunteers;
    const visit: Special = [daysAgo, time, volunteer, clientFor(turn, volunteer), story];
    turn += 1;
    return visit;
  };
  const decided = decidedDays.flatMap((daysAgo) =>
    decidedTimes.map((time) => next(daysAgo, time, everyday[turn % everyday.length] as StoryName)),
  );
  const waiting = waitingDays.flatMap((daysAgo) =>
    waitingTimes.map((time, index) => next(daysAgo, time, waitingStories[daysAgo]?.[index] as StoryName)),
  );
  return [...decided, ...waiting];
}

/**
 * The visits of a bank's two weeks: every exception that scans and hands can raise, decided in the first eleven days and
 * waiting in the last two. The same for the same bank, kinds and qualifications.
 */
export function planTwoWeeks(bank: number, kinds: readonly ServiceKind[], qualifications: readonly (string | null)[]): VisitPlan[] {
  const visits = [...regularVisits(bank), ...decidedSpecials, ...(waitingSpecials[bank % waitingSpecials.length] ?? [])];
  return visits.map(([daysAgo, time, volunteer, client, story], index) => {
    const choice = kindsFor(qualifications[volunteer] ?? null, kinds);
    const evening = time >= '18:00' || time === '12:40';
    const kind = (
      evening ? choice.find((one) => one.code === 'company') : choice[(index + Math.floor(index / volunteers) * 3 + bank) % choice.length]
    ) as ServiceKind;
    return { daysAgo, time, volunteer, client, serviceKind: kind.code, minutes: storyOf(story).minutes ?? kind.usualMinutes, story };
  });
}
