import {
  exceptionWays,
  type ApprovalInput,
  type Assurance,
  type ExceptionCode,
  type ExceptionLane,
  type Lane,
  type Payer,
  type RefusalCode,
  type VisitState,
} from '@timebank/contract';
import { decidableStates, finalStates } from '../visit-states.rules';

/** What a decision needs to know about a visit, and about the decider's relation to it. */
export type DecidedVisit = {
  visitId: string;
  state: VisitState;
  creditedMinutes: number;
  lane: Lane | null;
  assurance: Assurance | null;
  /** Drawn for a call-back, and nobody has confirmed it. */
  callBackOpen: boolean;
  /** On how many days a call reached nobody. */
  unansweredDays: number;
  /** The decider's own visit, as volunteer or as client. */
  own: boolean;
  /** A relative or household member of the decider took part. */
  related: boolean;
  /** Volunteer and client are relatives or of one household, by what is recorded now. */
  pairRelated: boolean;
  /** The decider typed its times in. */
  enteredByDecider: boolean;
  /** The decider can become its volunteer or client: chose the password in use, or had a hand in their sign-in lately. */
  signInByDecider: boolean;
  /** The decider assigned the volunteer. */
  plannedByDecider: boolean;
  /** The decider recorded what the client said: in a drawn call, or over what they said themselves. */
  wordByDecider: boolean;
  /** The decider recorded that a call reached nobody. */
  triedByDecider: boolean;
  /** The volunteer's bank, where the minutes would go, is closed since. */
  homeClosedOn: string | null;
  /** Who is to pay: the client, or for a further helper the pool. */
  plannedPayer: 'client' | 'pool';
  /** The planned minutes are set aside on the account of whoever is to pay. */
  isHeld: boolean;
  /** What they could spend besides what is held; null without a limit. */
  payerFreeMinutes: number | null;
  exceptions: readonly { code: ExceptionCode; lane: ExceptionLane; parameters: Record<string, unknown> }[];
  /** How it was decided before, by whom and why; null while it waits. The rule and who cancelled have no name here. */
  before?: { state: VisitState; byName: string | null; at: string | null; reasonCode: string | null } | null;
};

export type Decision =
  | { outcome: 'approved'; minutes: number }
  | { outcome: 'rejected' }
  | { outcome: 'refused'; code: RefusalCode; parameters: Record<string, unknown> };

type AskedDecision = Pick<ApprovalInput, 'decision' | 'reasonCode' | 'creditedMinutes' | 'acknowledge' | 'payer'>;

const no = (code: RefusalCode, parameters: Record<string, unknown> = {}): Decision => ({ outcome: 'refused', code, parameters });

function closedTo(visit: DecidedVisit): Decision | null {
  if (finalStates.includes(visit.state)) return no('visits/already_decided', visit.before ?? {});
  if (!decidableStates.includes(visit.state)) return no('visits/not_ended');
  if (visit.own) return no('visits/own_visit');
  if (visit.related) return no('visits/conflict_of_interest');
  return visit.signInByDecider ? no('visits/second_person_needed') : null;
}

/** A red exception that a reason explains, given by somebody other than the one who sent the volunteer there. */
const needsSecond = (code: ExceptionCode) => exceptionWays[code].red?.includes('second_person') ?? false;
const needsFewer = (code: ExceptionCode) => exceptionWays[code].red?.includes('fewer_minutes') ?? false;

type Reds = Pick<DecidedVisit, 'creditedMinutes' | 'exceptions'>;

/** Up to how many minutes a reason lets past a red finding; null where fewer minutes are not its way out. */
function roomPast({ code, parameters }: Reds['exceptions'][number], creditedMinutes: number): number | null {
  if (!needsFewer(code)) return null;
  const left = typeof parameters['roomMinutes'] === 'number' ? parameters['roomMinutes'] : Infinity;
  return Math.min(creditedMinutes - 1, left);
}

/** The most minutes that the evidence supports despite a red exception, if it gives a figure. */
function leftBeside({ code, parameters }: Reds['exceptions'][number], creditedMinutes: number): number {
  if (code === 'OVERLAP' && typeof parameters['minutes'] === 'number') return Math.max(0, creditedMinutes - parameters['minutes']);
  return code === 'OVER_CAP' && typeof parameters['roomMinutes'] === 'number' ? parameters['roomMinutes'] : Infinity;
}

/**
 * What a desk proposes where fewer minutes are the way out of red: the smaller of what `decideVisit` allows with a reason and what the evidence
 * supports. Null where nothing red asks for fewer minutes, or no figure is known.
 */
export function shorteningOf({ creditedMinutes, exceptions }: Reds): { roomMinutes: number | null; proposedMinutes: number | null } {
  const reds = exceptions.filter((found) => found.lane === 'red' && roomPast(found, creditedMinutes) !== null);
  const room = Math.min(...reds.map((found) => roomPast(found, creditedMinutes) ?? Infinity));
  if (reds.length === 0 || room < 0) return { roomMinutes: null, proposedMinutes: null };
  const left = Math.min(...reds.map((found) => leftBeside(found, creditedMinutes)));
  return { roomMinutes: room, proposedMinutes: left === Infinity ? null : Math.min(left, room) };
}

/**
 * The way out of red: fewer minutes with a reason for overlaps, caps and what a client did not confirm, a reason and a second coordinator for
 * a related pair, a phone far from the home and a way too fast.
 */
