/**
 * Why somebody cannot take or be given a request: a closed list, in the order in which a refusal names one of several. `code` is the refusal where that
 * one is the first. A `soft` one a coordinator may set aside with a reason; a `warning` stops nobody. Of a `hidden` one no volunteer ever learns: for them
 * the request is taken. `path` is the field that is at fault.
 */
type Gate = { code: string; strength: 'hard' | 'soft' | 'warning'; hidden?: true; path?: string };

const volunteer = { path: 'body.volunteerId' } as const;

export const gateReasons = {
  full: { code: 'requests/not_open', strength: 'hard' },
  too_late: { code: 'requests/past', strength: 'hard' },
  own_request: { code: 'requests/own_request', strength: 'hard' },
  not_a_volunteer: { code: 'members/not_a_volunteer', strength: 'hard', ...volunteer },
  barred: { code: 'members/disabled', strength: 'hard', ...volunteer },
  left: { code: 'gate/left', strength: 'hard', ...volunteer },
  qualification_missing: { code: 'requests/qualification_needed', strength: 'hard' },
  /** Soft while it can still be reactivated. */
  qualification_expired: { code: 'requests/qualification_needed', strength: 'hard' },
  qualification_ends_before: { code: 'requests/qualification_needed', strength: 'hard' },
  /** Not trained for a kind of risk. */
  training_missing: { code: 'gate/training_missing', strength: 'soft' },
  overlaps: { code: 'visits/overlapping_plan', strength: 'hard' },
  interchange_off: { code: 'banks/interchange_off', strength: 'hard' },
  paused: { code: 'gate/paused', strength: 'hard', ...volunteer },
  /** By the bank's insurances on the day of the visit. */
  not_insured: { code: 'gate/not_insured', strength: 'hard' },
  /** Still for the bank's own volunteers; guests do not see it yet. */
  not_open_yet: { code: 'gate/not_open_yet', strength: 'soft', hidden: true },
  not_open_to_volunteers: { code: 'gate/not_open_to_volunteers', strength: 'soft' },
  /** A newcomer, and no mentor goes along. */
  pair_needed: { code: 'gate/pair_needed', strength: 'soft' },
  rest: { code: 'gate/rest', strength: 'soft' },
  day_cap: { code: 'gate/day_cap', strength: 'soft' },
  pair_cap: { code: 'gate/pair_cap', strength: 'soft' },
  /** More in a week than they wish for. */
  week_wish: { code: 'gate/week_wish', strength: 'soft', ...volunteer },
  /** The last that a volunteer is told: who reads the risks can take it then. */
  risk_not_read: { code: 'gate/risk_not_read', strength: 'hard' },
  blocked_pair: { code: 'gate/blocked_pair', strength: 'hard', hidden: true },
  wish_woman: { code: 'gate/wish_woman', strength: 'soft', hidden: true },
  wish_man: { code: 'gate/wish_man', strength: 'soft', hidden: true },
  related: { code: 'gate/related', strength: 'warning', hidden: true },
} as const satisfies Record<string, Gate>;

export type GateReason = keyof typeof gateReasons;
export const gateReasonCodes = Object.keys(gateReasons) as GateReason[];
