import { z } from 'zod';
import { id, instant, personName, phone } from './primitives';
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
export const codeSignInInput = z.strictObject({ phone, code: z.string().regex(/^\d{6}$/) });

export const session = z.object({
  token: z.string(),
  member: ownMember.nullable(),
  roles: z.array(grantedRole),
});

export const me = z.object({
  personId: id,
  member: ownMember.nullable(),
  roles: z.array(grantedRole),
  banks: z.array(z.object({ bankId: id, name: z.string(), phone: z.string(), timeZone: z.string() })),
  now: instant,
  speed: z.number(),
});

export const done = z.object({ done: z.literal(true) });

export type GrantedRole = z.infer<typeof grantedRole>;
export type OwnMember = z.infer<typeof ownMember>;
export type Session = z.infer<typeof session>;
export type Me = z.infer<typeof me>;