function redBlock(visit: DecidedVisit, asked: AskedDecision, minutes: number): Decision | null {
  const found = visit.exceptions.filter(({ lane }) => lane === 'red');
  const isKnown = found.some(({ code }) => code === 'CONFLICT_OF_INTEREST');
  const reds =
    visit.pairRelated && !isKnown ? [...found, { code: 'CONFLICT_OF_INTEREST' as const, lane: 'red' as const, parameters: {} }] : found;
  const fixedHere = (red: (typeof found)[number]): boolean => {
    if (asked.reasonCode === undefined) return false;
    if (needsSecond(red.code)) return true;
    const room = roomPast(red, visit.creditedMinutes);
    return room !== null && minutes <= room;
  };
  const left = reds.filter((exception) => !fixedHere(exception)).map(({ code }) => code);
  if (left.length > 0) return no('visits/must_be_fixed', { codes: left });
  return visit.plannedByDecider && reds.some(({ code }) => needsSecond(code)) ? no('visits/second_person_needed') : null;
}

/**
 * A due call must be made. If nobody answered on as many days as policy asks, a reason besides the acknowledgement replaces it, given by somebody
 * other than the one who recorded that nobody answered.
 */
function callBlock(visit: DecidedVisit, asked: AskedDecision): Decision | null {
  const due = visit.exceptions.find(({ code, lane }) => code === 'CALL_BACK_DUE' && lane === 'yellow');
  if (due === undefined) return null;
  const days = typeof due.parameters['tryDays'] === 'number' ? due.parameters['tryDays'] : Infinity;
  if (visit.unansweredDays < days || asked.reasonCode === undefined) return no('visits/call_back_due');
  return visit.triedByDecider ? no('visits/second_person_needed') : null;
}

/** Who pays for a visit: whoever was to, where nobody else was chosen. */
export const payerOf = ({ plannedPayer }: Pick<DecidedVisit, 'plannedPayer'>, chosen?: Payer): Payer => chosen ?? plannedPayer;

/** Another than planned pays only where they cannot, and for a reason. */
function payerBlock(visit: DecidedVisit, { payer, reasonCode }: AskedDecision, minutes: number): Decision | null {
  if (payerOf(visit, payer) === visit.plannedPayer || minutes === 0) return null;
  const mustPay = visit.isHeld || visit.payerFreeMinutes === null || visit.payerFreeMinutes >= minutes;
  if (mustPay) return no(`visits/payer_is_${visit.plannedPayer}`);
  return reasonCode === undefined ? no('visits/reason_needed') : null;
}

/** What could be spent, in minutes; null without a limit. */
export type Payable = { client: number | null; pool: number; fund: number };

/** Who could pay for a visit of so many minutes under `payerBlock` and the ledger, each with the most they have. */
export function payersOf(free: Payable, creditedMinutes: number): { payer: Payer; upToMinutes: number }[] {
  const upTo = (minutes: number | null) => Math.max(0, Math.min(minutes ?? creditedMinutes, creditedMinutes));
  return (['client', 'pool', 'fund'] as const).map((payer) => ({ payer, upToMinutes: upTo(free[payer]) }));
}

/**
 * Decides one visit of an approval. Nothing is approved for the volunteer of a closed bank: no minutes go there. Nobody approves their own visit, a
 * relative's or household member's, one of somebody whose sign-in they had a hand in, one they entered, or one whose drawn call-back they recorded.
 * Yellow needs its codes acknowledged and a due call-back made; red is fixed first, or shortened or explained where that is its way out. Minutes may
 * be fewer with a reason, never more. The batch has checked that a rejection has a reason.
 */
export function decideVisit(visit: DecidedVisit, asked: AskedDecision): Decision {
  const closed = closedTo(visit);
  if (closed) return closed;
  if (asked.decision === 'reject') return { outcome: 'rejected' };
  if (visit.homeClosedOn !== null) return no('banks/closed', { closedOn: visit.homeClosedOn });
  if (visit.enteredByDecider || visit.wordByDecider) return no('visits/second_person_needed');
  const minutes = asked.creditedMinutes?.[visit.visitId] ?? visit.creditedMinutes;
  if (minutes > visit.creditedMinutes) return no('visits/longer_than_captured', { creditedMinutes: visit.creditedMinutes });
  const red = redBlock(visit, asked, minutes);
  if (red) return red;
  const call = callBlock(visit, asked);
  if (call) return call;
  const open = visit.exceptions.filter(({ code, lane }) => lane === 'yellow' && !asked.acknowledge?.includes(code)).map(({ code }) => code);
  if (open.length > 0) return no('visits/must_be_acknowledged', { codes: open });
  if (minutes < visit.creditedMinutes && asked.reasonCode === undefined) return no('visits/reason_needed');
  return payerBlock(visit, asked, minutes) ?? { outcome: 'approved', minutes };
}

/**
 * Decides one visit in the name of the bank's rule, which approves nothing but clean visits with a second signal and no open
 * call-back; anything else needs a person.
 */
export function decideByRule(visit: DecidedVisit): Decision {
  const closed = closedTo(visit);
  if (closed) return closed;
  const isSound = visit.lane === 'clean' && (visit.assurance === 'A2' || visit.assurance === 'A3') && !visit.callBackOpen;
  return isSound ? decideVisit(visit, { decision: 'approve' }) : no('visits/person_needed');
}
