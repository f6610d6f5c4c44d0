import { type KindReason, type Policy, type PolicyKey, rankParts, type RankPartName } from '@timebank/contract';

/** All that a rank looks at about one volunteer and one request; null where somebody has not said. */
export type RankFacts = {
  /** Paid visits to this client. */
  visits: number;
  /** A regular of this client's. */
  isAskedFor: boolean;
  /** Between the two homes by squares of 500 metres. */
  meters: number | null;
  isFree: boolean | null;
  sharesLanguage: boolean | null;
  likesKind: boolean | null;
  /** Of this kind, in the days that a no counts: two for each no, one for each silence. */
  halfDeclines: number;
  /** Offers of the last 30 days. */
  offers: number;
  /** Of the last 20 visits that were taken. */
  kept: number;
  taken: number;
};
export type RankPart = { name: RankPartName; value: number; weight: number };

/** Beyond this distance nobody is near. */
export const farMeters = 5_000;
/** For what nobody has said: neither for nor against. */
const unsaid = 0.5;
const said = (holds: boolean | null) => (holds === null ? unsaid : Number(holds));

export const weightKeys = {
  helped_before: 'weightHelpedBefore',
  asked_for: 'weightAskedFor',
  distance: 'weightDistance',
  availability: 'weightAvailability',
  language: 'weightLanguage',
  kind: 'weightKind',
  fairness: 'weightFairness',
  reliability: 'weightReliability',
} as const satisfies Record<RankPartName, PolicyKey>;

const values: Record<RankPartName, (facts: RankFacts) => number> = {
  helped_before: ({ visits }) => visits / (visits + 1),
  asked_for: ({ isAskedFor }) => Number(isAskedFor),
  distance: ({ meters }) => (meters === null ? unsaid : Math.max(0, 1 - meters / farMeters)),
  availability: ({ isFree }) => said(isFree),
  language: ({ sharesLanguage }) => said(sharesLanguage),
  kind: ({ likesKind }) => said(likesKind),
  fairness: ({ offers }) => 1 / (1 + offers),
  reliability: ({ kept, taken }) => (taken === 0 ? 1 : kept / taken),
};

/** What is left of a weight: half for each no, and a silence is half a no. Written so that SQL comes to the same number. */
export const leftAfter = (halfDeclines: number): number =>
  0.5 ** Math.floor(halfDeclines / 2) * (halfDeclines % 2 === 1 ? Math.SQRT1_2 : 1);

/** The parts by which a volunteer is ranked, each between 0 and 1, with its weight by the bank's policy. */
export const partsOf = (facts: RankFacts, policy: Pick<Policy, (typeof weightKeys)[RankPartName]>): RankPart[] =>
  rankParts.map((name) => ({
    name,
    value: values[name](facts),
    weight: policy[weightKeys[name]] * (name === 'kind' ? leftAfter(facts.halfDeclines) : 1),
  }));

export const scoreOf = (parts: readonly RankPart[]): number => parts.reduce((sum, { value, weight }) => sum + value * weight, 0);

const nearMeters = 1_000;

/** What speaks for a request, as its volunteer may hear it. */
export function kindReasonsOf({ visits, isAskedFor, meters, isFree, sharesLanguage, likesKind }: RankFacts): KindReason[] {
  const holds: Record<KindReason, boolean> = {
    helped_before: visits > 0,
    asked_for: isAskedFor,
    near: meters !== null && meters <= nearMeters,
    free_then: isFree === true,
    language: sharesLanguage === true,
    likes_kind: likesKind === true,
  };
  return (Object.keys(holds) as KindReason[]).filter((reason) => holds[reason]);
}
