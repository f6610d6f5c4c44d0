import { z } from 'zod';
import * as acts from './access/acts.messages';
import * as access from './access/access.messages';
import * as appeals from './visits/appeals.messages';
import { bankShapes } from './banks/bank-shapes';
import * as clearing from './hours/clearing.messages';
import { documentShapes } from './documents/document-shapes';
import * as homes from './visits/home.messages';
import * as health from './service/health.messages';
import { helpingShapes } from './members/helping-shapes';
import * as guests from './members/guests.messages';
import * as grants from './hours/grants.messages';
import * as checkpoints from './hours/checkpoint.messages';
import { trailShapes } from './reports/trail-shapes';
import * as integrity from './reports/integrity.messages';
import * as ledger from './hours/ledger.messages';
import { leavingShapes } from './hours/leaving-shapes';
import * as letters from './visits/letters.messages';
import * as members from './members/members.messages';
import { careShapes } from './care/care-shapes';
import type { RouteName } from './paths';
import { empty, page, question } from './primitives';
import * as notices from './notices/notices.messages';
import * as reports from './reports/reports.messages';
import { requestShapes } from './requests/request-shapes';
import * as statements from './hours/statement.messages';
import { media, type Shape } from './shape';
import * as searching from './members/search.messages';
import * as scans from './visits/scans.messages';
import { signInShapes } from './access/sign-in-shapes';
import { importShapes } from './imports/import-shapes';
import { insuranceShapes } from './visits/insurance-shapes';
import { riskShapes } from './visits/risk-shapes';
import * as visits from './visits/visits.messages';

const bankRole = z.enum(['volunteer', 'client', 'coordinator', 'admin', 'auditor']);
const cityRole = z.enum(['admin', 'auditor']);

