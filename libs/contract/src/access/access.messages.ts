import { z } from 'zod';
import { datedZones } from '../banks/banks.messages';
import { id, instant, localDay, password, personName, phone } from '../primitives';
import { roleNames } from './roles';

export const grantedRole = z.object({ role: z.enum(roleNames), bankId: id.nullable() });

/** The member a person is at their home bank. */
const ownMember = z.object({
  memberId: id,
  bankId: id,
  name: personName,
  memberNumber: z.string(),
  accountId: id,
});

export const signInInput = z.strictObject({ phone, password: z.string().min(1).max(200) });
export const codeRequestInput = z.strictObject({ phone });
/** How long the code is good, twice: screens say the minutes, a clock that is right counts to the instant. */
export const codeSent = z.object({ done: z.literal(true), expiresAt: instant, minutes: z.int() });
const code = z.string().regex(/^\d{6}$/);
export const codeSignInInput = z.strictObject({ phone, code });

export const passwordInput = z.strictObject({ oldPassword: z.string().min(1).max(200), newPassword: password });
export const resetInput = z.strictObject({ phone, code, newPassword: password });
/** `counter`: the code is to be printed, and shown to the second of two members of staff who ask for it. */
export const resetStart = z.strictObject({ counter: z.literal(true).optional() });
/** `code` only for the counter, and only this once. */
export const resetStarted = z.object({ expiresAt: instant, code: z.string().optional() });
export const sessions = z.object({
  items: z.array(z.object({ sessionId: id, createdAt: instant, lastUsedAt: instant, device: z.string().nullable(), current: z.boolean() })),
});

export const session = z.object({
  token: z.string(),
  member: ownMember.nullable(),
  roles: z.array(grantedRole),
});

export const me = z.object({
  personId: id,
  member: ownMember.nullable(),
  roles: z.array(grantedRole),
  banks: z.array(
    z.object({
      bankId: id,
      name: z.string(),
      phone: z.string(),
      timeZone: z.string(),
      zones: datedZones.optional(),
      closedOn: localDay.optional(),
    }),
  ),
  /** False while somebody else's password is in use: screens ask the person to choose their own. */
  secretIsOwn: z.boolean(),
  now: instant,
  speed: z.number(),
});

export const done = z.object({ done: z.literal(true) });

export type GrantedRole = z.infer<typeof grantedRole>;
export type OwnMember = z.infer<typeof ownMember>;
export type Session = z.infer<typeof session>;
export type Me = z.infer<typeof me>;
