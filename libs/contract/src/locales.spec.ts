import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { actReasonCodes, waitingActKinds } from './access/acts.messages';
import { appealRemedies, appealStates } from './visits/appeals.messages';
import { accountKinds, transferClasses, transferKinds } from './hours/ledger.messages';
import { grantOutcomes, grantReasons } from './hours/grants.messages';
import { guestStates } from './members/guests.messages';
import { letterCodes, letterOutcomes, letterReasonCodes } from './visits/letters.messages';
import { circumstanceCodes, genders, relationKinds } from './members/members.messages';
import { noticeKinds } from './notices/notices.messages';
import { gateReasonCodes } from './visits/gate-reasons';
import { waysOut } from './visits/exception-ways';
import { pastVisitReasonCodes } from './visits/past-visits.messages';
import { languages } from './language-list';
import { policyKeys } from './banks/policy';
import { refusals } from './refusals';
import { ageBands, timeSources } from './reports/reports.messages';
import { integrityKinds } from './reports/integrity.messages';
import { kindClasses, riskLevels } from './requests/kind-lists';
import { cancelReasons, cancelSides } from './visits/cancel-lists';
import { requestStates } from './requests/requests.messages';
import { roleNames } from './access/roles';
import { qualificationStatuses } from './members/qualification-lists';
import { activityParts, activityStates } from './activities/activity-lists';
import { importFields, importKinds, importProblemCodes, importStates } from './imports/import-lists';
import {
  checkInResults,
  finders,
  findingResults,
  proxyConfirmations,
  proxyEndReasons,
  proxyRelations,
  proxyScopes,
  proxyStates,
} from './family/family-lists';
import { courseStates, placeStates } from './training/training-lists';
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
  importKinds,
  importStates,
  importFields: [...new Set<string>(Object.values(importFields).flat())],
  importProblems: importProblemCodes,
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
  gateReasons: gateReasonCodes,
  genders,
  riskLevels,
  kindClasses,
  cancelSides,
  cancelReasons,
  qualificationStatuses,
  activityParts,
  activityStates,
  checkInResults,
  finders,
  findingResults,
  proxyConfirmations,
  proxyEndReasons,
  proxyRelations,
  proxyScopes,
  proxyStates,
  courseStates,
  placeStates,
};

describe('the shared words', () => {
  it.each(Object.keys(closedLists))('have a Chinese word for every one of %s and for nothing else', (section) => {
    expect(Object.keys(source[section] ?? {}).sort()).toEqual([...(closedLists[section] ?? [])].sort());
  });

  it('have a word for every qualification that the migration lays down; the kinds of service carry their own', () => {
    const sql = readFileSync('prisma-free-migrations/0006-requests.sql', 'utf8');
    const rows = [...sql.matchAll(/\('([a-z_]+)', '[^']+', '(\w+)', (?:null|'([a-z_]+)'), \d+, \d+\)/g)];
    expect(rows.map((row) => row[3]).filter((code) => code && !source['qualifications']?.[code])).toEqual([]);
    expect(rows.length).toBeGreaterThan(8);
  });

  it('have a question for every flag', () => {
    const asked = JSON.parse(readFileSync('libs/contract/locales/questions.zh-Hans.json', 'utf8')) as Record<string, string>;
    expect(Object.keys(asked)).toEqual(integrityKinds);
  });

  it('C12: say in no refusal that what was typed is still there: only a form knows whether anything was', () => {
    for (const locale of languages) {
      const { refusals: sentences = {}, typed = {} } = read(locale);
      const stays = typed['stays']?.replace(/\P{L}+$/u, '') ?? '';
      expect(stays.length).toBeGreaterThan(5);
      expect(Object.values(sentences).filter((sentence) => sentence.includes(stays) || /what you typed/i.test(sentence))).toEqual([]);
    }
  });

  it('hold no sign that the message syntax would read as its own', () => {
    for (const locale of languages) {
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
