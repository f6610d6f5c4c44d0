import {
  exceptionCodes,
  type Assurance,
  type ExceptionCode,
  type ExceptionLane,
  type Lane,
  type Policy,
  type VisitState,
} from '@timebank/contract';
import { proposeCredit, type Credit } from './credited.rules';
import { exceptionRules, isNear, type KnownFacts } from './exceptions.rules';
import type { VisitFacts } from './visit-facts';

type Finding = { code: ExceptionCode; lane: ExceptionLane; parameters: Record<string, string | number> };
export type Verdict = {
  findings: Finding[];
  /** Null while the visit goes on. */
  lane: Lane | null;
  state: VisitState;
  assurance: Assurance;
  credit: Credit | null;
};

function worstOf(findings: readonly Finding[]): Lane {
  if (findings.some(({ lane }) => lane === 'red')) return 'red';
  return findings.some(({ lane }) => lane === 'yellow') ? 'yellow' : 'clean';
}

/** How sure it is that they met: entered by hand; a card, or offline; a card and a second signal (the client's word, a phone that was there); a code that changed with time, read while the server looked on. */
function assuranceOf({ entered, captures, clientConfirmed }: KnownFacts, policy: Policy): Assurance {
  if (entered) return 'A0';
  const isStrong = captures.length > 0 && captures.every((capture) => capture.via === 'rotating' && !capture.offline && !capture.cardFault);
  if (isStrong) return 'A3';
  const isOnline = captures.length > 0 && captures.every((capture) => !capture.offline);
  return isOnline && (clientConfirmed || captures.every((capture) => isNear(capture, policy))) ? 'A2' : 'A1';
}

/** The state that a lane waits in. */
const stateOfLane = { clean: 'ready', yellow: 'needs_ack', red: 'needs_fix' } as const satisfies Record<Lane, VisitState>;

/**
 * Judges a visit by everything known about it: the closed list of exceptions in the contract's order, the lane they put it
 * in, and what approval would credit. Pure: the same facts and policy give the same verdict. Thresholds are policy.
 */
export function judge(facts: VisitFacts, policy: Policy): Verdict {
  const captured = facts.in && facts.out ? { start: facts.in.at, end: facts.out.at } : null;
  const times = { ...facts, capturedIn: facts.in?.at ?? null, capturedOut: facts.out?.at ?? null };
  const visit: KnownFacts = {
    ...facts,
    captures: [facts.in, facts.out].filter((capture) => capture !== null),
    interval: facts.entered ?? captured,
    credit: proposeCredit(times, policy),
  };
  const findings = exceptionCodes.flatMap((code): Finding[] => {
    const { byHand, find } = exceptionRules[code];
    const found = facts.entered && byHand === 'replaced' ? null : find(visit, policy);
    return found ? [{ code, lane: found.lane, parameters: found.parameters ?? {} }] : [];
  });
  const lane = facts.ended ? worstOf(findings) : null;
  return {
    findings,
    lane,
    state: lane ? stateOfLane[lane] : 'in_progress',
    assurance: assuranceOf(visit, policy),
    credit: facts.ended ? visit.credit : null,
  };
}
