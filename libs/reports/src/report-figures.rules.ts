export type FigureCell = string | number | null;
/** The path to a figure, as in `years`, `2026`, `earnedMinutes`, and its value. */
export type Figure = readonly [path: readonly string[], value: FigureCell];

/** Fields that name a row of a list. */
const names = ['band', 'year', 'source', 'assurance', 'class', 'code', 'kind', 'personId', 'volunteerId'];

/** Every figure of an answer, in its order. */
export function figuresOf(value: unknown, path: readonly string[] = []): Figure[] {
  if (Array.isArray(value)) return (value as object[]).flatMap((row) => rowFiguresOf(row, path));
  if (typeof value !== 'object' || value === null) return [[path, value as FigureCell]];
  return Object.entries(value).flatMap(([key, part]) => figuresOf(part, [...path, key]));
}

function rowFiguresOf(row: object, path: readonly string[]): Figure[] {
  const fields = Object.entries(row);
  const name = fields.find(([key]) => names.includes(key))?.[1] as string | number;
  return fields.filter(([key]) => !names.includes(key)).flatMap(([key, part]) => figuresOf(part, [...path, String(name), key]));
}
