import { type Approval, type BodyOf, call, CallRefused, type VisitLine } from '@timebank/contract/client';
import { newId } from '@timebank/kernel';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useSession } from '../shared/session.store';
import { inBatches, type Pending } from './decisions.rules';
import { keepPendingList } from './pending-list';

export type Decision = Omit<BodyOf<'putApproval'>, 'visitIds'> & { visits: VisitLine[] };
export type VisitRefusal = { code: string; parameters: Record<string, unknown> };

/** How long a decision can be taken back, in real milliseconds. */
const undoMilliseconds = 10_000;
/** Bodies that may outlive the page: browsers allow 64 KiB in flight. */
const keepaliveBytes = 60_000;
/** No answer, or one that a later try may better: the decision stays. Anything else is told at its visits. */
const laterStatuses = [0, 401, 429, 500, 503];

/** Sends what is pending and keeps what was answered to each visit, as long as the page is open. */
function keepAnswers(pending: ReturnType<typeof keepPendingList>) {
  const refusedVisits = ref(new Map<string, VisitRefusal>());
  const decidedVisits = ref(new Set<string>());

  function take({ results }: Approval): void {
    for (const { visitId, outcome, code = 'service/fault', parameters = {} } of results) {
      if (outcome === 'refused') refusedVisits.value.set(visitId, { code, parameters });
      else decidedVisits.value.add(visitId);
    }
  }

  async function post({ approvalId, bankId, body }: Pending): Promise<void> {
    try {
      take(await call('putApproval', { params: { bankId, approvalId }, body, keepalive: JSON.stringify(body).length < keepaliveBytes }));
      pending.drop(approvalId);
    } catch (thrown) {
      const { code, status, parameters } = thrown instanceof CallRefused ? thrown : { code: 'service/fault', status: 500, parameters: {} };
      if (laterStatuses.includes(status)) return pending.change(approvalId, { state: 'stuck', code });
      for (const visitId of body.visitIds) refusedVisits.value.set(visitId, { code, parameters });
      pending.drop(approvalId);
    }
  }

  return { refusedVisits, decidedVisits, post };
}

/**
 * Decisions that were made but not yet sent: shown for ten seconds with “undo”, sent at once when the page is left. Each keeps
 * one approval id from the moment it is made, here and in session storage, so that a lost answer or a reload sends the same
 * decision again and never a second one.
 */
export const useDecisions = defineStore('decisions', () => {
  const session = useSession();
  const pending = keepPendingList();
  const { refusedVisits, decidedVisits, post } = keepAnswers(pending);
  const finished = ref(0);
  const undone = ref<string | null>(null);
  const timers = new Map<string, number>();

  /** Takes the decision down and starts its ten seconds. More than a thousand visits become several. */
  function propose({ visits, ...decision }: Decision): void {
    undone.value = null;
    const free = visits.filter(({ visitId }) => !pending.byVisit.value.has(visitId) && !decidedVisits.value.has(visitId));
    for (const batch of inBatches(free, 1_000)) {
      const approvalId = newId();
      const visitIds = batch.map(({ visitId }) => visitId);
      for (const visitId of visitIds) refusedVisits.value.delete(visitId);
      const minutes = batch.reduce((sum, visit) => sum + (decision.creditedMinutes?.[visit.visitId] ?? visit.creditedMinutes ?? 0), 0);
      pending.add({
        approvalId,
        bankId: session.bankId,
        personId: session.me?.personId ?? '',
        body: { ...decision, visitIds },
        minutes,
        state: 'waiting',
      });
      timers.set(
        approvalId,
        window.setTimeout(() => void send(approvalId), undoMilliseconds),
      );
    }
  }

  /** Takes back what has not been sent; without an id the last one. */
  function undo(approvalId?: string): void {
    const one = approvalId === undefined ? pending.list.value.findLast(({ state }) => state === 'waiting') : pending.find(approvalId);
    if (one?.state !== 'waiting') return;
    window.clearTimeout(timers.get(one.approvalId));
    pending.drop(one.approvalId);
    undone.value = one.body.visitIds[0] ?? null;
  }

  async function send(approvalId: string): Promise<void> {
    const one = pending.find(approvalId);
    if (!one || one.state === 'sending') return;
    window.clearTimeout(timers.get(approvalId));
    pending.change(approvalId, { state: 'sending' });
    await post(one);
    finished.value += 1;
  }

  /** Everything at once: the page is being left, or the person signs out. */
  const flush = () => Promise.all(pending.list.value.map((one) => send(one.approvalId)));

  /** What an earlier page of the same person left behind goes out under the same ids; another person's is dropped. */
  function resume(): void {
    if (session.me === null) return;
    pending.keepOnly(session.me.personId);
    for (const one of pending.list.value) if (one.state === 'stuck') void send(one.approvalId);
  }

  return {
    pending: pending.list,
    pendingVisits: pending.byVisit,
    refusedVisits,
    decidedVisits,
    finished,
    undone,
    propose,
    undo,
    send,
    flush,
    resume,
  };
});
