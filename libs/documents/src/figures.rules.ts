import type { DocumentLanguage } from '@timebank/contract';
import type { Labels } from './catalogue';

export type FigureValue = { value: number; upper: number | null; qualifier: string; unit: string; year: number | null; forecast: boolean };

/** Numbers from here on are written in words of the language: ten million is 1000 times ten thousand in Chinese, Japanese and Korean. */
const large = 1_000_000;
/** Units of places on a calendar: no thousands are grouped. */
const calendar = new Set(['date', 'edition']);

function number(language: DocumentLanguage, value: number, unit: string): string {
  if (calendar.has(unit)) return String(value);
  const form: Intl.NumberFormatOptions = value >= large ? { notation: 'compact', compactDisplay: 'long' } : { maximumFractionDigits: 6 };
  return new Intl.NumberFormat(language, form).format(value);
}

/** A figure as one writes it in a language: the value or range with its unit, and how exact it is. */
export function showFigure(language: DocumentLanguage, labels: Labels, { value, upper, qualifier, unit }: FigureValue): string {
  const range = upper === null ? number(language, value, unit) : `${number(language, value, unit)}–${number(language, upper, unit)}`;
  const withUnit = (labels.units[unit] ?? '{value}').replace('{value}', range);
  return (labels.how[qualifier] ?? '{value}').replace('{value}', withUnit);
}

/** The year that a figure is about, marked where it was foretold. */
export function showYear(labels: Labels, { year, forecast }: FigureValue): string {
  if (year === null) return labels.undated;
  return forecast ? `${year} (${labels.forecast})` : String(year);
}
