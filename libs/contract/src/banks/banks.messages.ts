import { z } from 'zod';
import { bankPhone, id, instant, json, line, listOf, localDay, page, timeZone, version } from '../primitives';

/** Set by a caller who knows that another bank of the city has the same name. */
const sameName = z.literal(true).optional();
export const bankInput = z.strictObject({ name: line(100), phone: bankPhone, timeZone, sameName });
/** A zone changes from a day on, by default tomorrow: days before it keep the one that they had. */
export const bankPatch = z
  .strictObject({
    version,
    name: line(100).optional(),
    phone: bankPhone.optional(),
    timeZone: timeZone.optional(),
    validFrom: localDay.optional(),
    /** Null takes it away. */
    address: line(200).nullable().optional(),
    sameName,
  })
  .refine((patch) => patch.validFrom === undefined || patch.timeZone !== undefined, { message: 'no_time_zone', path: ['validFrom'] });

/** A bank's zones, past and planned, in order; the first has always been. Present once a zone has changed. */
export const datedZones = z.array(z.object({ timeZone: z.string(), validFrom: localDay.nullable(), beginsAt: instant.nullable() }));

export const bank = z.object({
  bankId: id,
  name: z.string(),
  phone: z.string(),
  /** Left out where none is recorded. */
  address: z.string().optional(),
  /** The zone of today. */
  timeZone: z.string(),
  zones: datedZones.optional(),
  /** Its last day, while it is closed: it is read and not written. */
  closedOn: localDay.optional(),
  accounts: z.object({ fund: id, pool: id, honour: id }),
  version,
});

/** One dated policy row. `bankId: null` is the city's default. */
export const policyRow = z.object({
  policyId: id,
  bankId: id.nullable(),
  key: z.string(),
  value: json,
  validFrom: localDay,
  source: z.string(),
  recordedAt: instant,
  /** Withdrawn before it began: it never counts. */
  withdrawnAt: instant.nullable(),
});
export const policyInput = z.strictObject({
  key: z.string().min(1).max(60),
  value: json,
  validFrom: localDay,
  source: line(200),
});
/** The policies in force on a day, and every row behind them. */
export const policies = z.object({
  day: localDay,
  inForce: z.record(z.string(), json),
  /** Null names: nobody of this bank, such as an admin of the city. */
  rows: z.array(policyRow.extend({ recordedByName: z.string().nullable(), withdrawnByName: z.string().nullable() })),
});

export const bankQuery = z.strictObject(page);
export const banks = listOf(bank);

export type Bank = z.infer<typeof bank>;
export type BankInput = z.infer<typeof bankInput>;
export type BankQuery = z.infer<typeof bankQuery>;
export type BankPatch = z.infer<typeof bankPatch>;
export type PolicyInput = z.infer<typeof policyInput>;
export type PolicyRow = z.infer<typeof policyRow>;
export type Policies = z.infer<typeof policies>;
