import { createSharedSignIn, forgetDrafts } from '@timebank/web-kit';
import type { Zone } from '@timebank/kernel';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import {
  call,
  CallRefused,
  isAnswer,
  type AnswerOf,
  type BodyOf,
  type Me,
  type ParamsOf,
  type QueryOf,
  type RoleName,
  type RouteName,
} from '@timebank/contract/client';
import { keep } from './i18n';
import { createPhoneClock, type ToldTime } from './phone-clock';

const clock = createPhoneClock();
/** How long a start waits for the server before the phone goes on with what it knows, in milliseconds. */
const startWaitMs = 3_000;
const answerWithinMs = 15_000;

type KeptSession = { me: Me; told: ToldTime };

/** Who was signed in when the server last answered, for starts without network. All tabs share it. */
function readKept(): KeptSession | null {
  try {
    const kept = JSON.parse(keep.read('session') ?? 'null') as KeptSession | null;
    return kept?.me?.personId && kept.told?.now ? kept : null;
  } catch {
    return null;
  }
}

/** Whether a sign-in has ended at the server: it says so, or knows of none. */
const signOut = (everywhere: boolean) =>
  call(everywhere ? 'signOutEverywhere' : 'signOut', { signal: AbortSignal.timeout(answerWithinMs) }).then(
    () => true,
    (thrown: unknown) => thrown instanceof CallRefused && isAnswer(thrown),
  );

/** Who is signed in: by the server's answer or, without network, its last one. */
function createSignIn() {
  const me = shallowRef<Me | null>(null);
  const asked = ref(false);
  const left = ref(false);
  /** Whose sign-in the server has ended, until somebody signs in; null after a sign-out. */
  const endedFor = ref<string | null>(null);
  /** A page that holds what would be lost elsewhere asks for the sign-in itself. */
  const staysHere = ref(false);
  const speed = ref(1);
  const shared = createSharedSignIn(signOut);
  let signOuts = 0;

  /** Asks the server who this is; null when nobody is signed in, or a sign-out waits for the server. Other refusals pass through. */
  async function load(): Promise<Me | null> {
    const before = signOuts;
    try {
      if (!(await shared.finish())) throw new CallRefused('access/not_signed_in', 401, {}, null, null);
      const answer = await call('me', { signal: AbortSignal.timeout(answerWithinMs) });
      // A hotel's sign-in page answers everything with a page of its own.
      if (!answer?.personId) throw new CallRefused('service/unreachable', 0, {}, null, null);
      // Asked before a sign-out and answered after it: nobody is signed in here any more.
      if (before !== signOuts) return me.value;
      me.value = answer;
      endedFor.value = null;
      keep.write('session', JSON.stringify({ me: answer, told: clock.tell(answer.now, answer.speed) } satisfies KeptSession));
      keep.write('met', 'yes');
      speed.value = answer.speed;
    } catch (thrown) {
      if (!(thrown instanceof CallRefused) || thrown.status !== 401) throw thrown;
      if (before !== signOuts) return me.value;
      end();
    }
    asked.value = true;
    left.value = false;
    return me.value;
  }

  /** At the start of the page: asks the server, and goes on as whoever was signed in last when no answer comes soon. */
  async function start(): Promise<void> {
    const kept = readKept();
    if (!kept) return void (await load());
    clock.resume(kept.told);
    speed.value = kept.told.speed;
    const answer = load().then(
      () => undefined,
      (thrown: unknown) => {
        if (!(thrown instanceof CallRefused)) console.error(thrown);
      },
    );
    await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, startWaitMs))]);
    if (asked.value) return;
    me.value = kept.me;
    asked.value = true;
  }

  /** Whether this person is still the one signed in here; another tab may have changed that. `surely`: asks the server. */
  async function isStill(personId: string, surely = false): Promise<boolean> {
    if (!surely && readKept()?.me.personId === personId && me.value?.personId === personId) return true;
    const now = await load().catch(() => me.value);
    return now?.personId === personId;
  }

  function end(): void {
    endedFor.value = me.value?.personId ?? readKept()?.me.personId ?? endedFor.value;
    me.value = null;
    keep.write('session', null);
  }

  /** Somebody signed out, so there is no page to come back to. */
  function goAway(): void {
    signOuts += 1;
    left.value = true;
    end();
    endedFor.value = null;
  }

  return { me, asked, left, endedFor, staysHere, speed, load, start, isStill, end, goAway, shared };
}