/** What each route takes and answers. */
export const shapes = {
  live: { answer: z.object({ status: z.literal('ok') }), summary: 'The process answers' },
  metrics: { answer: null, media: media.text, summary: 'Figures for Prometheus, with the configured token' },
  ready: { answer: health.readiness, summary: 'The process can serve: the database answers and its role is safe' },
  ...signInShapes,
  listNotices: { query: notices.noticeQuery, answer: notices.noticeList, summary: 'What I have been told, newest first' },
  readNotices: { body: notices.readInput, answer: notices.unreadNotices, summary: 'I have seen these' },
  putCoordinator: {
    body: acts.reasonInput.optional(),
    answer: access.grantedRole,
    kind: 'put',
    mayWait: true,
    summary: 'Make a member coordinator',
  },
  putRole: {
    params: { role: bankRole },
    body: acts.reasonInput.optional(),
    answer: access.grantedRole,
    kind: 'put',
    mayWait: true,
    summary: 'Give a role in a bank',
  },
  deleteRole: { params: { role: bankRole }, body: acts.reasonInput.optional(), answer: access.done, summary: 'Take a role in a bank back' },
  listWaitingActs: { query: acts.waitingActQuery, answer: acts.waitingActs, summary: 'What waits for a second person, the oldest first' },
  takeBackAct: { answer: access.done, outlastsClosing: true, summary: 'Take back what one asked for and nobody has confirmed' },
  putCityRole: {
    params: { role: cityRole },
    body: acts.reasonInput.optional(),
    answer: access.grantedRole,
    kind: 'put',
    summary: 'Give a role in the city',
  },
  deleteCityRole: {
    params: { role: cityRole },
    body: acts.reasonInput.optional(),
    answer: access.done,
    summary: 'Take a role in the city back',
  },

  ...bankShapes,

  search: { query: searching.searchQuery, answer: searching.searchAnswer, summary: 'People, and things by their ids, in all my banks' },
  listMembers: { query: members.memberQuery, answer: members.members, summary: 'Members, by name' },
  putMember: { body: members.memberInput, answer: members.member, kind: 'put', summary: 'Register a member' },
  getMember: { answer: members.member, summary: 'A member' },
  patchMember: { body: members.memberPatch, answer: members.member, mayWait: true, summary: 'Change a member' },
  listCorrections: { answer: members.memberCorrections, summary: 'What was corrected about a member, the newest first' },
  ...leavingShapes,
  startReset: {
    body: access.resetStart.optional(),
    answer: access.resetStarted,
    kind: 'create',
    mayWait: true,
    secret: true,
    summary: 'Send a member a code by which they choose a new password',
  },
  putRelation: { body: members.relationInput, answer: members.relation, kind: 'put', summary: 'Relate two members' },
  confirmRelation: { body: empty.optional(), answer: members.relation, kind: 'put', summary: 'Confirm what somebody else recorded' },
  listWaitingRelations: {
    query: members.waitingRelationQuery,
    answer: members.waitingRelations,
    summary: 'Relations that nobody has confirmed yet, the oldest first',
  },
  endRelation: { body: members.relationEnd, answer: access.done, summary: 'End a relation from a day on' },
  ...helpingShapes,

  listHosts: { query: guests.hostQuery, answer: guests.hosts, summary: 'Banks where I may help as a guest, and whether I have asked' },
  listGuests: { query: guests.guestQuery, answer: guests.guests, summary: 'Volunteers of other banks who help here, or ask to' },
  putGuest: { body: guests.guestInput, answer: guests.guest, kind: 'put', summary: 'Ask to help elsewhere, or confirm who asked' },
  deleteGuest: { answer: access.done, summary: 'End helping in another bank, or decline who has asked' },

  listCards: { query: z.strictObject(page), answer: members.cards, summary: 'Service cards of a client' },
  issueCard: { body: members.cardInput.optional(), answer: members.card, kind: 'create', secret: true, summary: 'Issue a service card' },
  revokeCard: { answer: access.done, summary: 'Revoke a service card' },
  listCardless: { answer: members.cardless, summary: 'Clients without a valid service card' },
  listCardSheets: {
    answer: members.cardSheets,
    summary: 'Sheets of cards of which nobody has said that they were saved, the oldest first',
  },
  saveCardSheet: { answer: access.done, summary: 'Say that a sheet of cards was saved' },
  putCardSheet: {
    body: members.cardSheetInput,
    answer: members.cardSheet,
    kind: 'put',
    costly: true,
    secret: true,
    summary: 'Issue service cards on one sheet to print, or make it again',
  },
  cardPlace: { params: { token: question(300) }, answer: members.cardPlace, summary: 'Which bank a card belongs to' },

  listDisplays: { query: scans.displayQuery, answer: scans.displays, summary: 'Displays of rotating codes' },
  putDisplay: { body: scans.displayInput, answer: scans.display, kind: 'put', secret: true, summary: 'Open a display of rotating codes' },
  closeDisplay: { answer: access.done, summary: 'Close a display' },
  screen: { params: { screen: question(100) }, answer: scans.screen, secret: true, summary: 'The code that a display shows now' },

  ...requestShapes,
  ...careShapes,

  home: { query: homes.homeQuery, answer: homes.home, summary: 'What the first screen needs, by role' },
  queue: { answer: visits.queue, summary: 'What waits for a decision, counted' },
  listVisits: { query: visits.visitQuery, answer: visits.visits, summary: 'Visits' },
  ...riskShapes,
  ...importShapes,
  ...insuranceShapes,
  getVisit: { answer: visits.visit, summary: 'A visit with its events' },
  listVisitScans: { query: visits.visitScanQuery, answer: visits.visitScans, summary: 'Every scan of a visit, as they arrived' },
  putScan: { body: scans.scanInput, answer: visits.visit, kind: 'put', outlastsClosing: true, summary: 'Scan in or out' },
  dayBundle: { answer: scans.dayBundle, secret: true, summary: 'What my phone needs to scan without signal' },
  putDevice: { body: scans.deviceInput, answer: access.done, kind: 'put', summary: "Register my phone's key" },
  putClientPlace: { body: scans.clientPlaceInput, answer: scans.clientPlace, kind: 'put', summary: "Record where a client's home is" },
  getClientPlace: { answer: scans.readClientPlace, summary: "Where a client's home is" },
  putLocationConsent: {
    body: scans.locationConsent,
    answer: scans.locationConsent,
    kind: 'put',
    summary: 'Whether my phone may say where it is when I scan',
  },
  getLocationConsent: { answer: scans.locationConsent, summary: 'Whether I have let my phone say where it is' },
  putManual: { body: visits.manualInput, answer: visits.visit, kind: 'put', summary: 'Enter the times of a visit by hand' },
  putPastVisit: { body: visits.pastVisitInput, answer: visits.visit, kind: 'put', summary: 'Record a visit that had no plan' },
  putClientAnswer: { body: visits.clientAnswerInput, answer: visits.visit, kind: 'put', summary: 'Say whether a visit to me was so' },
  putCallBack: { body: visits.callBackInput, answer: visits.visit, kind: 'put', summary: 'Record what the client said on the phone' },
  cancelVisit: { body: visits.visitCancelInput.optional(), answer: visits.visit, summary: 'Cancel a planned visit' },
  putApproval: {
    body: visits.approvalInput,
    // A thousand ids, each once more with its minutes, as a script may write them: indented, one a line.
    largestBody: { bytes: 131_072, values: 4_096 },
    answer: visits.approval,
    kind: 'put',
    summary: 'Approve or reject visits',
  },
  putAppeal: { body: appeals.appealInput, answer: appeals.appeal, kind: 'put', summary: 'Object to a rejection or a shortening' },
  listAppeals: { query: appeals.appealQuery, answer: appeals.appeals, summary: 'Appeals, the oldest first' },
  putAppealAnswer: { body: appeals.appealAnswerInput, answer: appeals.appeal, kind: 'put', summary: 'Answer an appeal' },
  listLetters: {
    query: letters.letterQuery,
    answer: letters.letters,
    summary: 'Offline scans that changed nothing, the nearest deadline first',
  },
  getLetter: { answer: letters.letter, summary: 'One offline scan that changed nothing' },
  putLetterAnswer: {
    body: letters.letterAnswerInput,
    answer: letters.letter,
    kind: 'put',
    summary: 'Close such a scan, with what came of it',
  },

  listAccounts: { query: ledger.accountQuery, answer: ledger.accounts, summary: 'Accounts of a bank' },
  getAccount: { answer: ledger.account, summary: 'An account' },
  showGiving: { answer: ledger.giving, summary: 'Whom I may give minutes to, and where donations go' },
  listEntries: { query: ledger.entryQuery, answer: ledger.entries, summary: 'Entries of an account, newest first' },
  statementCsv: { query: statements.statementQuery, answer: null, media: media.csv, costly: true, summary: 'Statement as CSV' },
  statementJson: {
    query: statements.statementQuery,
    answer: statements.statement,
    costly: true,
    summary: 'Statement with what proves each entry',
  },
  statementXlsx: { query: statements.statementQuery, answer: null, media: media.xlsx, costly: true, summary: 'Statement as a workbook' },
  statementPdf: { query: statements.statementQuery, answer: null, media: media.pdf, costly: true, summary: 'Statement to print' },
  putTransfer: {
    body: ledger.transferInput,
    answer: ledger.transfer,
    kind: 'put',
    mayWait: true,
    summary: 'Grant, give, donate or reverse',
  },
  transferProof: { answer: checkpoints.transferProof, costly: true, summary: 'What proves a transfer to a stranger' },
  listCheckpoints: {
    query: checkpoints.checkpointQuery,
    answer: checkpoints.checkpoints,
    summary: "A ledger's signed checkpoints, newest first",
  },
  getCheckpoint: {
    params: { number: checkpoints.checkpointNumber },
    answer: checkpoints.publicCheckpoint,
    summary: 'A signed checkpoint with its fingerprint',
  },
  listRestores: { answer: checkpoints.restores, summary: 'Which checkpoints are void after a restore from a backup, who said so and why' },
  sayRestored: {
    body: checkpoints.restoreInput,
    answer: checkpoints.restores,
    summary: 'Go on after a restore from a backup: what was published since is void',
  },
  listCheckpointKeys: { answer: checkpoints.checkpointKeys, summary: 'The public keys that sign checkpoints' },
  trialBalance: { answer: ledger.trialBalance, costly: true, summary: 'Trial balance of a bank' },

  previewGrants: {
    query: grants.grantPreviewQuery,
    answer: grants.grantPreview,
    costly: true,
    summary: "What a month's grants would do now",
  },
  listGrantRuns: { query: grants.grantRunQuery, answer: grants.grantRuns, summary: 'Monthly grants, newest month first' },
  putGrantRun: { body: grants.grantRunInput, answer: grants.grantRun, kind: 'put', mayWait: true, summary: 'Grant the minutes of a month' },
  getGrantRun: { answer: grants.grantRun, summary: 'A run of grants with its progress' },
  listGrantRows: { query: grants.grantRowQuery, answer: grants.grantRows, summary: 'Whom a run is for, and what became of each' },

  putCreditLine: {
    body: clearing.creditLineInput,
    answer: clearing.creditLine,
    kind: 'put',
    summary: 'Set what another bank may run up with this one',
  },
  listPositions: { query: clearing.positionQuery, answer: clearing.positions, summary: 'How a bank stands with every other' },
  cityPositions: { query: clearing.positionQuery, answer: clearing.positions, summary: 'How all banks stand with each other' },
  settleBanks: {
    body: clearing.settlementInput,
    answer: clearing.settlement,
    kind: 'put',
    summary: 'Bring the position between two banks toward zero',
  },

  ...documentShapes,

  bankLiability: {
    query: reports.liabilityQuery,
    answer: reports.bankLiability,
    costly: true,
    summary: 'Saved time and the fund behind it',
  },
  bankLiabilityCsv: { query: reports.liabilityTableQuery, answer: null, media: 'text/csv', costly: true, summary: 'The same as CSV' },
  cityLiability: {
    query: reports.liabilityQuery,
    answer: reports.cityLiability,
    costly: true,
    summary: 'Saved time and the fund, of every bank and the city',
  },
  cityLiabilityCsv: { query: reports.liabilityTableQuery, answer: null, media: 'text/csv', costly: true, summary: 'The same as CSV' },

  ...trailShapes,
  bankIntegrity: {
    query: integrity.integrityQuery,
    answer: integrity.bankIntegrity,
    costly: true,
    summary: 'How sure the visits between two days are, and how they were decided',
  },
  bankIntegrityCsv: { query: integrity.integrityTableQuery, answer: null, media: 'text/csv', costly: true, summary: 'The same as CSV' },
  listIntegrityFlags: {
    query: integrity.integrityFlagQuery,
    answer: integrity.integrityFlags,
    costly: true,
    summary: 'What about those visits is worth a look: questions, never verdicts',
  },
  integrityFlagsCsv: { query: integrity.integrityTableQuery, answer: null, media: 'text/csv', costly: true, summary: 'The same as CSV' },
  cityIntegrity: {
    query: integrity.integrityQuery,
    answer: integrity.cityIntegrity,
    costly: true,
    summary: 'How sure the visits between two days are, of every bank and the city',
  },
  cityIntegrityCsv: { query: integrity.integrityTableQuery, answer: null, media: 'text/csv', costly: true, summary: 'The same as CSV' },
} satisfies Record<RouteName, Shape>;
