/** One stretch of days without, both included. */
export type DaysWithout = { seriesId: string; kind: 'pause' | 'skip'; from: string; to: string };

/** The days of a paused range `p`, both included. */
export const spanOf = (p: string): string => `lower(${p}) as "from", upper(${p}) - 1 as "to"`;

/** Paused days, as they stand now, and skipped dates: of the series `$2` in bank `$1`. */
export const daysWithout = `
  select s.series_id, 'pause' as kind, ${spanOf('p')} from unnest($2::uuid[]) s (series_id), unnest(series_pauses($1, s.series_id)) p
  union all
  select series_id, kind, from_day, to_day from series_pause where bank_id = $1 and series_id = any ($2::uuid[]) and kind = 'skip'`;
