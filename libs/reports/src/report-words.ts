import { hoursText, type Language, reportWords, wordFor, type WordSection } from '@timebank/contract';
import type { FigureCell } from './report-figures.rules';

/** Where the rows of a part have their words; a year or a name is its own. */
const rowLists: Record<string, readonly WordSection[]> = {
  byAge: ['ageBands'],
  bySource: ['timeSources'],
  byAssurance: ['assurances'],
  byClass: ['classes'],
  exceptions: ['exceptions'],
  manualReasons: ['manualReasonCodes', 'pastVisitReasonCodes'],
  shorteningReasons: ['reasonCodes'],
  rejectionReasons: ['reasonCodes'],
  flags: ['integrityKinds'],
};

/** The word for a row; the code itself where a city has one of its own. */
export function rowWord(language: Language, part: string, code: string): string {
  const told = (rowLists[part] ?? []).map((section) => wordFor(language, section, code)).find((word) => word !== code) ?? code;
  return part === 'byAssurance' ? `${code} ${told}` : told;
}

/** Policies that set no limit say so; every other figure that does not exist is an empty cell. */
const withoutLimit = ['issueLimitMinutes', 'roomToIssueMinutes'];
export const isMinutes = (name: string) => name === 'minutes' || name.endsWith('Minutes');

/** A figure as people read it; its name gives its unit. */
export function valueText(language: Language, name: string, value: FigureCell): FigureCell {
  if (value === null) return withoutLimit.includes(name) ? reportWords(language).noLimit : null;
  if (typeof value === 'string') return value;
  if (isMinutes(name)) return hoursText(language, value);
  return name.endsWith('Percent') ? `${value}%` : value;
}
