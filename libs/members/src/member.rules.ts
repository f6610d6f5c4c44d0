import { type RelationKind, refuse } from '@timebank/contract';
import { cleanText } from '@timebank/kernel';

/** Names are free text; only their form is made one, so that the same name typed on two keyboards is the same name. */
export function cleanName(name: string): string {
  return cleanText(name);
}

const inverses: Record<RelationKind, RelationKind> = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  grandparent: 'grandchild',
  grandchild: 'grandparent',
  sibling: 'sibling',
  household: 'household',
};

/** The same relation seen from the other person. */
export function inverseOf(kind: RelationKind): RelationKind {
  return inverses[kind];
}

/** A pattern that finds the text itself, even where its characters mean something to LIKE. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A contact phone may be missing; signing in by phone needs one. */
export function refuseSignInWithoutPhone(signsIn: boolean, phone: string | null): void {
  if (signsIn && phone === null) throw refuse('members/phone_needed', {}, 'body.phone');
}
