import { ref } from 'vue';
import { keepUnder } from './display';

const storage = keepUnder('timebank.sign-in');
/** How long to wait before the next try, in milliseconds: short at first, then every half minute. */
const waits = [2_000, 5_000, 10_000, 30_000];

type SignInMessage = { kind: 'left' } | { kind: 'entered'; personId: string };

function readTold(text: string | null): SignInMessage | null {
  try {
    return JSON.parse(text ?? 'null') as SignInMessage | null;
  } catch {
    return null;
  }
}

/** What a tab told the others last about who came or left; any other text means that it may be somebody else now. */
export const lastSignInTold = (): string | null => storage.read('told');

/**
 * One sign-in serves every tab of both apps. Signing out is written down before the server is asked, and stays written down until the
 * server has said yes: without network the cookie lives on, so whatever opens next finishes the sign-out before it loads anything.
 * `end` asks the server and says whether the sign-in is over there. Tabs tell one another who came and that somebody left.
 */
export function createSharedSignIn(end: (everywhere: boolean) => Promise<boolean>) {
  const leaving = ref(storage.read('leaving') !== null);
  let tries = 0;
  let timer = 0;
  let asking: Promise<boolean> | null = null;
  let known = lastSignInTold();

  /** The stamp makes each telling a change, which is what other tabs hear. */
  const tell = (told: SignInMessage) => {
    known = JSON.stringify({ ...told, at: Date.now() });
    storage.write('told', known);
  };

  async function ask(): Promise<boolean> {
    const how = storage.read('leaving');
    const isOver = how === null || (await end(how === 'everywhere').catch(() => false));
    if (isOver) storage.write('leaving', null);
    leaving.value = !isOver;
    window.clearTimeout(timer);
    if (!isOver) timer = window.setTimeout(() => void finish(), waits[Math.min(tries, waits.length - 1)]);
    tries = isOver ? 0 : tries + 1;
    return isOver;
  }

  /** Finishes a sign-out that is written down; true when none is left. To be awaited before anything of a person is loaded. */
  function finish(): Promise<boolean> {
    asking ??= ask().finally(() => (asking = null));
    return asking;
  }

  /** Signs out here and in every tab; false while the server does not know it yet. */
  async function leave(everywhere = false): Promise<boolean> {
    storage.write('leaving', everywhere ? 'everywhere' : 'here');
    leaving.value = true;
    tell({ kind: 'left' });
    await asking;
    return finish();
  }

  /** Calls back when another tab signs out or in, and tries again by itself when the network is back. */
  function hear(heard: { left: () => void; entered: (personId: string) => void }): () => void {
    const listen = (text: string | null) => {
      if (text === known) return;
      known = text;
      const told = readTold(text);
      if (told?.kind === 'left') heard.left();
      else if (told?.kind === 'entered') heard.entered(told.personId);
    };
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key === 'timebank.sign-in.leaving') leaving.value = newValue !== null;
      if (key === 'timebank.sign-in.told') listen(newValue);
    };
    // What was told before this page could hear.
    listen(lastSignInTold());
    const onOnline = () => void finish();
    window.addEventListener('storage', onStorage);
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('storage', onStorage);
      window.removeEventListener('online', onOnline);
      window.clearTimeout(timer);
    };
  }

  return { leaving, finish, leave, hear, enter: (personId: string) => tell({ kind: 'entered', personId }) };
}

export type SharedSignIn = ReturnType<typeof createSharedSignIn>;
