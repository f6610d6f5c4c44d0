import type { VisitLine } from '@timebank/contract/client';

/** What its volunteer has to know of a visit that went another way than they expect. */
export type VisitNews =
  | { kind: 'fix'; codes: string[] }
  | { kind: 'rejected'; reasonCode: string | null }
  | { kind: 'shortened'; reasonCode: string | null; capturedMinutes: number; creditedMinutes: number };

export type NewsVisit = Pick<VisitLine, 'state' | 'exceptions' | 'decision' | 'capturedIn' | 'capturedOut' | 'creditedMinutes'>;

/** What lacks and stops a visit; what was decided against it, or about less than was scanned. Null where there is nothing to explain. */
export function newsOf({ state, exceptions, decision, capturedIn, capturedOut, creditedMinutes }: NewsVisit): VisitNews | null {
  const reasonCode = decision?.reasonCode ?? null;
  if (state === 'needs_fix') return { kind: 'fix', codes: exceptions.filter(({ lane }) => lane === 'red').map(({ code }) => code) };
  if (state === 'rejected') return { kind: 'rejected', reasonCode };
  if (state !== 'approved' || capturedIn === null || capturedOut === null || creditedMinutes === null) return null;
  const capturedMinutes = Math.floor((Date.parse(capturedOut) - Date.parse(capturedIn)) / 60_000);
  return creditedMinutes < capturedMinutes ? { kind: 'shortened', reasonCode, capturedMinutes, creditedMinutes } : null;
}
