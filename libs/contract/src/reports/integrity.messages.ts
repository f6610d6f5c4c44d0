import { z } from 'zod';
import { id, listOf, localDay, page } from '../primitives';
import { leftOut } from './reports.messages';
import { tableChoice } from '../table-choice';
import { assurances, exceptionCodes } from '../visits/visits.messages';

/** What may be worth a look, each a question with a sentence in every language. */
export const integrityKinds = [
  'pair_much',
  'related',
  'location_off_here',
  'no_second_signal',
  'near_cap',
  'round_minutes',
  'shared_phone',
  'fast_between',
  'never_scanned_out',
  'typed_in',
  'client_denied',
  'types_in',
  'decides_unseen',
  'overturned',
  'typed_in_mass',
  'decided_in_mass',
  'hand_week',
] as const;

const amount = z.object({ visits: z.int(), minutes: z.int() });
/** A reason as it was given, one of the list or a city's own. */
const reasons = z.array(z.object({ code: z.string(), visits: z.int() }));

/** Visits that took place between two days, both counted, by planned start. */
const integrity = z.object({
  from: localDay,
  to: localDay,
  visits: z.int(),
  minutes: z.int(),
  byAssurance: z.array(amount.extend({ assurance: z.enum(assurances) })),
  byClass: z.array(amount.extend({ class: z.enum(['verified', 'manual']) })),
  exceptions: z.array(z.object({ code: z.enum(exceptionCodes), visits: z.int() })),
  manualReasons: reasons,
  shorteningReasons: reasons,
  rejectionReasons: reasons,
  /** Visits whose client somebody phoned, by the last answer. */
  callBacks: z.object({ made: z.int(), confirmed: z.int(), denied: z.int(), notReached: z.int() }),
  /** Minutes and roles that staff gave or took by hand. `withoutReason`: those among them without a reason. */
  byHand: z.object({ grants: z.int(), reversals: z.int(), roleChanges: z.int(), byTwo: z.int(), withoutReason: z.int() }),
  flags: z.array(z.object({ kind: z.enum(integrityKinds), count: z.int() })),
});

const approver = z.object({
  personId: id,
  /** Null for somebody of the city. */
  name: z.string().nullable(),
  decisions: z.int(),
  shortened: z.int(),
  rejected: z.int(),
  /** Yellow and red ones. */
  unusual: z.int(),
  medianSeconds: z.number().nullable(),
  bulkPercent: z.number().nullable(),
  overdue: z.int(),
  flagged: z.int(),
  reversed: z.int(),
  appealsGranted: z.int(),
});
const denial = z.object({ volunteerId: id, name: z.string(), asked: z.int(), denied: z.int() });
const ofBank = { bankId: id, bankName: z.string() };

export const bankIntegrity = integrity.extend({ ...ofBank, approvers: z.array(approver), denials: z.array(denial) });
export const cityIntegrity = z.object({ city: integrity, banks: z.array(integrity.extend(ofBank)), leftOut });

const person = z.object({ memberId: id, name: z.string() });
const integrityFlag = z.object({
  kind: z.enum(integrityKinds),
  volunteers: z.array(person),
  client: person.nullable(),
  /** The person, for a flag about deciding or typing in. */
  coordinator: z.object({ personId: id, name: z.string().nullable() }).nullable(),
  /** Named by their unit: `…Percent`, `…Minutes`, `…Seconds`; a bare word is a count. */
  figures: z.record(z.string(), z.number()),
  visitCount: z.int(),
  /** The newest ones. */
  visits: z.array(z.object({ visitId: id, day: localDay })),
});
export const integrityFlags = listOf(integrityFlag);

const range = { from: localDay.optional(), to: localDay.optional() };
export const integrityQuery = z.strictObject(range);
export const integrityTableQuery = integrityQuery.extend(tableChoice);
export const integrityFlagQuery = z.strictObject({
  ...page,
  limit: z.coerce.number().int().min(1).max(100).default(100),
  ...range,
  kind: z.enum(integrityKinds).optional(),
});

export type IntegrityKind = (typeof integrityKinds)[number];
export type Integrity = z.infer<typeof integrity>;
export type BankIntegrity = z.infer<typeof bankIntegrity>;
export type CityIntegrity = z.infer<typeof cityIntegrity>;
export type IntegrityFlag = z.infer<typeof integrityFlag>;
export type IntegrityQuery = z.infer<typeof integrityQuery>;
export type IntegrityFlagQuery = z.infer<typeof integrityFlagQuery>;
