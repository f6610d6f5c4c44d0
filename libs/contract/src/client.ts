/** The door for the front ends: types, paths and refusal statuses, but no validator at run time. */
import type { RouteName } from './paths';
import { paths } from './paths';
import { meaningOf } from './service/answers';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from './routes';

export { gateReasonCodes, gateReasons, type GateReason } from './visits/gate-reasons';
export { exceptionWays, waysOf, type WayOut } from './visits/exception-ways';
export { paths, type RouteName };
export { permissions, type PermissionName, type RoleName } from './access/roles';
export type { AnswerOf, BodyOf, ParamsOf, QueryOf };
export type { Reason, Waiting, WaitingAct, WaitingActKind } from './access/acts.messages';
export type { GrantedRole, Me, OwnMember, Session } from './access/access.messages';
export type { Appeal } from './visits/appeals.messages';
export type { Bank, Policies, PolicyRow } from './banks/banks.messages';
export type { GrantOutcome, GrantPreview, GrantReason, GrantRun } from './hours/grants.messages';
export type { Change, ChangeKind } from './reports/changes.messages';
export type { BankIntegrity, CityIntegrity, Integrity, IntegrityFlag, IntegrityKind } from './reports/integrity.messages';
export type { Account, AccountKind, Entry, Transfer, TransferClass, TransferKind, TrialBalance } from './hours/ledger.messages';
export { documentLanguageFor, documentLanguages, type DocumentLanguage } from './documents/document-languages';
export type {
  DocumentFigure,
  DocumentList,
  DocumentPassage,
  DocumentProblems,
  FoundDocuments,
  ReadDocument,
  ReadSection,
} from './documents/documents.messages';
export type { BankHome, DeskHome, Home, OwnHome } from './visits/home.messages';
export type { LeaveInput, LeavePreview, LeftMember } from './hours/leaving.messages';
export type { ClosingInput, ClosingObstacle, ClosingPreview, ReopeningInput } from './banks/closing.messages';
export { type Language, languages } from './language-list';
export type { Letter, LetterCode } from './visits/letters.messages';
export type {
  Card,
  CardLine,
  Cardless,
  CardPlace,
  Cards,
  CardSheets,
  Circumstance,
  Member,
  MemberLine,
  RelationKind,
  WaitingRelation,
} from './members/members.messages';
export type { Insurance } from './visits/insurance.messages';
export type { Needs, NeedsInput, VisitNeeds } from './members/needs.messages';
export type { Disclosure } from './members/disclosures.messages';
export type { Availability } from './members/availability.messages';
export { kindReasons, type KindReason, rankParts, type RankPartName } from './care/matching-lists';
export type { MyOffers, Offer, OffersOfRequest } from './care/offers.messages';
export type { CallWish, NobodyCame } from './care/day.messages';
export { qualificationStatuses, type QualificationStatus } from './members/qualification-lists';
export { type ImportField, importFields, importKinds } from './imports/import-lists';
export type { Import, ImportLine, ImportProblem } from './imports/imports.messages';
export { activityParts, activityStates, type ActivityPart, type ActivityState } from './activities/activity-lists';
export type { Activity, ActivityInput, ActivityLine, ActivityPerson } from './activities/activities.messages';
export {
  checkInResults,
  finders,
  findingResults,
  proxyConfirmations,
  proxyEndReasons,
  proxyRelations,
  proxyScopes,
  type ProxyScope,
} from './family/family-lists';
export type { Callers, Contact, PhoneCall, PhoneCallInput } from './family/intake.messages';
export type { Finding, SilentLine } from './family/silent.messages';
export type { ActsFor, Proxy, ProxyInput } from './family/proxies.messages';
export { courseStates, type CourseState, type PlaceState } from './training/training-lists';
export type { Course, CourseInput, CourseLine, Losing } from './training/courses.messages';
export type { Extension, OwnQualifications, QualificationKind, QualificationKindInput } from './training/qualifications.messages';
export type { Candidates, ForYou } from './care/matching.messages';
export type { WeekBoard } from './care/week.messages';
export type { SearchAnswer, SearchHit } from './members/search.messages';
export type { Position } from './hours/clearing.messages';
export type { Guest, Host } from './members/guests.messages';
export type { Notice, NoticeKind } from './notices/notices.messages';
export type { RefusalCode } from './refusals';
export type { BankLiability, CityLiability, Liability } from './reports/reports.messages';
export { cancelReasonsOf, type CancelReason, type CancelSide } from './visits/cancel-lists';
export { furtherPayers, kindClasses, riskLevels } from './requests/kind-lists';
export type { BankKind, BankKindInput, ServiceKind, ServiceKindInput } from './requests/kinds.messages';
export { readRule, weekdayOf, weekdays, writeRule, type SeriesRule, type Weekday } from './care/series-rule';
export { seriesEndReasons } from './care/series-lists';
export type { Series, SeriesInput, SeriesPreview } from './care/series.messages';
export type { RequestAnswer } from './requests/requests.messages';
export { isAnswer, meaningOf, type Meaning } from './service/answers';
export { isWaiting } from './service/stored';
export { scanText } from './visits/scan-text';
export type { DayBundle, Display, Displays, Screen } from './visits/scans.messages';
export type {
  Approval,
  ApprovalResult,
  ExceptionCode,
  Lane,
  Queue,
  Visit,
  VisitException,
  VisitLine,
  VisitState,
} from './visits/visits.messages';

