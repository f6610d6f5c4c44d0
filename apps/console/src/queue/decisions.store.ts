import { type BodyOf, call, CallRefused, type Approval, type VisitLine } from '@timebank/contract/client';
import { newId } from '@timebank/kernel';
import { keepUnder } from '@timebank/web-kit';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useSession } from '../shared/session.store';
import { inBatches, readPending, type Pending } from './decisions.rules';

export type Decision = Omit<BodyOf<'putApproval'>, 'visitIds'> & { visits: VisitLine[] };
export type VisitRefusal = { code: string; parameters: Record<string, unknown> };

/** How long a decision can be taken back, in real milliseconds. */
const undoMilliseconds = 10_000;
/** Bodies that may outlive the page: browsers allow 64 KiB in flight. */
const keepaliveBytes = 60_000;
const storage = keepUnder('timebank.console', () => sessionStorage);

/**
 * Decisions that were made but not yet sent: shown for ten seconds with “undo”, sent at once when the page is left. Each keeps
 * one approval id from the moment it is made, here and in session storage, so that a lost answer or a reload sends the same
 * decision again and never a second one.
 */
export const useDecisions = defineStore('decisions', () => {
  const session = useSession();
  const pending = ref<Pending[]>(readPending(storage.read('decisions')).map((one) => ({ ...one, state: 'stuck' })));
  const refusedVisits = ref(new Map<string, VisitRefusal>());
  const decidedVisits = ref(new Set<string>());
  const finished = ref(0);
  const undone = ref<string | null>(null);
  const timers = new Map<string, number>();

  const pendingVisits = computed(() => new Map(pending.value.flatMap((one) => one.body.visitIds.map((visitId) => [visitId, one] as const))));

  function remember(): void {
    storage.write('decisions', pending.value.length === 0 ? null : JSON.stringify(pending.value));
  }

  function change(approvalId: string, by: Partial<Pending> | null): void {
    pending.value = by === null
      ? pending.value.filter((one) => one.approvalId !== approvalId)
      : pending.value.map((one) => (one.approvalId === approvalId ? { ...one, ...by } : one));
    remember();
  }

  /** Takes the decision down and starts its ten seconds. More than a thousand visits become several. */
  function propose({ visits, ...decision }: Decision): void {
    const free = visits.filter((visit) => !pendingVisits.value.has(visit.visitId) && !decidedVisits.value.has(visit.visitId));
    for (const batch of inBatches(free, 1_000)) {
      const approvalId = newId();
      const visitIds = batch.map((visit) => visit.visitId);
      for (const visitId of visitIds) refusedVisits.value.delete(visitId);
      const minutes = batch.reduce((sum, visit) => sum + (decision.creditedMinutes?.[visit.visitId] ?? visit.creditedMinutes ?? 0), 0);
      pending.value = [...pending.value, { approvalId, bankId: session.bankId, personId: session.me?.personId ?? '', body: { ...decision, visitIds }, minutes, state: 'waiting' }];
      timers.set(approvalId, window.setTimeout(() => void send(approvalId), undoMilliseconds));
    }
    remember();
  }

  /** Takes back what has not been sent; without an id the last one. */
  function undo(approvalId?: string): void {
    const one = approvalId === undefined ? pending.value.findLast(({ state }) => state === 'waiting') : pending.value.find((each) => each.approvalId === approvalId);
    if (one?.state !== 'waiting') return;
    window.clearTimeout(timers.get(one.approvalId));
    change(one.approvalId, null);
    undone.value = one.body.visitIds[0] ?? null;
  }

  function take(one: Pending, answer: Approval): void {
    for (const result of answer.results) {
      if (result.outcome === 'refused') refusedVisits.value.set(result.visitId, { code: result.code ?? 'service/fault', parameters: result.parameters ?? {} });
      else decidedVisits.value.add(result.visitId);
    }
    change(one.approvalId, null);
  }

  /** Without an answer the decision stays, to be sent again; a refusal of the whole is written at each of its visits. */
  function keepOrTell(one: Pending, thrown: unknown): void {
    if (!(thrown instanceof CallRefused) || [0, 401, 429, 500, 503].includes(thrown.status)) {
      change(one.approvalId, { state: 'stuck', code: thrown instanceof CallRefused ? thrown.code : 'service/fault' });
      return;
    }
    for (const visitId of one.body.visitIds) refusedVisits.value.set(visitId, { code: thrown.code, parameters: thrown.parameters });
    change(one.approvalId, null);
  }

  async function send(approvalId: string): Promise<void> {
    const one = pending.value.find((each) => each.approvalId === approvalId);
    if (!one || one.state === 'sending') return;
    window.clearTimeout(timers.get(approvalId));
    change(approvalId, { state: 'sending' });
    try {
      const keepalive = JSON.stringify(one.body).length < keepaliveBytes;
      take(one, await call('putApproval', { params: { bankId: one.bankId, approvalId }, body: one.body, keepalive }));
    } catch (thrown) {
      keepOrTell(one, thrown);
    }
    finished.value += 1;
  }

  /** Everything at once: the page is being left, or the person signs out. */
  async function flush(): Promise<void> {
    await Promise.all(pending.value.map((one) => send(one.approvalId)));
  }

  /** What an earlier page of the same person left behind goes out under the same ids; another person's is dropped. */
  function resume(): void {
    if (session.me === null) return;
    pending.value = pending.value.filter((one) => one.personId === session.me?.personId);
    remember();
    for (const one of pending.value) if (one.state === 'stuck') void send(one.approvalId);
  }

  window.addEventListener('pagehide', () => void flush());
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'hidden' ? flush() : resume()));
  window.addEventListener('online', () => resume());

  return { pending, pendingVisits, refusedVisits, decidedVisits, finished, undone, propose, undo, send, flush, resume };
});
