import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import {
  call,
  CallRefused,
  type AnswerOf,
  type BodyOf,
  type Me,
  type ParamsOf,
  type QueryOf,
  type RoleName,
  type RouteName,
} from '@timebank/contract/client';
import { createProductClock } from '@timebank/web-kit';

const clock = createProductClock();

/** Who is signed in, at which bank, and what time it is there. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null);
  const asked = ref(false);
  const left = ref(false);
  const bank = computed(() => me.value?.banks.find(({ bankId }) => bankId === me.value?.member?.bankId) ?? me.value?.banks[0] ?? null);
  /** Banks where one volunteers, one's own first: at home, and where one is a guest. */
  const helpBanks = computed(() => {
    const all = (me.value?.banks ?? []).filter(({ bankId }) => hasIn('volunteer', bankId));
    return [...all.filter(({ bankId }) => bankId === bank.value?.bankId), ...all.filter(({ bankId }) => bankId !== bank.value?.bankId)];
  });
  const timeZone = computed(() => bank.value?.timeZone ?? 'Asia/Shanghai');
  const memberId = computed(() => me.value?.member?.memberId ?? '');

  function hasIn(role: RoleName, bankId: string | undefined): boolean {
    return me.value?.roles.some((granted) => granted.role === role && (granted.bankId === null || granted.bankId === bankId)) ?? false;
  }

  /** Asks the server who this is; null when nobody is signed in. Other refusals pass through. */
  async function load(): Promise<Me | null> {
    try {
      me.value = await call('me');
      clock.tell(me.value.now, me.value.speed);
    } catch (thrown) {
      if (!(thrown instanceof CallRefused) || thrown.status !== 401) throw thrown;
      me.value = null;
    }
    asked.value = true;
    left.value = false;
    return me.value;
  }

  /** Calls the API as this person. When the sign-in has ended meanwhile, the page is told by `me` becoming null. */
  async function ask<Name extends RouteName>(
    name: Name,
    sent: { params?: Partial<ParamsOf<Name>>; query?: QueryOf<Name>; body?: BodyOf<Name> } = {},
  ): Promise<AnswerOf<Name>> {
    try {
      return await call(name, { ...sent, params: { bankId: bank.value?.bankId ?? '', ...sent.params } as ParamsOf<Name> });
    } catch (thrown) {
      if (thrown instanceof CallRefused && thrown.status === 401) me.value = null;
      throw thrown;
    }
  }

  return {
    me,
    asked,
    bank,
    timeZone,
    memberId,
    load,
    ask,
    /** The product's present instant; never the phone's own. */
    now: () => clock.now(),
    speed: clock.speed,
    has: (role: RoleName) => hasIn(role, bank.value?.bankId),
    hasIn,
    helpBanks,
    left,
    /** After signing out: nobody is signed in, and there is no page to come back to. */
    forget: () => {
      left.value = true;
      me.value = null;
    },
  };
});
