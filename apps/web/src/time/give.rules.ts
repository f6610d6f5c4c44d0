import type { AnswerOf } from '@timebank/contract/client';

export type Giving = AnswerOf<'showGiving'>;
export type Relative = Giving['relatives'][number];
/**
 * The form for giving. Hours and minutes are as typed. The id stays, whatever is changed, until the server has answered: nothing is given
 * twice.
 */
export type GiftForm = { to: string; hours: string; minutes: string; transferId: string };

const whole = /^\d{1,6}$/;

/** The minutes that were typed; null where that is no number of them, or none. */
export function minutesOf({ hours, minutes }: Pick<GiftForm, 'hours' | 'minutes'>): number | null {
  const parts = [hours, minutes].map((part) => part.trim() || '0');
  if (!parts.every((part) => whole.test(part))) return null;
  const sum = Number(parts[0]) * 60 + Number(parts[1]);
  return sum > 0 ? sum : null;
}
