import type { Callers } from '@timebank/contract';

type CallerKey = Pick<Callers['items'][number], 'memberId' | 'caller' | 'isClient' | 'name'>;
const order: readonly CallerKey['caller'][] = ['client', 'proxy', 'other'];

/** Each member once, by the closest way in which the number is theirs; clients before others, then by name. */
export function strongest<Caller extends CallerKey>(found: readonly Caller[]): Caller[] {
  const sorted = [...found].sort((one, other) => order.indexOf(one.caller) - order.indexOf(other.caller));
  const once = new Map<string, Caller>();
  for (const caller of sorted) if (!once.has(caller.memberId)) once.set(caller.memberId, caller);
  return [...once.values()].sort(
    (one, other) => Number(other.isClient) - Number(one.isClient) || order.indexOf(one.caller) - order.indexOf(other.caller),
  );
}
