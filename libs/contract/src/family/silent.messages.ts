import { z } from 'zod';
import { circumstanceCodes } from '../members/members.messages';
import { id, instant, line, listOf, localDay, note, page, personName, phone, reasonCode } from '../primitives';
import { checkInResults, finders, findingResults } from './family-lists';

/** Clients who have not asked for so long, who live alone first, then by how long. */
export const silentQuery = z.strictObject({ ...page, count: z.literal('yes').optional() });
export const silentList = listOf(
  z.object({
    memberId: id,
    name: z.string(),
    phone: z.string().nullable(),
    homeAddress: z.string().nullable(),
    circumstances: z.array(z.enum(circumstanceCodes)),
    /** When they last had help, or would have had; null: never. */
    lastHelpAt: instant.nullable(),
    lastContact: z
      .object({ at: instant, result: z.enum(checkInResults), byName: z.string().nullable(), note: z.string().nullable() })
      .nullable(),
    nextOn: localDay.nullable(),
  }),
).extend({ days: z.int() });

export const checkInInput = z.strictObject({
  result: z.enum(checkInResults),
  note: note.optional(),
  /** When to call again; left out, when the policy's days are over. */
  nextOn: localDay.optional(),
});
export const checkIn = z.object({
  checkInId: id,
  clientId: id,
  result: z.enum(checkInResults),
  note: z.string().nullable(),
  nextOn: localDay.nullable(),
  calledAt: instant,
  byName: z.string().nullable(),
});

/** What somebody without an account says about an elder. */
export const findingInput = z.strictObject({
  finder: z.enum(finders),
  who: personName,
  place: line(200).optional(),
  what: note,
  phone: phone.optional(),
});
export const toldFinding = z.object({ findingId: id, bankName: z.string(), bankPhone: z.string(), endsOn: localDay });
export const finding = z.object({
  findingId: id,
  finder: z.enum(finders),
  who: z.string(),
  place: z.string().nullable(),
  what: z.string(),
  phone: z.string().nullable(),
  toldAt: instant,
  /** By itself it is gone after this day. */
  endsOn: localDay,
  keptReason: z.string().nullable(),
});
export const findings = listOf(finding);
export const findingEnd = z.strictObject({ result: z.enum(findingResults) });
/** Kept longer than the rule says, for a reason, by two people. */
export const findingKeep = z.strictObject({ reasonCode });

export type SilentQuery = z.infer<typeof silentQuery>;
export type SilentLine = z.infer<typeof silentList>['items'][number];
export type CheckIn = z.infer<typeof checkIn>;
export type CheckInInput = z.infer<typeof checkInInput>;
export type Finding = z.infer<typeof finding>;
export type FindingInput = z.infer<typeof findingInput>;
export type ToldFinding = z.infer<typeof toldFinding>;
