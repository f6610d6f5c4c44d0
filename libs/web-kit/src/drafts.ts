import { nextTick, onScopeDispose, readonly, ref, toRaw, watch, type Ref } from 'vue';

/** Long enough for a lost evening and a weekend; nobody wants older drafts any more. */
const lastsMs = 7 * 86_400_000;

type KeptDraft = { at: number; fields: unknown };

/** What a form knows about its own draft. */
export type Draft = {
  /** Whether the form was filled with what had been typed before. */
  restored: Readonly<Ref<boolean>>;
  /** What was typed has arrived, or is not wanted any more: the draft is deleted, and later changes are not kept. */
  clear(): void;
  /** Empties the form to how it opened, and forgets what was typed. */
  startAnew(): void;
};

export type DraftOptions = {
  /** Kept for this tab and whoever uses it, also when nobody is signed in. For forms before the sign-in. */
  ofTab?: boolean;
  lastsMs?: number;
};

export type Drafts = {
  /**
   * Keeps what people type into a form under a key, and fills the form with it when it is opened again: after a reload, a new version, a session that
   * ended, a way back. `fields` is a ref of plain data (text, numbers, flags, lists of them), never a secret. It belongs to the person who was signed
   * in when the form opened; another person neither sees nor overwrites it.
   */
  useDraft<Fields>(key: string, fields: Ref<Fields>, options?: DraftOptions): Draft;
  /** Whether something typed by this person waits in this app. */
  has(personId: string): boolean;
};

const marker = '.draft.';

/** The storage, or null where it is switched off. */
function open(storage: () => Storage): Storage | null {
  try {
    return storage();
  } catch {
    return null;
  }
}

const keysOf = (storage: Storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

/** After a sign-out: nothing that this person typed stays on the device, in whichever app of this address it was typed. */
export function forgetDrafts(personId: string, storage: () => Storage = () => localStorage): void {
  const kept = open(storage);
  if (kept) for (const key of keysOf(kept)) if (key.includes(`${marker}${personId}.`)) kept.removeItem(key);
}

function readDraft(storage: Storage, key: string, now: number, longestMs: number): KeptDraft | null {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as KeptDraft | null;
    if (kept === null || typeof kept.at !== 'number') return null;
    // A clock that was set back makes a draft young again, never eternal: it may last its full time from now on.
    return Math.abs(now - kept.at) < longestMs ? kept : null;
  } catch {
    return null;
  }
}

/** Whether two values fit one form: a draft of an older version of the form, with other names or kinds of fields, does not. */
function fits(kept: unknown, opened: unknown): boolean {
  if (typeof kept !== typeof opened || Array.isArray(kept) !== Array.isArray(opened)) return false;
  if (kept === null || opened === null || typeof kept !== 'object' || typeof opened !== 'object' || Array.isArray(kept)) return true;
  return Object.keys(opened).join() === Object.keys(kept).join();
}

/**
 * The drafts of one app: what people typed and have not sent. `prefix` is the app's own in the storage, `owner` says who is signed in.
 * Make one for the app and hand its `useDraft` to the forms.
 */
export function createDrafts(
  prefix: string,
  owner: () => string | null | undefined,
  { storage = () => localStorage, tabStorage = () => sessionStorage, now = () => Date.now() } = {},
): Drafts {
  const mine = (personId: string) => `${prefix}${marker}${personId}.`;

  /** Old drafts go when the next form opens. */
  function sweep(kept: Storage): void {
    for (const key of keysOf(kept)) {
      if (key.startsWith(`${prefix}${marker}`) && readDraft(kept, key, now(), lastsMs) === null) kept.removeItem(key);
    }
  }

  function useDraft<Fields>(key: string, fields: Ref<Fields>, options: DraftOptions = {}): Draft {
    const restored = ref(false);
    const opened = JSON.stringify(toRaw(fields.value));
    const personId = options.ofTab ? 'tab' : owner();
    const kept = personId ? open(options.ofTab ? tabStorage : storage) : null;
    const place = `${mine(personId ?? '')}${key}`;
    let cleared = false;

    function write(): void {
      if (!kept || cleared) return;
      const text = JSON.stringify(toRaw(fields.value));
      try {
        if (text === opened) kept.removeItem(place);
        else kept.setItem(place, `{"at":${now()},"fields":${text}}`);
      } catch {
        // The storage is full: what was typed lasts as long as the page.
      }
    }

    if (kept) {
      sweep(kept);
      const draft = readDraft(kept, place, now(), options.lastsMs ?? lastsMs);
      if (draft && fits(draft.fields, JSON.parse(opened))) {
        fields.value = draft.fields as Fields;
        restored.value = true;
      }
    }
    // At once: the page may be gone a moment after the last letter.
    const stop = watch(fields, write, { deep: true, flush: 'sync' });
    onScopeDispose(stop);

    function clear(): void {
      cleared = true;
      restored.value = false;
      kept?.removeItem(place);
    }

    return {
      restored: readonly(restored),
      clear,
      startAnew: () => {
        clear();
        fields.value = JSON.parse(opened) as Fields;
        void nextTick(() => (cleared = false));
      },
    };
  }

  return {
    useDraft,
    has: (personId) => {
      const kept = open(storage);
      return kept !== null && keysOf(kept).some((key) => key.startsWith(mine(personId)) && readDraft(kept, key, now(), lastsMs) !== null);
    },
  };
}
