import { z } from 'zod';
import { id, line, listOf, localDay, note, page, version } from '../primitives';
import { seriesEndReasons, seriesStates } from './series-lists';
import { helpersNeeded, kindCode } from '../requests/kinds.messages';

const rule = z.string().min(1).max(2_000);
const startTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const minutes = z.int().min(1).max(1_440);

export const seriesInput = z.strictObject({
  clientId: id,
  serviceKind: kindCode,
  rule,
  startsOn: localDay,
  startTime,
  minutes,
  /** On each date; left out, as many as the kind says. */
  helpersNeeded: helpersNeeded.optional(),
  place: line(200).optional(),
  note: note.optional(),
});

const changed = {
  rule: rule.optional(),
  startTime: startTime.optional(),
  minutes: minutes.optional(),
  helpersNeeded: helpersNeeded.optional(),
  place: line(200).nullable().optional(),
  note: note.nullable().optional(),
};
/** What is to be otherwise from a day on. */
export const seriesPreviewInput = z.strictObject({ from: localDay, ...changed });
export const seriesPatch = z.strictObject({ version, previewHash: z.string().regex(/^[0-9a-f]{64}$/), from: localDay, ...changed });

const person = z.object({ memberId: id, name: z.string() });

/** Days are the bank's. `rule` and what follows are those of today, in force since `termsFrom`; `later` are those to come, by the day on which they begin. */
export const series = z.object({
  seriesId: id,
  bankId: id,
  clientId: id,
  clientName: z.string(),
  serviceKind: z.string(),
  rule: z.string(),
  startsOn: localDay,
  termsFrom: localDay,
  later: z.array(
    z.object({ from: localDay, rule: z.string(), startsOn: localDay, startTime: z.string(), minutes: z.int(), helpersNeeded: z.int() }),
  ),
  startTime: z.string(),
  minutes: z.int(),
  helpersNeeded: z.int(),
  place: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(seriesStates),
  /** Dates are laid up to this day. */
  generatedUntil: localDay,
  /** The last date that the client's minutes reach for, all of their series counted by date; null when not even the first. */
  coveredUntil: localDay.nullable(),
  /** The first day without. */
  endsOn: localDay.nullable(),
  endReason: z.enum(seriesEndReasons).nullable(),
  pauses: z.array(z.object({ from: localDay, to: localDay })),
  skipped: z.array(localDay),
  /** In the order in which they are asked. */
  regulars: z.array(person),
  version,
});
export const seriesQuery = z.strictObject({ ...page, clientId: id.optional(), regularId: id.optional() });
export const seriesList = listOf(series);

/** What an edit does to each date that is laid, with a line for each of its helpers. `visitId` and the name are of who helps. */
export const seriesPreview = z.object({
  previewHash: z.string(),
  visits: z.array(
    z.object({
      visitId: id.optional(),
      requestId: id,
      date: localDay,
      /** Where it goes; null where it ends. */
      newDate: localDay.nullable(),
      becomes: z.enum(['moved', 'ended', 'kept']),
      losesHelper: z.boolean(),
      helperName: z.string().nullable(),
    }),
  ),
  /** Dates that are laid anew. */
  added: z.array(localDay),
});

export const seriesPauseInput = z.strictObject({ from: localDay, to: localDay });
/** `on`: the first day with dates again. */
export const seriesResumeInput = z.strictObject({ on: localDay });
export const seriesSkipInput = z.strictObject({ date: localDay });
export const seriesEndInput = z.strictObject({ on: localDay, reasonCode: z.enum(seriesEndReasons) });
/** How far dates reach in a bank: series that go on, how many of them were not laid for more than a day, and the first day up to which. */
export const seriesStanding = z.object({ active: z.int(), behind: z.int(), generatedUntil: localDay.nullable(), short: z.int() });

export type Series = z.infer<typeof series>;
export type SeriesInput = z.infer<typeof seriesInput>;
export type SeriesPatch = z.infer<typeof seriesPatch>;
export type SeriesPreview = z.infer<typeof seriesPreview>;
export type SeriesPreviewInput = z.infer<typeof seriesPreviewInput>;
export type SeriesQuery = z.infer<typeof seriesQuery>;
export type SeriesEndInput = z.infer<typeof seriesEndInput>;
export type SeriesStanding = z.infer<typeof seriesStanding>;