/** Who is signed in, at which bank, and what time it is there. */
export const useSession = defineStore('session', () => {
  const { me, asked, left, endedFor, staysHere, speed, load, start, isStill, end, goAway, shared } = createSignIn();
  const bank = computed(() => me.value?.banks.find(({ bankId }) => bankId === me.value?.member?.bankId) ?? me.value?.banks[0] ?? null);
  /** The own bank has ended its work: everything can be read, and nothing be arranged. */
  const isClosed = computed(() => bank.value?.closedOn !== undefined);
  /** Banks where the person volunteers, their own first: at home, and as a guest. */
  const helpBanks = computed(() => {
    const all = (me.value?.banks ?? []).filter(({ bankId }) => hasIn('volunteer', bankId));
    return [...all.filter(({ bankId }) => bankId === bank.value?.bankId), ...all.filter(({ bankId }) => bankId !== bank.value?.bankId)];
  });
  const timeZone = computed<Zone>(() => bank.value?.zones ?? bank.value?.timeZone ?? 'Asia/Shanghai');
  const memberId = computed(() => me.value?.member?.memberId ?? '');

  function hasIn(role: RoleName, bankId: string | undefined): boolean {
    return me.value?.roles.some((granted) => granted.role === role && (granted.bankId === null || granted.bankId === bankId)) ?? false;
  }

  /** Calls the API as this person. If the sign-in has ended meanwhile, `me` becomes null. */
  async function ask<Name extends RouteName>(
    name: Name,
    sent: { params?: Partial<ParamsOf<Name>>; query?: QueryOf<Name>; body?: BodyOf<Name>; signal?: AbortSignal } = {},
  ): Promise<AnswerOf<Name>> {
    try {
      return await call(name, { ...sent, params: { bankId: bank.value?.bankId ?? '', ...sent.params } as ParamsOf<Name> });
    } catch (thrown) {
      if (thrown instanceof CallRefused && thrown.status === 401) end();
      throw thrown;
    }
  }

  return {
    me,
    asked,
    bank,
    isClosed,
    timeZone,
    memberId,
    load,
    start,
    isStill,
    end,
    ask,
    /** The product's present instant; never the phone's own. */
    now: () => clock.now(),
    speed,
    has: (role: RoleName) => hasIn(role, bank.value?.bankId),
    hasIn,
    helpBanks,
    left,
    endedFor,
    staysHere,
    /**
     * Signs out: nobody is signed in here from now on, and there is no page to come back to. The server is told now or, without network, later.
     * "Everywhere" first asks for a sign-in where this one has ended: nobody may believe that the others are out when they are not.
     */
    leave: async (everywhere: boolean) => {
      if (everywhere && (await load().catch(() => me.value)) === null) return;
      if (me.value) forgetDrafts(me.value.personId);
      goAway();
      await shared.leave(everywhere);
    },
    /** Whether the server has not heard of a sign-out yet. */
    leaving: shared.leaving,
    finishLeaving: shared.finish,
    /** Messages of other tabs of either app: somebody signed out there, or in. */
    hear: () =>
      shared.hear({
        left: goAway,
        // Somebody else is in: where the server cannot say who now, the page of the first person goes all the same.
        entered: (personId) => void (me.value?.personId === personId || load().catch(goAway)),
      }),
    enter: shared.enter,
  };
});
