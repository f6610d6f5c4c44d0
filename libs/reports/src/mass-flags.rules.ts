import { distancesFrom, farAway, medianOf } from './unlikely.rules';
import { groupsOf, idsOf, percent, type Flag, type VisitFact } from './visit-facts';

/** How much one person may type in, or decide beyond the clean lane, before it is a question: nobody reads fifty in an hour, or one in a second. */
const many = 50;
const hourMilliseconds = 3_600_000;
const secondMilliseconds = 1_000;

const isTyped = ({ enteredBy, enteredAt, autoClosed }: VisitFact) => enteredBy !== null && enteredAt !== null && !autoClosed;
const enteredOf = ({ enteredAt }: VisitFact) => enteredAt?.getTime() ?? 0;
const decidedOf = ({ decidedAt }: VisitFact) => decidedAt?.getTime() ?? 0;
const flagOf = <Kind extends string>(
  kind: Kind,
  personId: string | null,
  visits: readonly VisitFact[],
  figures: Flag['figures'],
): Flag<Kind> => ({ kind, volunteerIds: [], clientId: null, personId, figures, visitIds: idsOf(visits) });

/** One person typed in fifty visits or more within an hour: paper that somebody may have made up together. */
export function typedInMass(visits: readonly VisitFact[]): Flag<'typed_in_mass'>[] {
  return groupsOf(visits.filter(isTyped), ({ enteredBy }) => enteredBy).flatMap((own) => {
    const inOrder = own.toSorted((left, right) => enteredOf(left) - enteredOf(right));
    const meant = new Set<VisitFact>();
    let [first, most] = [0, 0];
    for (const [last, visit] of inOrder.entries()) {
      while (enteredOf(visit) - enteredOf(inOrder[first] as VisitFact) > hourMilliseconds) first += 1;
      const within = last - first + 1;
      most = Math.max(most, within);
      // Visits already named by the window before are not checked again: only the newest, or all of a window that has just become full.
      if (within === many) for (const one of inOrder.slice(first, last)) meant.add(one);
      if (within >= many) meant.add(visit);
    }
    if (meant.size === 0) return [];
    return [flagOf('typed_in_mass', inOrder[0]?.enteredBy ?? null, [...meant], { visits: meant.size, most })];
  });
}

/** Decisions in their order, cut wherever a second or more passes between two; those of one call have one time and stay together. */
function runsOf(inOrder: readonly VisitFact[]): VisitFact[][] {
  const runs: VisitFact[][] = [];
  for (const visit of inOrder) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && decidedOf(visit) - decidedOf(before) < secondMilliseconds) run.push(visit);
    else runs.push([visit]);
  }
  return runs;
}

/**
 * One person made fifty decisions or more about visits that were not clean, each less than a second after the last, in one call or in many: nobody
 * looked. The clean lane is meant for approving together and does not count. `seconds` is the time from the first to the last of each run, shared
 * among its decisions.
 */
export function decidedInMass(visits: readonly VisitFact[]): Flag<'decided_in_mass'>[] {
  const decided = visits.filter(
    ({ decidedBy, decidedAt, lane }) => decidedBy !== null && decidedAt !== null && lane !== null && lane !== 'clean',
  );
  return groupsOf(decided, ({ decidedBy }) => decidedBy).flatMap((own) => {
    const inOrder = own.toSorted((left, right) => decidedOf(left) - decidedOf(right));
    const meant = runsOf(inOrder).filter((run) => run.length >= many);
    if (meant.length === 0) return [];
    const visitsMeant = meant.flat();
    const milliseconds = meant.reduce((sum, run) => sum + decidedOf(run.at(-1) as VisitFact) - decidedOf(run[0] as VisitFact), 0);
    const seconds = Math.round(milliseconds / visitsMeant.length / 100) / 10;
    return [flagOf('decided_in_mass', inOrder[0]?.decidedBy ?? null, visitsMeant, { visits: visitsMeant.length, seconds })];
  });
}

/** The Monday of a day's week. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/**
 * A week with less says nothing about shares; a smaller jump is no question, whatever the weeks before; and a month is the shortest past to compare
 * with.
 */
const leastWeekMinutes = 1_200;
const leastHandMinutes = 600;
const leastJump = 0.2;
const fewestWeeks = 4;
/** If the earlier weeks are all alike, the least by which chance would have made them differ. */
const leastUnit = 0.05;

/**
 * Weeks in which far more of the hours came in by hand than in the bank's own earlier weeks of the period: the modified z-score over median and
 * median absolute deviation beyond 3.5 (Iglewicz and Hoaglin 1993; see `unlikely.rules.ts`), with a floor under the spread, and by a fifth of all
 * hours at least. Only the newest such week is reported. Nobody is named: a bank is compared with itself.
 */
export function handWeek(visits: readonly VisitFact[]): Flag<'hand_week'>[] {
  const minutesOf = (some: readonly VisitFact[]) => some.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);
  const weeks = groupsOf(visits, ({ day }) => weekOf(day))
    .map((of) => ({ of, week: weekOf(of[0]?.day ?? ''), all: minutesOf(of), byHand: of.filter((visit) => visit.class === 'manual') }))
    .filter(({ all }) => all >= leastWeekMinutes)
    .sort((left, right) => left.week.localeCompare(right.week))
    .map((week) => ({ ...week, handMinutes: minutesOf(week.byHand), share: minutesOf(week.byHand) / week.all }));
  const far = weeks.findLast(({ share, handMinutes }, place) => {
    const before = weeks.slice(0, place).map((week) => week.share);
    if (before.length < fewestWeeks || handMinutes < leastHandMinutes) return false;
    const jump = share - medianOf(before);
    const distance = distancesFrom(before)(share);
    // Weeks that are all alike have no spread to measure by; then only the least unit counts.
    return jump >= leastJump && (distance === 0 || distance > farAway) && jump / leastUnit > farAway;
  });
  if (!far) return [];
  const usual = medianOf(weeks.filter(({ week }) => week < far.week).map(({ share }) => share));
  const figures = { handMinutes: far.handMinutes, weekPercent: percent(far.share), usualPercent: percent(usual) };
  return [flagOf('hand_week', null, far.byHand, figures)];
}
