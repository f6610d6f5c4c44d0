import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Visit } from '@timebank/contract/client';
import { noteInBundle } from '../day-bundle';
import { registerPhone } from '../device-key';
import { StorageTrouble } from '../phone-db';
import { useSession } from '../session';
import { makeScan, type MadeScan, type Scanned } from './make-scan';
import { createOutbox } from './outbox';
import { outboxDb } from './outbox-db';
import { isUnsent, type KeptScan } from './outbox.rules';
import { putScan } from './put-scan';

const flushEveryMs = 30_000;
const soonestMs = 1_000;
const channelName = 'timebank.outbox';
/** What the tabs tell each other: something changed, or the server's answer to a kept scan. */
type Told = 'changed' | { eventId: string; visit: Visit };

/** Runs the work unless another tab of this browser is at it; without locks the claims in the store still keep tabs apart. */
async function alone(work: (sure: boolean) => Promise<void>): Promise<void> {
  if (!navigator.locks) return work(false);
  await navigator.locks.request(channelName, { ifAvailable: true }, async (lock) => {
    if (lock) await work(true);
  });
}

/** The scans of whoever is signed in that are on this phone only, and the ways to make and send them. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const all = shallowRef<KeptScan[]>([]);
  /** Whether `all` was read: until then nobody may say that nothing waits. */
  const isRead = shallowRef(false);
  const trouble = shallowRef<'full' | 'broken' | null>(null);
  const mine = computed(() => all.value.filter(({ personId }) => personId === session.me?.personId));
  const unsent = computed(() => mine.value.filter(isUnsent));
  const boxed = computed(() => mine.value.filter((kept) => !isUnsent(kept)));
  /** Scans that wait here for somebody who is not signed in now. */
  const ofOthers = computed(() => all.value.filter((kept) => isUnsent(kept) && kept.personId !== session.me?.personId));
  /** What the server answered to scans that had been kept, by their kept event: nothing else makes one arrive. */
  const answers = shallowRef<ReadonlyMap<string, Visit>>(new Map());
  const otherTabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : null;
  otherTabs?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data !== 'changed') note(data);
    void look();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing = false;
  let wanted: { hurry: boolean } | null = null;

  async function look(): Promise<void> {
    try {
      all.value = await outboxDb.all();
      isRead.value = true;
      trouble.value = null;
    } catch (fault) {
      trouble.value = fault instanceof StorageTrouble ? fault.why : 'broken';
    }
  }

  function note({ eventId, visit }: Exclude<Told, 'changed'>): void {
    answers.value = new Map([...answers.value, [eventId, visit]]);
  }

  /** A channel of this origin's own tabs. */
  function tellTabs(told: Told): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of this origin's own tabs has no target
    otherTabs?.postMessage(told);
  }

  const outbox = createOutbox<Visit>({
    store: outboxDb,
    send: putScan,
    alone,
    now: () => Date.now(),
    random: Math.random,
    changed: async () => {
      await look();
      tellTabs('changed');
    },
    stored: ({ eventId, personId }, visit) => {
      note({ eventId, visit });
      tellTabs({ eventId, visit });
      return noteInBundle(personId, visit);
    },
  });

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

  /** Makes a scan: written down first, then sent at once where that is possible. */
  async function scan(made: MadeScan): Promise<Scanned> {
    const scanned = await makeScan(outbox, made);
    if (scanned.outcome === 'kept') void flush(scanned.scan.directId === null);
    return scanned;
  }

  const find = (order: number) => all.value.find((kept) => kept.order === order) ?? null;

  return { unsent, boxed, ofOthers, answers, isRead, trouble, find, look, flush, schedule, scan, read: outbox.read };
});
