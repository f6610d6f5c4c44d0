import type { AnswerOf } from '@timebank/contract/client';

export type Giving = AnswerOf<'showGiving'>;
export type Relative = Giving['relatives'][number];
/** The form for giving. Hours and minutes are as typed. */
export type GiftForm = { to: string; hours: string; minutes: string; transferId: string; sentAs: string };

const whole = /^\d{1,6}$/;

/** The minutes that were typed; null where that is no number of them, or none. */
export function minutesOf({ hours, minutes }: Pick<GiftForm, 'hours' | 'minutes'>): number | null {
  const parts = [hours, minutes].map((part) => part.trim() || '0');
  if (!parts.every((part) => whole.test(part))) return null;
  const sum = Number(parts[0]) * 60 + Number(parts[1]);
  return sum > 0 ? sum : null;
}

/**
 * One id for one intention: what was changed after it had been sent is another, and goes out under another id. Sent again unchanged, after
 * a lost answer or an impatient thumb, it is the same, and nothing is done twice.
 */
export function asSent(given: GiftForm, body: object, makeId: () => string): GiftForm {
  const text = JSON.stringify(body);
  return { ...given, transferId: given.sentAs !== '' && given.sentAs !== text ? makeId() : given.transferId, sentAs: text };
}
