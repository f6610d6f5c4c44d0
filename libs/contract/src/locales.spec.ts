import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { actReasonCodes, waitingActKinds } from './access/acts.messages';
import { appealRemedies, appealStates } from './visits/appeals.messages';
import { accountKinds, transferClasses, transferKinds } from './hours/ledger.messages';
import { grantOutcomes, grantReasons } from './hours/grants.messages';
import { guestStates } from './members/guests.messages';
import { letterCodes, letterOutcomes, letterReasonCodes } from './visits/letters.messages';
import { circumstanceCodes, relationKinds } from './members/members.messages';
import { noticeKinds } from './notices/notices.messages';
import { waysOut } from './visits/exception-ways';
import { pastVisitReasonCodes } from './visits/past-visits.messages';
import { policyKeys } from './banks/policy';
import { refusals } from './refusals';
import { ageBands, timeSources } from './reports/reports.messages';
import { integrityKinds } from './reports/integrity.messages';
import { requestStates } from './requests/requests.messages';
import { roleNames } from './access/roles';
import {
  assurances,
  callBackResults,
  clientAnswers,
  exceptionCodes,
  lanes,
  manualReasonCodes,
  payers,
  reasonCodes,
  visitStates,
} from './visits/visits.messages';

type Words = Record<string, Record<string, string>>;

const read = (locale: string) => JSON.parse(readFileSync(join('libs/contract/locales', `${locale}.json`), 'utf8')) as Words;
const source = read('zh-Hans');

/** Codes that only a front end knows: no answer came at all. */
const codesOfTheBrowser = ['service/unreachable'];

const closedLists: Record<string, readonly string[]> = {
  refusals: [...Object.keys(refusals), ...codesOfTheBrowser],
  exceptions: exceptionCodes,
  lanes,
  visitStates,
  requestStates,
  guestStates,
  accountKinds,
  transferKinds,
  classes: transferClasses,
  roles: roleNames,
  relationKinds,
  reasonCodes,
  manualReasonCodes,
  pastVisitReasonCodes,
  payers,
  exceptionWays: waysOut,
  assurances,
  callBackResults,
  clientAnswers,
  appealStates,
  appealRemedies,
  letterCodes,
  letterOutcomes,
  letterReasonCodes,
  policyKeys,
  waitingActKinds,
  actReasonCodes,
  circumstances: circumstanceCodes,
  grantReasons,
  grantOutcomes,
  ageBands,
  timeSources,
  notices: noticeKinds,
  integrityKinds,
};

const placeholders = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('the shared words', () => {
  it.each(Object.keys(closedLists))('have a Chinese word for every one of %s and for nothing else', (section) => {
    expect(Object.keys(source[section] ?? {}).sort()).toEqual([...(closedLists[section] ?? [])].sort());
  });

  it('have a word for every service kind and qualification that the migration lays down', () => {
    const sql = readFileSync('prisma-free-migrations/0006-requests.sql', 'utf8');
    const rows = [...sql.matchAll(/\('([a-z_]+)', '[^']+', '(\w+)', (?:null|'([a-z_]+)'), \d+, \d+\)/g)];
    expect(rows.map((row) => row[1]).filter((code) => !source['serviceKinds']?.[code as string])).toEqual([]);
    expect(rows.map((row) => row[3]).filter((code) => code && !source['qualifications']?.[code])).toEqual([]);
    expect(rows.length).toBeGreaterThan(8);
  });

  it.each(['en'])('are complete in %s, with the same placeholders', (locale) => {
    const translated = read(locale);
    expect(Object.keys(translated)).toEqual(Object.keys(source));
    for (const [section, words] of Object.entries(source)) {
      expect(Object.keys(translated[section] ?? {})).toEqual(Object.keys(words));
      for (const [key, word] of Object.entries(words)) {
        expect([key, placeholders(translated[section]?.[key] ?? '')]).toEqual([key, placeholders(word)]);
        expect(translated[section]?.[key]?.trim()).toBeTruthy();
      }
    }
  });

  it('have a question for every flag in every language, with the same placeholders in each of its forms', () => {
    const [chinese, english] = ['zh-Hans', 'en'].map(
      (locale) => JSON.parse(readFileSync(join('libs/contract/locales', `questions.${locale}.json`), 'utf8')) as Record<string, string>,
    ) as [Record<string, string>, Record<string, string>];
    expect([Object.keys(chinese), Object.keys(english)]).toEqual([integrityKinds, integrityKinds]);
    for (const [kind, question] of Object.entries(chinese)) {
      const forms = (english[kind] as string).split(' | ');
      expect([kind, forms.length <= 2, ...forms.map(placeholders)]).toEqual([kind, true, ...forms.map(() => placeholders(question))]);
    }
  });

  it('call the parts of the reports the same in every language, with the same placeholders', () => {
    const flat = (words: object): [string, string][] =>
      Object.entries(words).flatMap(([key, word]: [string, unknown]): [string, string][] =>
        typeof word === 'string' ? [[key, word]] : flat(word as object).map(([rest, text]) => [`${key}.${rest}`, text]),
      );
    const [chinese, english] = ['zh-Hans', 'en'].map((locale) => flat(read(`reports.${locale}`))) as [
      [string, string][],
      [string, string][],
    ];
    const shapes = (words: [string, string][]) =>
      words.map(([key, word]) => [key, word.trim() !== '' && !/[@|]/.test(word), placeholders(word)]);
    expect(shapes(english)).toEqual(shapes(chinese));
    expect(chinese.length).toBeGreaterThan(100);
  });

  it('C12: say in no refusal that what was typed is still there: only a form knows whether anything was', () => {
    for (const locale of ['zh-Hans', 'en']) {
      const { refusals: sentences = {}, typed = {} } = read(locale);
      const stays = typed['stays']?.replace(/\P{L}+$/u, '') ?? '';
      expect(stays.length).toBeGreaterThan(5);
      expect(Object.values(sentences).filter((sentence) => sentence.includes(stays) || /what you typed/i.test(sentence))).toEqual([]);
    }
  });

  it('hold no sign that the message syntax would read as its own', () => {
    for (const locale of ['zh-Hans', 'en']) {
      expect(
        Object.values(read(locale))
          .flatMap((words) => Object.values(words))
          .filter((word) => /[@|]/.test(word)),
      ).toEqual([]);
    }
  });

  it('say in no English sentence "1 days": what may be one stands behind its unit', () => {
    const { refusals: sentences = {} } = read('en');
    expect(Object.entries(sentences).filter(([, sentence]) => /\{(days|hours|weeks|months|years)\} \w+s\b/.test(sentence))).toEqual([]);
  });
});
