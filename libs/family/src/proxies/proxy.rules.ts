import type { ProxyInput, RefusalCode } from '@timebank/contract';
import { dayOn } from '@timebank/kernel';

/** The longest that somebody may act for a client before it is said anew, in days. */
const longestDays = 366;

export type ProxyWord = {
  input: ProxyInput;
  /** Today, by the bank's clock. */
  today: string;
  now: Date;
  /** Who records it: the client themselves, or a coordinator. */
  isClient: boolean;
  /** Whether whoever records it is the one who is to act. */
  isProxy: boolean;
  /** The phones that reach the client themselves. */
  clientPhones: readonly (string | null)[];
  isSelf: boolean;
};

export type Problem = { code: RefusalCode; path?: string };

/** Why a client's word about who may act for them cannot be recorded so; null where it can. */
export function problemOf(word: ProxyWord): Problem | null {
  const { input, today } = word;
  if (input.phone !== undefined && word.clientPhones.includes(input.phone)) return { code: 'proxies/own_phone', path: 'body.phone' };
  if (word.isSelf) return { code: 'proxies/to_self', path: 'body.personId' };
  if (word.isProxy) return { code: 'proxies/recorded_by_proxy' };
  if (word.isClient !== (input.confirmedHow === 'app')) return { code: 'proxies/wrong_confirmation', path: 'body.confirmedHow' };
  if (input.validUntil < today) return { code: 'proxies/in_the_past', path: 'body.validUntil' };
  if (input.validUntil > dayOn(today, longestDays)) return { code: 'proxies/too_long', path: 'body.validUntil' };
  if (input.confirmedAt !== undefined && new Date(input.confirmedAt) > word.now)
    return { code: 'proxies/confirmed_later', path: 'body.confirmedAt' };
  return null;
}
