import { cleanText, countVisible, hasVisible, isSoundLine, isSoundText, isTimeZone, readHotline, readPhone } from '@timebank/kernel';
import { z } from 'zod';

const typed = (longest: number, isSound: (text: string) => boolean) =>
  z
    .string()
    .refine(isSound, 'unprintable_text')
    .overwrite(cleanText)
    .min(1)
    .max(longest)
    .refine((value) => value === '' || hasVisible(value), 'nothing_visible');

/**
 * Text of several lines that a person types, 1 to `longest` characters: no control characters but line ends and tabs, nothing that turns the
 * direction of what follows, something to see. Kept composed (NFC) and without the invisible marks that copying brings along.
 */
export const text = (longest: number) => typed(longest, isSoundText);

/** One line that a person types: a name, a title, a place. No line ends either, and no character that would show as nothing or as a box. */
export const line = (longest: number) => typed(longest, isSoundLine);

/** What somebody searches for, in whatever spelling. */
export const question = (longest: number) => z.string().trim().min(1).max(longest);

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

/** Whatever JSON can say. */
export const json = z.json();

/** Whole minutes, more than none and at most a thousand years' worth of a person's hours. */
export const minutes = z.int().min(1).max(100_000_000);

/**
 * A phone number in any spelling (blanks, brackets, dots, hyphens, full width, +86, 0086, 86), stored in one: a mainland mobile as 11 digits, a
 * landline as area code, hyphen, number and extension, any other as +E.164.
 */
const phoneBy = (read: (typed: string) => string | null) =>
  z
    .string()
    .max(60)
    .refine((value) => read(value) !== null, 'unreadable_phone')
    .overwrite((value) => read(value) ?? value);

export const phone = phoneBy(readPhone);
/** A bank's number may be a hotline too: 5 to 10 digits. */
export const bankPhone = phoneBy(readHotline);

export const personName = line(100);
/** Eight visible characters: blanks stop nobody. */
export const password = z
  .string()
  .min(8)
  .max(200)
  .refine((value) => countVisible(value) >= 8, 'too_short')
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'unstorable_text');
export const timeZone = z.string().max(64).refine(isTimeZone, 'unknown_time_zone');
export const version = z.int().min(1).max(2_147_483_647);
export const note = text(1_000);
export const empty = z.strictObject({});
/** A code for a reason: one of a list that has words in every language, or a city's own, shown as it is. */
export const reasonCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/);

/** Days are compared as text; a birth date is not after today, and nobody is older than the oldest person. */
export const birthDate = localDay.refine(
  (value) => value >= '1900-01-01' && value <= new Date().toISOString().slice(0, 10),
  'out_of_range',
);

/** One page of a list. */
export const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(2_000).optional() };

/** Further filters for a list of people's things: part of a name (or the beginning of a phone or member number), and whether to count them. */
export const search = { q: question(100).optional(), count: z.literal('yes').optional() };

/** How many there are in all, where it was asked: exact up to ten thousand, then `isMore`. */
const total = z.object({ count: z.int(), isMore: z.boolean() });
/** How many there are by state, kind or role, whichever of them is chosen; null where there are more than ten thousand. */
const counts = z.record(z.string(), z.int()).nullable();
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: total.optional(), counts: counts.optional() });
