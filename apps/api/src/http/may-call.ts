import { type Actor, decide } from '@timebank/access';
import { type PermissionName, refuse } from '@timebank/contract';

/** How what the permission table decides is answered. */
export const refusalFor = { sign_in: 'access/not_signed_in', forbidden: 'access/not_allowed', hidden: 'request/not_found' } as const;

/** Refuses whom the permission table does not let through. */
export function refuseUnless(actor: Actor | null, permission: PermissionName, bankId: string | null): void {
  const decision = decide(actor, permission, bankId);
  if (decision !== 'allowed') throw refuse(refusalFor[decision]);
}
