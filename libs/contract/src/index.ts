export { type Reason, type Waiting, type WaitingAct, type WaitingActKind, type WaitingActQuery } from './access/acts.messages';
export type { GrantedRole, Me, OwnMember, Session } from './access/access.messages';
export { type Appeal, type AppealAnswerInput, type AppealInput, type AppealQuery, type VisitAppeal } from './visits/appeals.messages';
export type { Bank, BankInput, BankPatch, Policies, PolicyInput, PolicyRow } from './banks/banks.messages';
export {
  grantReasons,
  type GrantOutcome,
  type GrantPreview,
  type GrantPreviewQuery,
  type GrantReason,
  type GrantRowQuery,
  type GrantRun,
  type GrantRunQuery,
} from './hours/grants.messages';
export { documentLanguages, type DocumentLanguage } from './documents/document-languages';
export type {
  DocumentFigure,
  DocumentFigures,
  DocumentList,
  DocumentPassage,
  DocumentProblems,
  DocumentQuery,
  DocumentSearchQuery,
  FoundDocuments,
  ReadDocument,
  ReadSection,
} from './documents/documents.messages';
export { localDay, reasonCode } from './primitives';
export {
  consentTextVersion,
  type Application,
  type ApplicationInput,
  type ApplicationQuery,
  type ApplicationState,
  type Consent,
  type ConsentInput,
  type ConsentPurpose,
  type Consents,
  type Guardian,
  type JoiningBank,
} from './members/joining.messages';
export type { Doubles, MergeOutcome, MergePreview } from './hours/merging.messages';
export type { Availability, AvailabilityInput } from './members/availability.messages';
export { type KindReason, rankParts, type RankPartName } from './care/matching-lists';
export { type OfferState } from './care/matching-lists';
export type { HandOver, HandOverInput, MyOffers, Offer, OfferAnswerInput, OfferInput, OffersOfRequest } from './care/offers.messages';
export type { CallWish, NobodyCame, PersonPause, PersonPauseInput, PersonPauses } from './care/day.messages';
export type { Candidates, ForYou, ImaginedPlan, RankedCandidate } from './care/matching.messages';
export { searchKinds, type SearchAnswer, type SearchHit, type SearchQuery } from './members/search.messages';
export type { BankHome, DeskHome, Home, HomeQuery, OwnHome } from './visits/home.messages';
export type { LeaveInput, LeavePreview, LeftMember } from './hours/leaving.messages';
export {
  closingObstacles,
  type ClosingInput,
  type ClosingObstacle,
  type ClosingPreview,
  type ReopeningInput,
} from './banks/closing.messages';
export type { Letter, LetterAnswerInput, LetterCode, LetterQuery } from './visits/letters.messages';
export {
  integrityKinds,
  type BankIntegrity,
  type CityIntegrity,
  type Integrity,
  type IntegrityFlag,
  type IntegrityFlagQuery,
  type IntegrityKind,
  type IntegrityQuery,
} from './reports/integrity.messages';
export { type Change, type ChangeKind, changeKinds, type ChangeQuery, type CityChangeQuery } from './reports/changes.messages';
export type { CheckpointQuery, PublicCheckpoint, RestoreInput, Restores } from './hours/checkpoint.messages';
export {
  transferClasses,
  transferKinds,
  type Account,
  type AccountKind,
  type AccountQuery,
  type Entry,
  type EntryQuery,
  type Giving,
  type Transfer,
  type TransferClass,
  type TransferInput,
  type TransferKind,
  type TrialBalance,
} from './hours/ledger.messages';
export {
  relationKinds,
  type Block,
  type Card,
  type CardLine,
  mostCardsOfSheet,
  type CardPlace,
  type CardSheetAnswer,
  type CardSheetInput,
  type CardSheets,
  type Cardless,
  type Cards,
  type Circumstance,
  type LeavingReason,
  type Exemption,
  type ExemptionInput,
  type Member,
  type MemberInput,
  type MemberLine,
  type MemberPatch,
  type MemberQuery,
  type Qualification,
  type Relation,
  type RelationKind,
  type WaitingRelation,
  type WaitingRelationQuery,
} from './members/members.messages';
export type { BankSettlement, BankSettlementInput, CreditLine, Position, PositionQuery } from './hours/clearing.messages';
export type { Guest, GuestQuery, GuestState, Host, HostQuery } from './members/guests.messages';
export { exceptionWays, waysOf, type WayOut } from './visits/exception-ways';
export { BadSetting, readConfig, refuseToServe, type Config } from './service/config';
export {
  fill,
  hoursText,
  languages,
  questionFor,
  reportWords,
  wordFor,
  type Language,
  type ReportWords,
  type WordSection,
} from './languages';
export type { TableChoice } from './table-choice';
export type { WeekBoard, WeekQuery } from './care/week.messages';
export type { Candidate, RearrangeInput } from './visits/gate.messages';
export type { Needs, NeedsInput, VisitNeeds } from './members/needs.messages';
export type { Disclosure, DisclosureQuery } from './members/disclosures.messages';
export type { Insurance, InsuranceInput, InsuredQuery } from './visits/insurance.messages';
export type { QualificationStatus } from './members/qualification-lists';
export {
  type ImportField,
  importFields,
  type ImportKind,
  importKinds,
  type ImportProblemCode,
  type ImportState,
} from './imports/import-lists';
export type {
  Import,
  ImportColumnsInput,
  ImportCounts,
  ImportLine,
  ImportProblem,
  ImportQuery,
  ImportStartInput,
} from './imports/imports.messages';
export { activityParts, type ActivityPart, type ActivityPlaceState, type ActivityState } from './activities/activity-lists';
export type {
  Activity,
  ActivityAttendanceInput,
  ActivityInput,
  ActivityLine,
  ActivityPerson,
  ActivityPlace,
  ActivityQuery,
} from './activities/activities.messages';
export { type CheckInResult, endsAllProxies, type ProxyConfirmation, type ProxyScope } from './family/family-lists';
export type { Callers, Contact, ContactInput, ContactQuery, PhoneCall, PhoneCallInput } from './family/intake.messages';
export type { CheckIn, CheckInInput, Finding, FindingInput, SilentLine, SilentQuery, ToldFinding } from './family/silent.messages';
export { proxyRoutes, type ProxyRoute } from './family/proxy-routes';
export type { ActsFor, Proxy, ProxyInput, ProxyQuery } from './family/proxies.messages';
export type { CourseState, PlaceState } from './training/training-lists';
export type {
  Attendance,
  AttendanceInput,
  Course,
  CourseCloseInput,
  CourseInput,
  CoursePatch,
  CourseLine,
  CoursePlace,
  CourseQuery,
  Losing,
} from './training/courses.messages';
export type {
  Extension,
  ExtensionInput,
  Mentor,
  OwnQualifications,
  QualificationKind,
  QualificationKindInput,
} from './training/qualifications.messages';
export type { RiskReading, RiskReadingInput } from './visits/risk.messages';
export { gateReasonCodes, gateReasons, type GateReason } from './visits/gate-reasons';
export type { DecidedVisit, EventKind, Events, VisitParties } from './notices/events';
export { cancelReasonsOf, type CancelReason, type CancelSide } from './visits/cancel-lists';
export type { VisitCancelInput } from './visits/cancels.messages';
export { furtherPayers, kindClasses, riskLevels } from './requests/kind-lists';
export type { BankKind, BankKindInput, ServiceKind, ServiceKindInput } from './requests/kinds.messages';
export { noticeKinds, type Notice, type NoticeKind, type NoticeList, type NoticeQuery } from './notices/notices.messages';
export type { PastVisitInput } from './visits/past-visits.messages';
export { describeApi } from './openapi';
export { paths, type RouteName } from './paths';
export { policyDefaults, policyKeys, policySchema, type Policy, type PolicyKey } from './banks/policy';
export { readRule, weekdayOf, weekdays, writeRule, type RuleFault, type SeriesRule, type Until, type Weekday } from './care/series-rule';
export type {
  Series,
  SeriesEndInput,
  SeriesInput,
  SeriesPatch,
  SeriesPreview,
  SeriesPreviewInput,
  SeriesQuery,
  SeriesStanding,
} from './care/series.messages';
export { refusals, refuse, type RefusalCode } from './refusals';
export { type RequestAnswer, type RequestInput, type RequestPatch, type RequestQuery } from './requests/requests.messages';
export {
  ageBands,
  timeSources,
  type AgeBand,
  type BankLiability,
  type CityLiability,
  type Liability,
  type LeftOut,
  type LiabilityFlow,
  type TimeSource,
} from './reports/reports.messages';
export { type ActRole, permissions, type PermissionName, type RoleName } from './access/roles';
export { routes, type AnswerOf, type BodyOf, type InputOf, type ParamsOf, type QueryOf, type RouteDefinition } from './routes';
export { scanText } from './visits/scan-text';
export type {
  ClientPlace,
  ClientPlaceInput,
  DayBundle,
  DeviceInput,
  Display,
  DisplayInput,
  DisplayQuery,
  Displays,
  LocationConsent,
  ScanInput,
  Screen,
} from './visits/scans.messages';
export {
  assurances,
  exceptionCodes,
  visitStates,
  type Approval,
  type ApprovalInput,
  type ApprovalResult,
  type Assurance,
  type CallBackInput,
  type ClientAnswerInput,
  type ExceptionCode,
  type ExceptionLane,
  type Lane,
  type ManualInput,
  type Payer,
  type Queue,
  type Visit,
  type VisitEvent,
  type VisitException,
  type VisitInput,
  type VisitLine,
  type VisitQuery,
  type VisitScanQuery,
  type VisitState,
} from './visits/visits.messages';
export type { StatementAnswer, StatementEntry, StatementQuery, StatementTotals } from './hours/statement.messages';
export { type Accepted, isAccepted, isWaiting, type Stored } from './service/stored';
