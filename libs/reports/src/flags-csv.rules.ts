import { fill, type IntegrityFlag, type Language, questionFor, reportWords, wordFor } from '@timebank/contract';
import { csvMark, writeCsv } from '@timebank/kernel';
import { isMinutes, valueText } from './report-words';

type Row = (string | number | null)[];

/** One line a flag: for programs with the figures that raise it as `name=value` and the ids of visits, for a reader the question and their days. */
export function writeFlagsCsv(flags: readonly IntegrityFlag[], language: Language | null): string {
  return csvMark + writeCsv(language === null ? programRows(flags) : readerRows(flags, language));
}

const namesOf = ({ volunteers }: IntegrityFlag) => volunteers.map(({ name }) => name).join('; ');

function programRows(flags: readonly IntegrityFlag[]): Row[] {
  return [
    ['kind', 'volunteers', 'client', 'coordinator', 'figures', 'visitCount', 'newestVisitIds'],
    ...flags.map((flag) => [
      flag.kind,
      namesOf(flag),
      flag.client?.name ?? null,
      flag.coordinator?.name ?? null,
      Object.entries(flag.figures)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      flag.visitCount,
      flag.visits.map(({ visitId }) => visitId).join(' '),
    ]),
  ];
}

function readerRows(flags: readonly IntegrityFlag[], language: Language): Row[] {
  const { columns, cityPerson } = reportWords(language);
  return [
    [columns.kind, columns.volunteers, columns.client, columns.coordinator, columns.question, columns.visits, columns.newestDays],
    ...flags.map((flag) => [
      wordFor(language, 'integrityKinds', flag.kind),
      namesOf(flag),
      flag.client?.name ?? null,
      flag.coordinator === null ? null : (flag.coordinator.name ?? cityPerson),
      questionOf(flag, language),
      flag.visitCount,
      [...new Set(flag.visits.map(({ day }) => day))].join('; '),
    ]),
  ];
}

const rounded = (name: string, value: number) => (isMinutes(name) || name.endsWith('Percent') ? value : Math.round(value * 10) / 10);

/** The question as the desk asks it. */
function questionOf({ kind, figures }: IntegrityFlag, language: Language): string {
  const missing = { medianSeconds: '—', bankSeconds: '—' };
  const told = Object.entries(figures).map(([name, value]) => [name, valueText(language, name, rounded(name, value))]);
  return fill(questionFor(language, kind, figures['visits']), { ...missing, ...Object.fromEntries(told) });
}
