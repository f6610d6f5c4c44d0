import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { newId } from '@timebank/kernel';
import type { Visit } from '@timebank/contract/client';
import { noteInBundle, readBundle } from '../day-bundle';
import { registerPhone, signAll } from '../device-key';
import { StorageTrouble } from '../phone-db';
import { useSession } from '../session';
import { createOutbox } from './outbox';
import { outboxDb } from './outbox-db';
import { isUnsent, type KeptScan, type NewScan } from './outbox.rules';
import { putScan, textOf } from './put-scan';

/** What a page knows of a scan that it makes. */
export type MadeScan = Pick<NewScan, 'bankId' | 'visitId' | 'kind' | 'card' | 'clientName'>;
/** `kept`: written down, and sent by itself as soon as that is possible. `unkept`: neither written down nor answered. */
export type Scanned =
  | { outcome: 'taken'; visit: Visit }
  | { outcome: 'refused'; code: string; parameters: Record<string, unknown> }
  | { outcome: 'kept'; scan: KeptScan }
  | { outcome: 'unkept'; scan: NewScan; why: 'full' | 'broken' };

const flushEveryMs = 30_000;
const soonestMs = 1_000;
const channelName = 'timebank.outbox';

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
  const trouble = shallowRef<'full' | 'broken' | null>(null);
  const mine = computed(() => all.value.filter(({ personId }) => personId === session.me?.personId));
  const unsent = computed(() => mine.value.filter(isUnsent));
  const boxed = computed(() => mine.value.filter((scan) => !isUnsent(scan)));
  const otherTabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : null;
  otherTabs?.addEventListener('message', () => void look());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing = false;
  let wanted: { hurry: boolean } | null = null;

  async function look(): Promise<void> {
    try {
      all.value = await outboxDb.all();
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
      otherTabs?.postMessage('changed');
    },
    stored: (scan, visit) => noteInBundle(scan.personId, visit),
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

  /** Everything that both events of a scan will ever say, settled now. */
  async function settle(made: MadeScan): Promise<NewScan> {
    const personId = session.me?.personId ?? '';
    const clientTime = session.now().toISOString();
    const { visits } = await readBundle(personId);
    const challenge = visits.find(({ visitId }) => visitId === made.visitId)?.challenge ?? null;
    const directId = navigator.onLine ? newId() : null;
    const scan: NewScan = { ...made, eventId: newId(), directId, personId, clientTime, challenge, device: null };
    const signed = await signAll([textOf(scan, false), ...(directId ? [textOf(scan, true)] : [])]);
    const [signature, directSignature = null] = signed?.signatures ?? [];
    return signed && signature ? { ...scan, device: { deviceId: signed.deviceId, signature, directSignature } } : scan;
  }

  /** Sends a scan that could not be written down, always as the same direct event; the page keeps it and asks again. */
  async function sendUnkept(scan: NewScan, why: 'full' | 'broken'): Promise<Scanned> {
    const sent = await putScan({ ...scan, directId: (scan.directId ??= newId()) }, true);
    if (sent.outcome === 'stored') return { outcome: 'taken', visit: sent.visit };
    if (sent.outcome === 'refused') return sent;
    return { outcome: 'unkept', scan, why };
  }

  async function scan(made: MadeScan): Promise<Scanned> {
    const settled = await settle(made);
    try {
      void navigator.storage?.persist?.().catch(() => undefined);
      const { scan: kept, sent } = await outbox.put(settled);
      if (sent?.outcome === 'stored') return { outcome: 'taken', visit: sent.visit };
      if (sent?.outcome === 'refused') {
        // Said on the screen at once, before the person who can scan the right card.
        void outbox.read(kept.order);
        return sent;
      }
      void flush(sent === null);
      return { outcome: 'kept', scan: kept };
    } catch (fault) {
      if (!(fault instanceof StorageTrouble)) console.error(fault);
      return sendUnkept(settled, fault instanceof StorageTrouble ? fault.why : 'broken');
    }
  }

  return { unsent, boxed, trouble, look, flush, schedule, scan, sendUnkept, read: outbox.read };
});
