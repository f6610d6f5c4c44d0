import type { Entry } from '@timebank/contract/client';
import { useSession } from '../shared/session';

export type MonthOfService = { minutes: number; neighbours: number };

/** A month's services on an account: minutes given are above zero, minutes received below. */
export function sumServices(entries: Pick<Entry, 'kind' | 'minutes' | 'otherAccountId'>[], given: boolean): MonthOfService {
  const services = entries.filter(({ kind, minutes }) => kind === 'service' && (given ? minutes > 0 : minutes < 0));
  return {
    minutes: services.reduce((sum, { minutes }) => sum + Math.abs(minutes), 0),
    neighbours: new Set(services.map(({ otherAccountId }) => otherAccountId)).size,
  };
}

/** Every service entry of a month; one person's month is a page or two. */
export async function loadServiceEntries(accountId: string, month: string): Promise<Entry[]> {
  const session = useSession();
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await session.ask('listEntries', { params: { accountId }, query: { kind: 'service', month, limit: 200, cursor } });
    entries.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return entries;
}
