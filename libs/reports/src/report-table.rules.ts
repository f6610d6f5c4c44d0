import { fill, type Language, reportWords, type ReportWords } from '@timebank/contract';
import { forFolders } from '@timebank/paper';

/** A table to hand out. `plainName` is for programs, and for what cannot write the other. */
export type Table = { name: string; plainName: string; text: string };

/** Without a bank of the whole city. */
type About = { bankName?: string; on?: string; from?: string; to?: string };

/** A table with the name under which a reader finds it again: what it is, of which bank, and which days. */
export function tableOf(
  which: keyof ReportWords['fileNames'],
  plainName: string,
  { bankName, on = '', from = '', to = '' }: About,
  language: Language | null,
  text: string,
): Table {
  if (language === null) return { name: plainName, plainName, text };
  const { fileNames, city } = reportWords(language);
  return { name: forFolders(fill(fileNames[which], { name: bankName ?? city, on, from, to })), plainName, text };
}
