import { isTimeZone } from '@timebank/kernel';
import { z } from 'zod';

/** No NUL and no unpaired surrogate: text that Postgres and every screen can hold. */
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Free Unicode text of 1 to `longest` characters, trimmed, on one line or several. */
export const text = (longest: number) => z.string().trim().min(1).max(longest).refine(isStorable, 'unstorable_text');

/** A UUID of any version, in lower case. */
export const id = z
  .string()
  .regex(/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/)
  .transform((value) => value.toLowerCase())
  .meta({ type: 'string', format: 'uuid' });

/** An instant, ISO 8601 with an offset, answered in UTC. No zone of the world is further than 14 hours from UTC, and Postgres stops at 16. */
export const instant = z.iso.datetime({ offset: true }).refine((value) => {
  const year = new Date(value).getUTCFullYear();
  const offsetHours = Number(/[+-](\d\d):\d\d$/.exec(value)?.[1] ?? 0);
  return value.length <= 40 && year >= 1970 && year <= 2200 && offsetHours <= 14;
}, 'out_of_range');

/** A calendar day, `1948-05-01`. Postgres knows no year 0. */
export const localDay = z.iso.date().refine((value) => value >= '1880-01-01' && value <= '2200-12-31', 'out_of_range');

/** A calendar month, `2026-11`. */
export const localMonthText = z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/);

/** Whole minutes, more than none and at most a thousand years' worth of a person's hours. */
export const minutes = z.int().min(1).max(100_000_000);

/** An 11-digit mainland mobile number, a landline with hyphens, or +E.164. A mainland mobile has one form only, without +86. */
export const phone = z
  .string()
  .trim()
  .regex(/^(1\d{10}|0\d{2,3}-\d{7,8}(-\d{1,6})?|\+[1-9]\d{6,14})$/)
  .transform((value) => value.replace(/^\+86(?=1\d{10}$)/, ''))
  .meta({ type: 'string' });

export const personName = text(100);
export const password = z.string().min(8).max(200).refine(isStorable, 'unstorable_text');
export const timeZone = z.string().max(64).refine(isTimeZone, 'unknown_time_zone');
export const version = z.int().min(1).max(2_147_483_647);
export const note = text(1_000);
export const empty = z.strictObject({});
/** A code for a reason: one of a list that has words in every language, or a city's own, shown as it is. */
export const reasonCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/);

/** Days are compared as text; a birth date is not after today. */
export const birthDate = localDay.refine((value) => value <= new Date().toISOString().slice(0, 10), 'out_of_range');

/** One page of a list. */
export const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(2_000).optional() };

export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
