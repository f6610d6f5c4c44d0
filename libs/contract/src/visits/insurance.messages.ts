import { z } from 'zod';
import { id, line, listOf, localDay, note, version } from '../primitives';
import { kindCode } from '../requests/kinds.messages';
import { tableChoice } from '../table-choice';

export const insuranceInput = z
  .strictObject({
    /** Of what stands there as it was read; left out where nothing does yet. */
    version: version.optional(),
    insurer: line(100),
    number: line(60),
    from: localDay,
    until: localDay,
    /** Null: every kind of service. */
    kinds: z.array(kindCode).min(1).max(200).nullable(),
    /** The last day that counts, where it ends before its time, and why. */
    ended: z.strictObject({ on: localDay, note }).nullish(),
  })
  .refine(({ from, until }) => from <= until, { message: 'wrong_order', path: ['until'] });

export const insurance = z.object({
  insuranceId: id,
  insurer: z.string(),
  number: z.string(),
  from: localDay,
  until: localDay,
  kinds: z.array(z.string()).nullable(),
  ended: z.object({ on: localDay, note: z.string() }).nullable(),
  version,
});
export const insurances = listOf(insurance);
export const insuredQuery = z.strictObject({ day: localDay, ...tableChoice });

export type Insurance = z.infer<typeof insurance>;
export type InsuredQuery = z.infer<typeof insuredQuery>;
export type InsuranceInput = z.infer<typeof insuranceInput>;
