import type { ImportField } from '@timebank/contract';
import { foldName } from '@timebank/kernel';
import { readBirthDate, readLine } from './cells.rules';
import type { FoundPeople, FoundPerson, PersonNamed } from './find-people';
import type { Candidate } from './planned';
import type { Cells } from './row-reading.rules';

export type PersonFields = { number: ImportField; name: ImportField; birthDate: ImportField };

/** So many of those who may be meant are shown. */
const mostShown = 5;

export const candidateOf = ({ memberId, memberNumber, name, birthDate }: FoundPerson): Candidate => ({
  memberId,
  memberNumber,
  name,
  birthDate,
});

/** Whom a row names; nobody where it says neither number nor name. */
export function namedPerson(cells: Cells, fields: PersonFields, today: string): PersonNamed | null {
  const number = cells.maybe(fields.number, (cell) => readLine(cell, 60));
  const name = cells.maybe(fields.name, (cell) => readLine(cell, 100));
  const birthDate = cells.maybe(fields.birthDate, (cell) => readBirthDate(cell, cells.reading.epoch, today));
  return number === null && name === null ? null : { number, name, birthDate };
}

export function neededPerson(cells: Cells, fields: PersonFields, today: string): PersonNamed {
  const named = namedPerson(cells, fields, today);
  if (named === null) throw cells.wrong(cells.reading.has(fields.number) ? fields.number : fields.name, 'missing');
  return named;
}

/** Whether what a row says of a person beside the number is theirs. */
export const fits = (named: Omit<PersonNamed, 'number'>, person: FoundPerson): boolean =>
  (named.name === null || foldName(named.name) === foldName(person.name)) &&
  (named.birthDate === null || named.birthDate === person.birthDate);

const shown = (people: readonly FoundPerson[]) => ({ candidates: people.slice(0, mostShown).map(candidateOf) });

/**
 * The one member whom a row means. A number decides; the name beside it has to be the same person's. Without a number the name does, where it is one
 * person's. `not_found`, `several` and `another_person` show who may be meant, `has_left` who is gone.
 */
export function meantPerson(cells: Cells, fields: PersonFields, named: PersonNamed, { byNumber, byName }: FoundPeople): FoundPerson {
  const field = named.number === null ? fields.name : fields.number;
  const people = named.number === null ? byName : byNumber.filter((person) => fits(named, person));
  const [only, ...others] = people;
  if (!only && byNumber.length > 0) throw cells.wrong(field, 'another_person', shown(byNumber));
  if (!only) throw cells.wrong(field, 'not_found', named.number === null ? {} : shown(byName));
  if (others.length > 0) throw cells.wrong(field, 'several', shown(people));
  if (only.leftOn !== null) throw cells.wrong(field, 'has_left', shown([only]));
  return only;
}
