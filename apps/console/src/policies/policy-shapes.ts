import type { Policies } from '@timebank/contract/client';

/** Values are any JSON; the screen only writes them out. */
export type ShownRow = Omit<Policies['rows'][number], 'value'> & { value: unknown };
export type ShownPolicies = { day: Policies['day']; inForce: Record<string, unknown>; rows: ShownRow[] };
