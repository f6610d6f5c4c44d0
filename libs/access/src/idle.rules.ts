import type { ActorRole } from './actor.rules';
import type { RoleName } from '@timebank/contract';

const hour = 3_600;
const deskRoles: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];

/**
 * How long a sign-in may lie idle, in seconds. NIST SP 800-63B-4, 2.1.3 and 2.2.3: at level 1 (one factor) a session is renewed every 30 days and
 * needs no idle limit; at level 2 within an hour. A desk sees everybody's data and still has one factor, so its sign-in ends within a working day:
 * people who go home leave nothing open. Members' phones are their own; half of the 30 days is our assumption.
 */
export function idleSecondsOf(roles: readonly ActorRole[]): number {
  return isStaff(roles) ? 8 * hour : 15 * 24 * hour;
}

/** Whether anything opens a desk to this person. */
export function isStaff(roles: readonly Pick<ActorRole, 'role'>[]): boolean {
  return roles.some(({ role }) => deskRoles.includes(role));
}
