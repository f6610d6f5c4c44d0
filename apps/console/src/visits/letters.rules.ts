import type { Letter, Visit } from '@timebank/contract/client';

type Enterable = Pick<Visit, 'class' | 'state' | 'plannedStart'>;

/** Times may be entered by hand once: when a visit is not clean, or its plan has begun and no scan has ended it. */
export function mayEnter(visit: Enterable, now: Date): boolean {
  if (visit.class === 'manual') return false;
  return (
    ['needs_fix', 'needs_ack'].includes(visit.state) ||
    (['planned', 'in_progress'].includes(visit.state) && Date.parse(visit.plannedStart) <= now.getTime())
  );
}

/**
 * The most likely next step after the phone call: enter that visit's times, look at that visit because it counts already or never will, or first
 * record a visit that nobody planned here.
 */
export function nextStep(letter: Pick<Letter, 'visit'>, now: Date): 'enter' | 'look' | 'plan' {
  const { visit } = letter;
  if (visit?.own && mayEnter(visit, now)) return 'enter';
  return visit?.own && visit.state !== 'cancelled' && visit.state !== 'no_show' ? 'look' : 'plan';
}

/** How many minutes the interval of a letter is wide; null where the server cannot say when it began. */
export function widthMinutes({ earliest, latest }: Pick<Letter, 'earliest' | 'latest'>): number | null {
  return earliest === null ? null : Math.round((Date.parse(latest) - Date.parse(earliest)) / 60_000);
}
