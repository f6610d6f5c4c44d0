import type { Assurance, Lane, Policy } from '@timebank/contract';

export type CallBackPolicy = Pick<Policy, 'callBackPercentStrong' | 'callBackPercentWeak' | 'callBackFirstVisits' | 'callBackBeforeCredit'>;
type Word = 'confirmed' | 'not_confirmed';
/** What calls have given so far. `answer` is the last time that somebody answered, `own` what the client said in the app. */
export type CallBackStanding = { drawn: boolean; answer: Word | null; own: Word | null };

/**
 * How many of a hundred visits like this one are drawn: all of a new pair's first ones, fewer with a second signal besides the card. Null where none
 * is drawn: the visit is not over, needs a fix first, or was entered by hand, which a second person approves anyway.
 */
export function percentOf(
  visit: { lane: Lane | null; assurance: Assurance; pairVisitsBefore: number },
  policy: CallBackPolicy,
): number | null {
  if ((visit.lane !== 'clean' && visit.lane !== 'yellow') || visit.assurance === 'A0') return null;
  if (visit.pairVisitsBefore < policy.callBackFirstVisits) return 100;
  return visit.assurance === 'A1' ? policy.callBackPercentWeak : policy.callBackPercentStrong;
}

/**
 * Whether a visit is drawn. `seal` is a keyed hash of its id under a key outside the database: the same visit always gives the same draw, and whoever
 * makes the id cannot know it.
 */
export function isDrawn(seal: Buffer, percent: number): boolean {
  return (seal.readUInt32BE(0) / 2 ** 32) * 100 < percent;
}

/** What the client said: a coordinator who spoke with them outranks the app, where nobody knows who held the phone. */
export function wordOf({ answer, own }: Pick<CallBackStanding, 'answer' | 'own'>): Word | null {
  return answer ?? own;
}

/**
 * The lane that call-backs put a visit in. A client who says that it was not so makes it red under any policy. A drawn visit whose call nobody has
 * answered is yellow only where policy `callBackBeforeCredit` is on.
 */
export function laneOfCallBack({ drawn, answer, own }: CallBackStanding, policy: CallBackPolicy): 'yellow' | 'red' | null {
  if (wordOf({ answer, own }) === 'not_confirmed') return 'red';
  return policy.callBackBeforeCredit && drawn && answer === null ? 'yellow' : null;
}
