import type { BodyOf, VisitLine } from '@timebank/contract/client';
import { newId } from '@timebank/kernel';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useSession } from '../shared/session.store';
import { keepAnswers, post } from './answers';
import { inBatches, type Pending } from './decisions.rules';
import { keepPendingList } from './pending-list';

export type Decision = Omit<BodyOf<'putApproval'>, 'visitIds'> & { visits: VisitLine[] };

/** How long a decision can be taken back, in real milliseconds. */
const undoMilliseconds = 10_000;
/** How long a decision without an answer rests before it goes out again. */
const againMilliseconds = 15_000;

/** A batch as it waits: how much it credits and a few pairs by name are for the bar. */
function pendingOf(batch: readonly VisitLine[], decision: Omit<Decision, 'visits'>, by: { bankId: string; personId: string }): Pending {
  return {
    approvalId: newId(),
    ...by,
    body: { ...decision, visitIds: batch.map(({ visitId }) => visitId) },
    minutes: batch.reduce((sum, visit) => sum + (decision.creditedMinutes?.[visit.visitId] ?? visit.creditedMinutes ?? 0), 0),
    names: batch.slice(0, 3).map(({ volunteerName, clientName }) => `${volunteerName} → ${clientName}`),
    state: 'waiting',
  };
}

/** One wait for each decision. */
function keepTimers(send: (approvalId: string) => void) {
  const timers = new Map<string, number>();
  return {
    start: (approvalId: string, milliseconds: number) => void timers.set(approvalId, window.setTimeout(send, milliseconds, approvalId)),
    stop: (approvalId: string) => window.clearTimeout(timers.get(approvalId)),
  };
}

/**
 * Decisions made but not yet sent: shown for ten seconds with “undo”, sent at once when the page is left. Each keeps one approval id from the moment
 * it is made, here and in session storage, so a lost answer or a reload sends the same decision again and never a second one.
 */
export const useDecisions = defineStore('decisions', () => {
  const session = useSession();
  const pending = keepPendingList();
  const answers = keepAnswers();
  const { refusedVisits, decidedVisits, closeTally } = answers.shown;
  const finished = ref(0);
  const undone = ref<string | null>(null);
  const timers = keepTimers((approvalId) => void send(approvalId));

  /** Takes the decision down and starts its ten seconds. More than a thousand visits become several. */
  function propose({ visits, ...decision }: Decision): void {
    undone.value = null;
    if (pending.list.value.length === 0) closeTally();
    const free = visits.filter(({ visitId }) => !pending.byVisit.value.has(visitId) && !decidedVisits.value.has(visitId));
    for (const batch of inBatches(free, 1_000)) {
      for (const { visitId } of batch) refusedVisits.value.delete(visitId);
      const one = pendingOf(batch, decision, { bankId: session.bankId, personId: session.me?.personId ?? '' });
      pending.add(one);
      timers.start(one.approvalId, undoMilliseconds);
    }
  }

  /** Takes back what has not been sent; without an id the last one. */
  function undo(approvalId?: string): void {
    const one = approvalId === undefined ? pending.list.value.findLast(({ state }) => state === 'waiting') : pending.find(approvalId);
    if (one?.state !== 'waiting') return;
    timers.stop(one.approvalId);
    pending.drop(one.approvalId);
    undone.value = one.body.visitIds[0] ?? null;
  }

  async function send(approvalId: string): Promise<void> {
    const one = pending.find(approvalId);
    if (!one || one.state === 'sending') return;
    timers.stop(approvalId);
    pending.change(approvalId, { state: 'sending' });
    await post(one, pending, answers);
    finished.value += 1;
    const left = pending.find(approvalId);
    if (left?.state === 'stuck' && left.code !== 'access/not_signed_in') timers.start(approvalId, againMilliseconds);
  }

  /** Takes back everything that has not been sent. */
  function undoAll(): void {
    for (const one of pending.list.value.filter(({ state }) => state === 'waiting')) undo(one.approvalId);
  }

  /** Everything at once: the page is being left, or the person signs out. */
  const flush = () => Promise.all(pending.list.value.map((one) => send(one.approvalId)));

  /** Decisions that an earlier page of the same person left behind are sent under the same ids; another person's are dropped. */
  function resume(): void {
    if (session.me === null) return;
    pending.keepOnly(session.me.personId);
    for (const one of pending.list.value) if (one.state === 'stuck') void send(one.approvalId);
  }

  return {
    pending: pending.list,
    pendingVisits: pending.byVisit,
    ...answers.shown,
    finished,
    undone,
    propose,
    undo,
    undoAll,
    send,
    flush,
    resume,
  };
});
