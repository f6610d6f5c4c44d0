import { z } from 'zod';
import { id, instant, listOf, page, search } from '../primitives';

/** `asked` by the volunteer, `confirmed` by a coordinator there, `ended` by either. */
export const guestStates = ['asked', 'confirmed', 'ended'] as const;

/** `homeBankId`: where the volunteer is a member. */
export const guestInput = z.strictObject({ homeBankId: id });

/** A volunteer of another bank, as the bank that they help in sees them: no birth date, no phone, no account. */
export const guest = z.object({
  memberId: id,
  bankId: id,
  homeBankId: id,
  homeBankName: z.string(),
  memberNumber: z.string(),
  name: z.string(),
  state: z.enum(guestStates),
  askedAt: instant,
  confirmedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** What their home bank has recorded and is valid today; it counts here too. */
  qualifications: z.array(z.object({ code: z.string(), validUntil: z.string() })),
});
export const guestQuery = z.strictObject({ ...page, ...search, state: z.enum(guestStates).optional() });
export const guests = listOf(guest);

/** A bank where a volunteer may ask to help, or has asked. */
const host = z.object({
  bankId: id,
  name: z.string(),
  phone: z.string(),
  /** Null: not asked yet. */
  state: z.enum(guestStates).nullable(),
  /** Whether both banks let their volunteers help each other today; what has been agreed stays, nothing new is begun while not. */
  isOpen: z.boolean(),
});
export const hostQuery = z.strictObject(page);
export const hosts = listOf(host);

export type GuestState = (typeof guestStates)[number];
export type Guest = z.infer<typeof guest>;
export type GuestQuery = z.infer<typeof guestQuery>;
export type Host = z.infer<typeof host>;
export type HostQuery = z.infer<typeof hostQuery>;
