import type { Losing } from '@timebank/contract';
import { daysBetween } from '@timebank/members';

type Ending = Pick<Losing['items'][number], 'until'> & { firstDay: string };
/** How many days before its end a qualification's helper is warned; each once. */
const warningDays = [30, 14, 3] as const;
export type WarningDays = (typeof warningDays)[number];

/** Where somebody never had it, or no longer has it, the first visit is what nears. */
const daysLeft = ({ until, firstDay }: Ending, today: string): number =>
  daysBetween(today, until === null || until < today ? firstDay : until);

/** The nearest warning that is due today, and the further ones that it stands for; none while it is far. */
export function warningsDue(ending: Ending, today: string): WarningDays[] {
  const left = daysLeft(ending, today);
  return warningDays.filter((days) => left <= days).toReversed();
}
