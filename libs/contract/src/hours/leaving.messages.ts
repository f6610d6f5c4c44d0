import { z } from 'zod';
import { id, localDay, minutes } from '../primitives';
import { leavingReasons, relationKinds } from '../members/members.messages';

/** Who inherits what is left: so much each; the heir without a figure gets the rest, and without such an heir the donation pool does. */
const heirs = z
  .array(z.strictObject({ memberId: id, minutes: minutes.optional() }))
  .max(20)
  .refine((given) => given.filter((heir) => heir.minutes === undefined).length <= 1, 'one_rest');

export const leaveInput = z.strictObject({ on: localDay, reason: z.enum(leavingReasons), heirs: heirs.optional() });

/** What ends when a member leaves, as it is now. */
export const leavePreview = z.object({
  memberId: id,
  name: z.string(),
  openRequests: z.int(),
  plannedVisits: z.int(),
  /** Begun and not decided; they are decided before anybody leaves. */
  undecidedVisits: z.int(),
  cards: z.int(),
  guestBanks: z.int(),
  signsIn: z.boolean(),
  balanceMinutes: z.int(),
  heldMinutes: z.int(),
  /** Relatives who may take over what is left: those whom a gift may reach. */
  heirs: z.array(z.object({ memberId: id, name: z.string(), kind: z.enum(relationKinds) })),
});

export const left = z.object({
  memberId: id,
  on: localDay,
  reason: z.enum(leavingReasons),
  balanceMinutes: z.int(),
  /** `memberId` is null for the donation pool. What exceeds an heir's ceiling goes on as policy says. */
  shares: z.array(z.object({ memberId: id.nullable(), minutes: z.int(), overflowMinutes: z.int() })),
});

export type LeaveInput = z.infer<typeof leaveInput>;
export type LeavePreview = z.infer<typeof leavePreview>;
export type LeftMember = z.infer<typeof left>;
