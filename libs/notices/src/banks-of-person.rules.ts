import type { Actor } from '@timebank/access';

/** Every bank in which a person has a role, each once; a role in the whole city makes nobody part of a bank. */
export function banksOfPerson(actor: Actor): string[] {
  return [...new Set(actor.roles.flatMap(({ bankId }) => bankId ?? []))];
}
