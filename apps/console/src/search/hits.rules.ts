import type { SearchHit } from '@timebank/contract/client';

/** Where a thing that was found is opened. A card is shown with the member whose card it is. */
export function placeOfHit({ kind, id, memberId }: SearchHit): string {
  if (kind === 'card') return memberId === undefined ? '/members' : `/members/${memberId}`;
  return `/${kind}s/${id}`;
}

/** The pieces of a hit's detail; a visit's and a request's are its state and when it begins. */
export const piecesOfDetail = ({ detail }: SearchHit): string[] => detail.split(' · ').filter((piece) => piece !== '');

/** Screens whose names have what was typed in them, wherever; all of them while nothing is typed. */
export function screensNamed<Screen extends { title: string }>(screens: readonly Screen[], typed: string): Screen[] {
  const sought = typed.trim().toLocaleLowerCase();
  return screens.filter(({ title }) => title.toLocaleLowerCase().includes(sought));
}
