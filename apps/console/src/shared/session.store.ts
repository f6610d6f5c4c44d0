import { type Bank, call, paths, permissions, type PermissionName, type RoleName } from '@timebank/contract/client';
import { localDate, localMonth, type Zone } from '@timebank/kernel';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { keep } from './display';
import { createSignIn } from './sign-in';

const rolesOfTheDesk: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];

const isStaff = (roles: readonly { role: RoleName }[]) => roles.some(({ role }) => rolesOfTheDesk.includes(role));

/** Which page a permission opens for reading; none where it only writes. */
const isToRead = (permission: PermissionName) =>
  Object.values(paths).some(([method, , needed]) => method === 'GET' && needed === permission);

/** The banks with one as the server has just answered it. It is not asked for again: an act that was done is never told as one that failed. */
function withBank(banks: readonly Bank[], changed: Bank): Bank[] {
  const isKnown = banks.some(({ bankId }) => bankId === changed.bankId);
  return isKnown ? banks.map((bank) => (bank.bankId === changed.bankId ? changed : bank)) : [...banks, changed];
}

/** The first of these that is there, else one that goes on, else any. */
function bankToWorkIn(banks: readonly Bank[], wanted: readonly (string | null)[]): string {
  const known = wanted.flatMap((id) => banks.filter(({ bankId }) => bankId === id));
  return (known[0] ?? banks.find(({ closedOn }) => closedOn === undefined) ?? banks[0])?.bankId ?? '';
}

/** Who is signed in, in which bank they work now, what they may do there, and the product's clock. */
export const useSession = defineStore('session', () => {
  const banks = ref<Bank[]>([]);
  const bankId = ref('');
  const signIn = createSignIn({ load: loadBanks, forget: forgetBanks });
  const { me, clock } = signIn;

  const isCity = computed(() => me.value?.roles.some((given) => given.bankId === null) ?? false);
  const isCityAdmin = computed(() => me.value?.roles.some((given) => given.bankId === null && given.role === 'admin') ?? false);
  const bank = computed(() => banks.value.find((one) => one.bankId === bankId.value) ?? null);
  const openBanks = computed(() => banks.value.filter(({ closedOn }) => closedOn === undefined));
  const closedBanks = computed(() => banks.value.filter(({ closedOn }) => closedOn !== undefined));
  const timeZone = computed<Zone>(() => bank.value?.zones ?? bank.value?.timeZone ?? 'Asia/Shanghai');
  const roles = computed(() => rolesIn(bankId.value));

  function rolesIn(wanted: string): RoleName[] {
    const given = me.value?.roles.filter((role) => role.bankId === null || role.bankId === wanted) ?? [];
    return [...new Set(given.map((role) => role.role))];
  }

  /** Mirrors the API's own decision so that a screen shows only what may be done; the API decides again. A closed bank is only read. */
  function may(permission: PermissionName): boolean {
    const granted = permissions[permission];
    if (typeof granted === 'string') return granted !== 'staff' || isStaff(me.value?.roles ?? []);
    const ofTheCity = (role: RoleName) =>
      (granted as readonly string[]).includes(`city ${role}`) &&
      me.value?.roles.some((given) => given.bankId === null && given.role === role);
    if (ofTheCity('admin') || ofTheCity('auditor')) return true;
    // The page of all banks is no bank's own: there the city founds the first one.
    if (bank.value?.closedOn !== undefined && permission !== 'banks.change' && !isToRead(permission)) return false;
    return (
      (bankId.value !== '' || permission === 'banks.change') &&
      (granted as readonly string[]).some((role) => roles.value.includes(role as RoleName))
    );
  }

  function work(at: string): void {
    bankId.value = at;
    keep.write('bank', at);
  }

  async function loadBanks(): Promise<void> {
    const found: Bank[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await call('listBanks', { query: { limit: 200, cursor } });
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    banks.value = found.filter((one) => isCity.value || rolesIn(one.bankId).some((role) => rolesOfTheDesk.includes(role)));
    work(bankToWorkIn(banks.value, [bankId.value, keep.read('bank')]));
  }

  const takeBank = (changed: Bank) => {
    banks.value = withBank(banks.value, changed);
    if (bankId.value === '') work(changed.bankId);
  };
  function forgetBanks(): void {
    [banks.value, bankId.value] = [[], ''];
  }

  const today = () => localDate(clock.now(), timeZone.value);
  const thisMonth = () => localMonth(clock.now(), timeZone.value);

  return {
    ...signIn,
    banks,
    openBanks,
    closedBanks,
    bankId,
    bank,
    timeZone,
    isCity,
    isCityAdmin,
    may,
    work,
    loadBanks,
    takeBank,
    today,
    thisMonth,
  };
});
