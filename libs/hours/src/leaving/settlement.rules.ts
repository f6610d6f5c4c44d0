import { type LeavingReason, refuse } from '@timebank/contract';

/** How what is left is to go on: so much to each heir, all the rest to one member, or null for the donation pool. */
export type SettlementInput = {
  memberId: string;
  reason: LeavingReason;
  /** The day the member left, in the bank's calendar. */
  leftOn: string;
  heirs: readonly { memberId: string; minutes: number }[];
  restTo: string | null;
};
export type Portion = { accountId: string; minutes: number };

/** Everybody who is to receive something, once each. Refuses `settlements/own_heir`, `settlements/listed_twice`. */
export function heirsOf({ memberId, heirs, restTo }: SettlementInput): string[] {
  const named = [...heirs.map((heir) => heir.memberId), ...(restTo === null ? [] : [restTo])];
  if (named.includes(memberId)) throw refuse('settlements/own_heir');
  if (new Set(named).size < named.length) throw refuse('settlements/listed_twice');
  return named;
}

/** Gives away every minute of a balance: the named portions, then the rest. Refuses `ledger/overdraft` when there is less. */
export function portionsOf(balanceMinutes: number, named: readonly Portion[], restAccountId: string): Portion[] {
  const rest = balanceMinutes - named.reduce((sum, { minutes }) => sum + minutes, 0);
  if (rest < 0) throw refuse('ledger/overdraft', { availableMinutes: balanceMinutes });
  return rest === 0 ? [...named] : [...named, { accountId: restAccountId, minutes: rest }];
}