/** What a refused call throws in the browser. `code` has a sentence in every language. */
export class CallRefused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly parameters: Record<string, unknown>,
    readonly path: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(code);
  }
}

type SentParts<Name extends RouteName> = {
  params?: ParamsOf<Name>;
  query?: QueryOf<Name>;
  body?: BodyOf<Name>;
  /** A form with a file, where the route takes one. */
  form?: FormData;
  /** Lets the call outlive the page; the browser takes at most 64 KiB of such bodies at once. */
  keepalive?: boolean;
  /** Gives the call up: it is then refused as without an answer. */
  signal?: AbortSignal;
};

/** Whether the server itself said no to a call that threw this. Only then is it certain that nothing was done under its id; else the same goes out again. */
export const saidNo = (thrown: unknown): boolean => thrown instanceof CallRefused && meaningOf(thrown) === 'refused';

/** Method and address of a call, query included. */
export function addressOf<Name extends RouteName>(name: Name, sent: SentParts<Name> = {}): { method: string; url: string } {
  const [method, path] = paths[name];
  const given = (sent.params ?? {}) as Record<string, string>;
  let url: string = path.replace(/:([A-Za-z]+)/g, (_, key: string) => encodeURIComponent(given[key] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries((sent.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  if (query.size > 0) url += `?${query}`;
  return { method, url };
}

/** What a page asked for before its code had come, by address. Each answer is taken once. */
let early: Record<string, Promise<Response>> = {};
let isStillAsked: () => boolean = () => true;

/**
 * Lets calls take these answers instead of asking again, as long as the same person is signed in as when they were asked; without any, those that nobody
 * took are let go.
 */
export function useEarly(answers: Record<string, Promise<Response>> = {}, isSamePerson: () => boolean = () => true): void {
  [early, isStillAsked] = [answers, isSamePerson];
}

function takeEarly(url: string): Promise<Response> | null {
  if (!isStillAsked()) useEarly();
  const asked = early[url] ?? null;
  delete early[url];
  return asked;
}

/** An early answer cannot be given up; who waits for it can. */
const orGivenUp = (answer: Promise<Response>, signal: AbortSignal | undefined): Promise<Response> =>
  new Promise((answered, failed) => {
    answer.then(answered, failed);
    signal?.addEventListener('abort', () => failed(signal.reason));
  });

async function send<Name extends RouteName>(name: Name, sent: SentParts<Name>): Promise<Response> {
  const { method, url } = addressOf(name, sent);
  try {
    const asked = method === 'GET' ? takeEarly(url) : null;
    if (asked) return await orGivenUp(asked, sent.signal);
    return await fetch(url, {
      method,
      credentials: 'same-origin',
      keepalive: sent.keepalive === true,
      signal: sent.signal ?? null,
      headers: sent.body === undefined ? {} : { 'content-type': 'application/json' },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      ...(sent.form === undefined ? {} : { body: sent.form }),
    });
  } catch {
    throw new CallRefused('service/unreachable', 0, {}, null, null);
  }
}

function refused(response: Response, answer: Record<string, unknown> | null): CallRefused {
  const retryAfter = Number(response.headers.get('retry-after'));
  return new CallRefused(
    typeof answer?.['code'] === 'string' ? answer['code'] : 'service/fault',
    response.status,
    (answer?.['parameters'] as Record<string, unknown>) ?? {},
    typeof answer?.['path'] === 'string' ? answer['path'] : null,
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  );
}

const bodyOf = (response: Response) => response.json().catch(() => null) as Promise<Record<string, unknown> | null>;

/** What an app does about a refusal before the caller hears of it: true sends the same call again. `before` counts the tries so far. */
export type Mender = (refused: CallRefused, name: RouteName, before: number) => Promise<boolean>;
let mender: Mender | null = null;

/** One place of an app answers for all its calls what a screen cannot: a sign-in that is over, a server that is away. */
export function mendRefusals(by: Mender | null): void {
  mender = by;
}

async function sendMended<Name extends RouteName>(name: Name, sent: SentParts<Name>): Promise<Response> {
  for (let before = 1; ; before += 1) {
    try {
      const response = await send(name, sent);
      if (response.ok) return response;
      throw refused(response, await bodyOf(response));
    } catch (thrown) {
      const isGivenUp = sent.signal?.aborted === true;
      if (!(thrown instanceof CallRefused) || isGivenUp || mender === null || !(await mender(thrown, name, before))) throw thrown;
    }
  }
}

/**
 * Calls the API by route name. Throws `CallRefused` for every refusal, with code `service/unreachable`
 * when no answer came at all, so that a caller can keep what was typed and send it again under the same id.
 */
export async function call<Name extends RouteName>(name: Name, sent: SentParts<Name> = {}): Promise<AnswerOf<Name>> {
  return (await bodyOf(await sendMended(name, sent))) as AnswerOf<Name>;
}

/** A file, its name, and the letters in it that no font of the server has, each with the number that replaces it on paper: `X (U+31350)`. */
export type FetchedFile = { fileName: string; blob: Blob; unprintable: string[] };

/** `U+31350` as in the header; `+` joins several for a letter with its marks. */
function letterOf(numbers: string): string {
  const codes = Array.from(numbers.matchAll(/U\+([0-9A-F]+)/g), ([, code = '']) => Number.parseInt(code, 16));
  return `${String.fromCodePoint(...codes)} (${numbers})`;
}

/** Fetches a route's answer as a file, under the name that the server gives it. Throws `CallRefused`, also when it breaks off on the way. */
export async function fetchFile<Name extends RouteName>(name: Name, sent: SentParts<Name> = {}): Promise<FetchedFile> {
  const response = await sendMended(name, sent);
  const disposition = response.headers.get('content-disposition') ?? '';
  // The whole name in any script (RFC 6266); the other is what is left of it in ASCII.
  const whole = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  const fileName = whole === undefined ? (/filename="([^"]+)"/.exec(disposition)?.[1] ?? name) : decodeURIComponent(whole);
  const blob = await response.blob().catch(() => {
    throw new CallRefused('service/unreachable', 0, {}, null, null);
  });
  const unprintable = response.headers.get('unprintable')?.split(' ').map(letterOf) ?? [];
  return { fileName, blob, unprintable };
}
