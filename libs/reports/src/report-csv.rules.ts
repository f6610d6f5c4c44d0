import { type Language, type LeftOut, reportWords, type ReportWords } from '@timebank/contract';
import { csvMark, writeCsv } from '@timebank/kernel';
import { type Figure, type FigureCell, figuresOf } from './report-figures.rules';
import { isMinutes, rowWord, valueText } from './report-words';

/** A report of a bank, or without one of the whole city. */
type Report = { bankId?: string; bankName?: string } & Partial<Record<Day, string>>;
type Day = 'on' | 'from' | 'to';
/** Which of the reports, and the days that it is of. */
type Kind = { whole: 'saved' | 'visits'; days: readonly Day[] };

export const liabilityTable: Kind = { whole: 'saved', days: ['on'] };
export const integrityTable: Kind = { whole: 'visits', days: ['from', 'to'] };

/** Figures without a column of their own. */
function figuresBeside(report: Report, { days }: Kind): Figure[] {
  const columns: readonly string[] = ['bankId', 'bankName', ...days];
  return figuresOf(report).filter(([path]) => !columns.includes(path.join('.')));
}

/**
 * Reports as a table, one line a figure; a bank left out has one line that names its zone. Without a language for programs: the same names as in
 * the answer and ids, in columns that stay. With one for a reader: words, names and hours, and plain minutes in a column to calculate with.
 */
export function writeReportCsv(kind: Kind, reports: readonly Report[], leftOut: readonly LeftOut[], language: Language | null): string {
  return csvMark + writeCsv(language === null ? programRows(kind, reports, leftOut) : readerRows(kind, reports, leftOut, language));
}

function programRows(kind: Kind, reports: readonly Report[], leftOut: readonly LeftOut[]): FigureCell[][] {
  return [
    ['scope', 'bankId', ...kind.days, 'figure', 'value'],
    ...reports.flatMap((report) => {
      const about = [report.bankName ?? 'city', report.bankId ?? null, ...kind.days.map((day) => report[day] ?? null)];
      return figuresBeside(report, kind).map(([path, value]) => [...about, path.join('.'), value]);
    }),
    ...leftOut.map((bank) => [bank.bankName, bank.bankId, ...kind.days.map(() => null), 'leftOut', bank.timeZone]),
  ];
}

function readerRows(kind: Kind, reports: readonly Report[], leftOut: readonly LeftOut[], language: Language): FigureCell[][] {
  const { columns, parts, city } = reportWords(language);
  return [
    [columns.bank, ...kind.days.map((day) => columns[day]), columns.part, columns.row, columns.figure, columns.value, columns.minutes],
    ...reports.flatMap((report) => {
      const about = [report.bankName ?? city, ...kind.days.map((day) => report[day] ?? null)];
      return figureRows(figuresBeside(report, kind), kind.whole, language).map((row) => [...about, ...row]);
    }),
    ...leftOut.map((bank) => [
      bank.bankName,
      ...kind.days.map(() => null),
      parts.leftOut.title,
      null,
      parts.leftOut.timeZone,
      bank.timeZone,
      null,
    ]),
  ];
}

/** Rows that belong together stay together, in the order in which the answer begins them. */
function figureRows(figures: readonly Figure[], whole: Kind['whole'], language: Language): FigureCell[][] {
  const { parts, cityPerson } = reportWords(language);
  // A person's rows go by their id; a person without a name here is of the city.
  const named = figures.filter(([path]) => path[2] === 'name');
  const names = new Map(named.map(([[part, id], name]) => [`${part} ${id}`, name ?? cityPerson]));
  const rows = figures
    .filter(([path]) => path[2] !== 'name')
    .map(([path, value]) => {
      const name = path.at(-1) as string;
      const part = (path.length === 1 ? whole : path[0]) as keyof ReportWords['parts'];
      const row = path.length < 3 ? null : (names.get(`${part} ${path[1]}`) ?? rowWord(language, part, path[1] as string));
      const said: Record<string, string> = parts[part];
      return [said['title'] as string, row, said[name] as string, valueText(language, name, value), isMinutes(name) ? value : null];
    });
  return [...Map.groupBy(rows, ([part]) => part).values()].flat();
}
