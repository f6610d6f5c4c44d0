import { defineStore } from 'pinia';
import { computed, reactive, type Ref, shallowRef } from 'vue';
import type { Visit } from '@timebank/contract/client';
import { type KeptScan, type Outbox, createOutbox, isUnsent } from '@timebank/web-kit/scanning';
import { registerPhone } from './device-key';
import { StorageTrouble } from './phone-db';
import { keep } from '../shared/i18n';
import { useSession } from '../shared/session';
import { channelName, useAnsweredScans } from './answered-scans';
import { makeScan, type MadeScan, type ScanResult } from './make-scan';
import { outboxDb } from './outbox-db';
import { putScan } from './put-scan';

const flushEveryMs = 30_000;
const soonestMs = 1_000;

/** Runs the work unless another tab of this browser is at it; without locks the claims in the store still keep tabs apart. */
async function alone(work: (sure: boolean) => Promise<void>): Promise<void> {
  if (!navigator.locks) return work(false);
  await navigator.locks.request(channelName, { ifAvailable: true }, async (lock) => {
    if (lock) await work(true);
  });
}

/** Sends what is due, and wakes up for what will be. */
function createSender(outbox: Outbox<Visit>, unsent: Readonly<Ref<KeptScan[]>>, look: () => Promise<void>) {
  const session = useSession();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing = false;
  let wanted: { hurry: boolean } | null = null;

  /** Wakes up when the next event is due, at the latest after half a minute; a hidden page sleeps until it is shown. */
  function schedule(): void {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    const due = Math.min(...unsent.value.map(({ nextTryAt }) => nextTryAt - Date.now()), flushEveryMs);
    timer = setTimeout(() => void flush(), Math.max(soonestMs, due));
  }

  /** Sends what is due. Asked again while it is at it, it goes round once more. Never throws. */
  async function flush(hurry = false): Promise<void> {
    wanted = { hurry: hurry || wanted?.hurry === true };
    if (flushing) return;
    flushing = true;
    try {
      await look();
      while (wanted) {
        const { hurry: now } = wanted;
        wanted = null;
        const personId = session.me?.personId;
        if (!personId || unsent.value.length === 0) continue;
        await registerPhone(personId);
        await outbox.flush(personId, now);
      }
    } catch (fault) {
      if (!(fault instanceof StorageTrouble)) console.error(fault);
    } finally {
      flushing = false;
      wanted = null;
      schedule();
    }
  }

  return { schedule, flush };
}

/** The scans of whoever is signed in that are on this phone only, and the ways to make and send them. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const all = shallowRef<KeptScan[]>([]);
  /** Whether `all` was read; until then nobody may say that nothing waits. */
  const isRead = shallowRef(false);
  const trouble = shallowRef<'full' | 'broken' | null>(null);
  const mine = computed(() => all.value.filter(({ personId }) => personId === session.me?.personId));
  const unsent = computed(() => mine.value.filter(isUnsent));
  const boxed = computed(() => mine.value.filter((kept) => !isUnsent(kept)));
  /** Scans that wait here for somebody who is not signed in now. */
  const ofOthers = computed(() => all.value.filter((kept) => isUnsent(kept) && kept.personId !== session.me?.personId));
  /** Event ids of scans taken back here while the page is open, for the screen that says so. */
  const takenBack = reactive(new Set<string>());
  const { answers, tellChanged, arrived } = useAnsweredScans(look);

  async function look(): Promise<void> {
    try {
      all.value = await outboxDb.all();
      // What the page asks before this code has come.
      keep.write('unsent', all.value.some(isUnsent) ? 'yes' : null);
      isRead.value = true;
      trouble.value = null;
    } catch (fault) {
      trouble.value = fault instanceof StorageTrouble ? fault.why : 'broken';
    }
  }

  const outbox = createOutbox<Visit>({
    store: outboxDb,
    send: putScan,
    alone,
    now: () => Date.now(),
    random: Math.random,
    changed: async () => {
      await look();
      tellChanged();
    },
    stored: arrived,
  });

  const { schedule, flush } = createSender(outbox, unsent, look);

  /** Makes a scan: written down first, then sent at once where that is possible. */
  async function scan(made: MadeScan): Promise<ScanResult> {
    const scanned = await makeScan(outbox, made);
    if (scanned.outcome === 'kept') void flush(scanned.scan.directId === null);
    return scanned;
  }

  /** Answers whether it could still be taken back. Noted before the scan is gone, so that no screen misses it in between. */
  async function takeBack({ order, eventId }: KeptScan): Promise<boolean> {
    takenBack.add(eventId);
    const isBack = await outbox.takeBack(order).catch(() => false);
    if (!isBack) takenBack.delete(eventId);
    return isBack;
  }

  /** The page closes: whoever closes it has confirmed the scan. If it is not sent in time, it waits for the next start like any other. */
  async function letGo(): Promise<void> {
    if (await outbox.letGo().catch(() => false)) await flush();
  }

  return {
    unsent,
    boxed,
    ofOthers,
    answers,
    isRead,
    trouble,
    all,
    look,
    flush,
    schedule,
    scan,
    read: outbox.read,
    takeBack,
    takenBack,
    letGo,
  };
});
