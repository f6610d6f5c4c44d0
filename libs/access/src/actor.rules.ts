import { permissions, type PermissionName, type ProxyScope, type RoleName } from '@timebank/contract';

export type ActorRole = {
  role: RoleName;
  bankId: string | null;
  memberId: string | null;
  /** For a guest's role: the bank that the person is a member of. */
  homeBankId?: string | null;
};

/** What a person may do in a client's place. */
export type ProxyRole = { bankId: string; clientId: string; scope: ProxyScope };

/** A signed-in person with everything they were given. Abilities receive it and check ids against it. */
export type Actor = {
  personId: string;
  /** The sign-in that a call came with. */
  sessionId?: string;
  roles: readonly ActorRole[];
  /** For whom they may act; with one, `roles` has `proxy` in that bank. */
  proxies?: readonly ProxyRole[];
  /** The client in whose place this call stands. */
  standsFor?: string;
};

/** What the door answers. `hidden` looks like "not there", so a stranger learns nothing about another bank. */
export type Decision = 'allowed' | 'sign_in' | 'forbidden' | 'hidden';

/** Whether a role counts in a bank: given there, or admin or auditor of the whole city. */
export function hasRole(actor: Actor, role: RoleName, bankId: string): boolean {
  return actor.roles.some(
    (given) => given.role === role && (given.bankId === bankId || (given.bankId === null && (role === 'admin' || role === 'auditor'))),
  );
}

/** Whether any role ties the person to a bank. */
function belongsTo(actor: Actor, bankId: string): boolean {
  return actor.roles.some((given) => given.bankId === bankId || given.bankId === null);
}

/** Whether the person runs the whole city. */
export function isCityAdmin(actor: Actor): boolean {
  return actor.roles.some((given) => given.role === 'admin' && given.bankId === null);
}

/** Whether the person may look into the whole city. */
function isCityAuditor(actor: Actor): boolean {
  return actor.roles.some((given) => given.role === 'auditor' && given.bankId === null);
}

const staffRoles: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];

/** Where a person is coordinator, admin or auditor: these banks, or the whole city. */
export function staffBanksOf(actor: Actor): string[] | 'city' {
  const banks = actor.roles.filter(({ role }) => staffRoles.includes(role)).map(({ bankId }) => bankId);
  return banks.includes(null) ? 'city' : [...new Set(banks as string[])];
}

/** The member id a person has at a bank; null for a city role without membership. */
export function memberIn(actor: Actor, bankId: string): string | null {
  return actor.roles.find((given) => given.bankId === bankId && given.memberId !== null)?.memberId ?? null;
}

/** Whether a member, of whatever bank, is the person who acts: nobody decides for themselves. */
export function isOneself(actor: Actor, memberId: string): boolean {
  return actor.roles.some((given) => given.memberId === memberId);
}

/** The actor in a client's place: to whatever is asked, they are that client, in that bank and nothing else; what is written names who it was. */
export function standIn({ personId, sessionId }: Actor, bankId: string, clientId: string): Actor {
  return { personId, sessionId, roles: [{ role: 'client', bankId, memberId: clientId }], standsFor: clientId };
}

/** The home bank of a guest at this bank; null for everybody else. */
export function guestHome(actor: Actor, bankId: string): string | null {
  return actor.roles.find((given) => given.bankId === bankId && given.homeBankId)?.homeBankId ?? null;
}

/** A bank and every other where the person acts as the same member: home, and where they are a guest. */
export function banksOf(actor: Actor, bankId: string): string[] {
  const memberId = memberIn(actor, bankId);
  const own = actor.roles.filter((given) => memberId !== null && given.memberId === memberId).flatMap((given) => given.bankId ?? []);
  return [...new Set([bankId, ...own])];
}

/** Deny by default: only what the permission table grants is allowed. `bankId` is null on routes outside any bank. */
export function decide(actor: Actor | null, permission: PermissionName, bankId: string | null): Decision {
  const granted = permissions[permission];
  if (granted === 'anyone') return 'allowed';
  if (actor === null) return 'sign_in';
  if (granted === 'signed in') return 'allowed';
  if (granted === 'staff') return staffBanksOf(actor).length > 0 ? 'allowed' : 'forbidden';
  if (granted.some((role) => role === 'city admin')) {
    if (isCityAdmin(actor) || (granted.some((role) => role === 'city auditor') && isCityAuditor(actor))) return 'allowed';
    return bankId !== null && !belongsTo(actor, bankId) ? 'hidden' : 'forbidden';
  }
  if (bankId === null) return 'forbidden';
  if (!belongsTo(actor, bankId)) return 'hidden';
  return granted.some((role) => role !== 'city admin' && role !== 'city auditor' && hasRole(actor, role, bankId)) ? 'allowed' : 'forbidden';
}

/** As what an actor is let through: the first of the roles that the permission names and that they hold there; null where none is asked for. */
export function actsAs(actor: Actor, permission: PermissionName, bankId: string | null): RoleName | 'city admin' | 'city auditor' | null {
  const granted = permissions[permission];
  if (granted === 'anyone' || granted === 'signed in' || granted === 'staff') return null;
  if (actor.standsFor !== undefined) return 'proxy';
  if (bankId !== null) {
    const own = granted.find((role) => actor.roles.some((given) => given.role === role && given.bankId === bankId));
    if (own !== undefined && own !== 'city admin' && own !== 'city auditor') return own;
  }
  return isCityAdmin(actor) && granted.some((role) => role === 'admin' || role === 'city admin')
    ? 'city admin'
    : isCityAuditor(actor)
      ? 'city auditor'
      : null;
}

/**
 * Whether an actor may set how a person signs in, or bar them: their own; for others only who could have given every role
 * that person has at home or in the city; what they have as a guest elsewhere does not count. Otherwise a coordinator could take
 * over an admin's sign-in by giving it a new password.
 */
export function mayChangeSignIn(actor: Actor, person: Actor): boolean {
  if (actor.personId === person.personId || isCityAdmin(actor)) return true;
  return person.roles.every(({ role, bankId, homeBankId }) => {
    if (homeBankId) return true;
    if (bankId === null || role === 'admin') return false;
    const byAdmin = role === 'coordinator' || role === 'auditor';
    return hasRole(actor, 'admin', bankId) || (!byAdmin && hasRole(actor, 'coordinator', bankId));
  });
}

/** Whether an actor may give or take a role in a bank: admin by the city admin, the others by the bank's admin. */
export function mayGrant(actor: Actor, role: RoleName, bankId: string): boolean {
  return role === 'admin' ? isCityAdmin(actor) : hasRole(actor, 'admin', bankId);
}
