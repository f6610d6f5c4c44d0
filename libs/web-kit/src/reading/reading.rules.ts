import type { Passage, ReadPerson, ShownFigure, SourceMark } from './reading.shapes';

export type Chart = { chart: string; title: string; figures: ShownFigure[] };

/** Longest question in characters that the search takes. */
export const longestQuestion = 200;

/** A question as it is asked: what the address or the field holds, without blanks around it and no longer than the search takes. */
export const questionOf = (text: unknown) => (typeof text === 'string' ? [...text.trim()].slice(0, longestQuestion).join('').trim() : '');

/** Neighbours with the same key, in groups, in the order in which they come. */
export function groupNeighbours<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0]) === keyOf(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** The figures by chart, and those that belong to none. With `sizes`, a chart of which some figures are elsewhere is none either. */
export function chartsOf(figures: readonly ShownFigure[], sizes?: Record<string, number>): { charts: Chart[]; others: ShownFigure[] } {
  const charts = new Map<string, Chart>();
  for (const figure of figures) {
    if (figure.chart === null) continue;
    const { chart, title } = figure.chart;
    const known = charts.get(chart) ?? { chart, title, figures: [] };
    charts.set(chart, { ...known, figures: [...known.figures, figure] });
  }
  const whole = [...charts.values()].filter(({ chart, figures: own }) => sizes === undefined || own.length >= (sizes[chart] ?? Infinity));
  const drawn = new Set(whole.flatMap((chart) => chart.figures));
  return { charts: whole, others: figures.filter((figure) => !drawn.has(figure)) };
}

/** How many figures each chart has. */
export function chartSizes(figures: readonly Pick<ShownFigure, 'chart'>[]): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { chart } of figures) if (chart) sizes[chart.chart] = (sizes[chart.chart] ?? 0) + 1;
  return sizes;
}

/** The sections that figures come from, each once. */
export const sourcesOf = (figures: readonly ShownFigure[]): SourceMark[] => [
  ...new Map(figures.map(({ source }) => [`${source.document}/${source.section}`, source])).values(),
];

/** How long a bar is beside the longest of its chart, in per cent; anything above zero is visible. */
export function barPercent(value: number, figures: readonly Pick<ShownFigure, 'value'>[]): number {
  const largest = Math.max(0, ...figures.map((figure) => figure.value));
  return largest === 0 ? 0 : Math.max(0.5, (Math.max(0, value) / largest) * 100);
}

type Piece = { text: string } | { mark: number };

/** A passage with its note marks back in place. */
export function piecesOf({ text, notes }: Pick<Passage, 'text' | 'notes'>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { mark, at } of [...notes].sort((one, other) => one.at - other.at)) {
    if (at > from) pieces.push({ text: text.slice(from, at) });
    pieces.push({ mark });
    from = Math.max(from, at);
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Days in words of a language; null where a document has none. */
export function daysShown(startsOn: string | null, endsOn: string | null, language: string): string | null {
  if (startsOn === null) return null;
  const format = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
  if (endsOn === null || endsOn === startsOn) return format.format(day(startsOn));
  // The ranges of Chinese and Japanese know no long form: they would be figures and slashes.
  return /^(zh|ja)/.test(language)
    ? `${format.format(day(startsOn))} – ${format.format(day(endsOn))}`
    : format.formatRange(day(startsOn), day(endsOn));
}

/** Whether two titles say the same, apart from capitals and the form of quotation marks. */
export function isSameTitle(one: string, other: string): boolean {
  const plain = (title: string) => title.toLowerCase().replace(/\p{P}/gu, '');
  return plain(one) === plain(other);
}

/** The language in which an original name is written: Han letters in a document in English are those of the Japanese newsletter. */
export const languageOfName = ({ originalName }: Pick<ReadPerson, 'originalName'>, originalLanguage: string) =>
  originalLanguage === 'en' && /\p{Script=Han}/u.test(originalName) ? 'ja' : originalLanguage;

/** Where a screen is: `own` inside the app at `base`, else its whole address. */
export function placeOf(place: string, base: string): { own: boolean; path: string } {
  const own = place.startsWith('/console/') === (base === '/console/');
  return { own, path: own && base !== '/' ? place.slice(base.length - 1) : place };
}
