import { call, CallRefused, isAnswer, type Me } from '@timebank/contract/client';
import { createProductClock, createSharedSignIn, isRefused, type RefusedCall } from '@timebank/web-kit';
import { ref } from 'vue';
import { forgetAskedFirst } from './asked-first';

/** Done, or there is nobody to sign out: either way it has ended at the server. */
const signOut = (everywhere: boolean) =>
  call(everywhere ? 'signOutEverywhere' : 'signOut').then(
    () => true,
    (thrown: unknown) => thrown instanceof CallRefused && isAnswer(thrown),
  );

/** Asks anew about the same person. Where that is refused, what was known stands, and the page that the act was done on. */
const askAnew = (take: (answer: Me) => void) =>
  call('me').then(take, (thrown: unknown) => {
    if (!isRefused(thrown)) throw thrown;
  });

/** Asks for the sign-in again in place: callers that found it ended wait until somebody has signed in, or will not. */
function createSignInAgain() {
  const isAskedAgain = ref(false);
  let settle: (isBack: boolean) => void = () => undefined;
  let asking: Promise<boolean> | null = null;

  function ask(): Promise<boolean> {
    asking ??= new Promise<boolean>((resolve) => {
      settle = resolve;
      isAskedAgain.value = true;
    }).finally(() => {
      isAskedAgain.value = false;
      asking = null;
    });
    return asking;
  }

  return { isAskedAgain, ask, settle: (isBack: boolean) => settle(isBack) };
}

/** Who is signed in and the product's clock; `others` is what else the desk knows and forgets with them. */
export function createSignIn(others: { load: () => Promise<void>; forget: () => void }) {
  const me = ref<Me | null>(null);
  const known = ref(false);
  const failed = ref<RefusedCall | null>(null);
  const clock = createProductClock();
  const shared = createSharedSignIn(signOut);
  const again = createSignInAgain();

  function take(answer: Me): void {
    me.value = answer;
    clock.tell(answer.now, answer.speed);
  }

  function forget(): void {
    known.value = true;
    me.value = null;
    forgetAskedFirst();
    others.forget();
  }

  function startClean(): void {
    forget();
    location.assign('/console/');
  }

  /** Asks who is signed in; nobody is an answer too. A sign-out that the server has not received goes first. */
  async function load(): Promise<void> {
    failed.value = null;
    try {
      if (!(await shared.finish())) return forget();
      take(await call('me'));
      await others.load();
      known.value = true;
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
      if (thrown.code === 'access/not_signed_in') forget();
      else failed.value = thrown;
    }
  }

  /** After a sign-in, also in place: tells other tabs. Somebody else begins clean, and nothing of the first person's page stays. */
  async function enter(): Promise<void> {
    const before = me.value?.personId;
    const now = await call('me');
    shared.enter(now.personId);
    if (before === undefined) return load();
    if (before !== now.personId) return startClean();
    take(now);
    again.settle(true);
  }

  /** Listens to other tabs: somebody signed out there, or in. */
  const hear = () =>
    shared.hear({
      left: startClean,
      entered: (personId) => (me.value?.personId === personId ? again.settle(true) : startClean()),
    });

  return {
    me,
    known,
    failed,
    clock,
    load,
    renew: () => askAnew(take),
    enter,
    hear,
    forget,
    leaving: shared.leaving,
    leave: () => shared.leave(),
    finishLeaving: shared.finish,
    isAskedAgain: again.isAskedAgain,
    signInAgain: () => (me.value === null ? Promise.resolve(false) : again.ask()),
    giveUpSignIn: () => again.settle(false),
  };
}
