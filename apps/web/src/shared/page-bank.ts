import { computed, type ComputedRef } from 'vue';
import { type LocationQueryValue, useRoute } from 'vue-router';
import type { Me } from '@timebank/contract/client';
import { useSession } from './session';

type Bank = Me['banks'][number];

/** Where a thing of some bank is shown: the address names a bank other than one's own. */
export function placeOf(path: string, bankId: string): string {
  return bankId === useSession().bank?.bankId ? path : `${path}?bank=${bankId}`;
}

/** The bank that this page is about: the one in its address when it is one of theirs, else their own. */
export function usePageBank(): ComputedRef<Bank | null> {
  const session = useSession();
  const route = useRoute();
  const named = (value: LocationQueryValue | LocationQueryValue[] | undefined) => session.me?.banks.find(({ bankId }) => bankId === value);
  return computed(() => named(route.query['bank']) ?? session.bank);
}
