import { type ImportField, type ImportKind, importFields } from '@timebank/contract';
import headers from './headers.json' with { type: 'json' };

/** Which column holds a field: its place in the head, from 0. */
export type Columns = Partial<Record<ImportField, number>>;

/** One spelling for a head: what stands in brackets, blanks, stars and punctuation do not count, nor do width and case. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

const spellings = Object.entries(headers).flatMap(([field, names]) =>
  names.map((name) => ({ field: field as ImportField, folded: foldHeader(name) })),
);

/** Of each kind: at least one of every group must have a column. */
const needed: Record<ImportKind, readonly (readonly ImportField[])[]> = {
  members: [['name'], ['birthDate', 'identityNumber']],
  balances: [
    ['number', 'name'],
    ['minutes', 'hours'],
  ],
  visits: [['volunteerNumber', 'volunteerName'], ['serviceKind'], ['day', 'startedAt'], ['minutes', 'hours', 'endedAt']],
  relations: [['number', 'name'], ['otherNumber', 'otherName'], ['relation']],
  qualifications: [['number', 'name'], ['qualification'], ['validUntil']],
};

/** Fields without which no row could be taken: the first of each group that has no column. */
export function missingFields(kind: ImportKind, columns: Columns): ImportField[] {
  return needed[kind].filter((group) => group.every((field) => columns[field] === undefined)).map(([first]) => first as ImportField);
}

/**
 * Which column is which field: by what was chosen here before, then by the exact name in any of the languages, then by part of a name, longest first. A
 * column is one field at most, and a field has one column.
 */
export function guessColumns(kind: ImportKind, heads: readonly string[], remembered: Readonly<Record<string, ImportField>> = {}): Columns {
  const fields: readonly ImportField[] = importFields[kind];
  const folded = heads.map(foldHeader);
  const columns: Columns = {};
  const taken = new Set<number>();
  const take = (field: ImportField, column: number) => {
    if (columns[field] !== undefined || taken.has(column) || !fields.includes(field)) return;
    columns[field] = column;
    taken.add(column);
  };
  folded.forEach((head, column) => {
    const field = remembered[head];
    if (field !== undefined) take(field, column);
  });
  for (const { field, folded: name } of spellings) folded.forEach((head, column) => head === name && take(field, column));
  const parts = spellings
    .filter(({ folded: name }) => name.length >= (/^[a-z]+$/.test(name) ? 4 : 2))
    .toSorted((one, other) => other.folded.length - one.folded.length);
  for (const { field, folded: name } of parts) folded.forEach((head, column) => head.includes(name) && take(field, column));
  return columns;
}

/** What a file most likely is: the kind that lacks nothing and knows most of its columns; members if none does. */
export function guessKind(heads: readonly string[], kinds: readonly ImportKind[]): ImportKind {
  const scored = kinds.map((kind) => {
    const columns = guessColumns(kind, heads);
    return { kind, score: missingFields(kind, columns).length === 0 ? Object.keys(columns).length : 0 };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best), { kind: 'members' as ImportKind, score: 0 }).kind;
}

/** How many cells of a row are heads that somebody might look for. */
export function knownHeads(cells: readonly string[]): number {
  return cells.filter((cell) => {
    const folded = foldHeader(cell);
    return folded !== '' && spellings.some(({ folded: name }) => name === folded);
  }).length;
}
