import { type AnswerOf, call, type GateReason } from '@timebank/contract/client';
import { newId } from '@timebank/kernel';
import { isRefused, useAttempt } from '@timebank/web-kit';
import { shallowRef } from 'vue';
import { useSession } from '../shared/session.store';
import type { Drop } from './week.rules';

type Reasons = AnswerOf<'getCandidate'>['reasons'];
/** What stands in the way; null while nobody knows. */
export type Verdict = { reasons: Reasons; look: 'free' | 'soft' | 'hard' };
/** An act that was done, and what takes it back. */
export type Done = { drop: Drop; undo: Drop | { act: 'cancel'; visitId: string } };

const lookOf = (reasons: Reasons): Verdict['look'] => {
  const bars = reasons.filter(({ strength }) => strength !== 'warning');
  if (bars.length === 0) return 'free';
  return bars.every(({ strength }) => strength === 'soft') ? 'soft' : 'hard';
};

async function ask(bankId: string, wanted: Drop): Promise<Verdict | null> {
  if (wanted.act === 'move') return { reasons: [], look: 'free' };
  try {
    const { reasons } = await call('getCandidate', {
      params: { bankId, requestId: wanted.requestId, memberId: wanted.volunteerId },
      query: wanted.act === 'rearrange' ? { insteadOf: wanted.visitId, startsAt: wanted.startsAt } : {},
    });
    return { reasons, look: lookOf(reasons) };
  } catch (thrown) {
    // A help only: the drop asks again.
    if (!isRefused(thrown)) throw thrown;
    return null;
  }
}

/** Puts things where somebody dropped them, and says before what would stand in the way. `anew` is called after each act. */
export function useDrops(anew: () => Promise<void>) {
  const session = useSession();
  const attempt = useAttempt();
  const done = shallowRef<Done | null>(null);
  const verdicts = new Map<string, Promise<Verdict | null>>();
  /** One id for each thing tried, so that a retry after a lost answer is the same. */
  const ids = new Map<string, string>();

  function look(wanted: Drop): Promise<Verdict | null> {
    const key = JSON.stringify(wanted);
    let asked = verdicts.get(key);
    if (!asked) verdicts.set(key, (asked = ask(session.bankId, wanted)));
    return asked;
  }

  const idOf = (key: string) => {
    const id = ids.get(key) ?? newId();
    ids.set(key, id);
    return id;
  };

  async function send(wanted: Drop, aside: { overruleNote: string; overrules: GateReason[] } | undefined): Promise<Done['undo'] | null> {
    const { bankId } = session;
    const newVisitId = idOf(JSON.stringify([wanted, aside]));
    if (wanted.act === 'assign') {
      const { requestId, volunteerId } = wanted;
      await call('putVisit', { params: { bankId, visitId: newVisitId }, body: { requestId, volunteerId, ...aside } });
      return { act: 'cancel', visitId: newVisitId };
    }
    if (wanted.act === 'rearrange') {
      const { visitId, volunteerId, startsAt, requestId } = wanted;
      const before = await call('getVisit', { params: { bankId, visitId } });
      const params = { bankId, visitId, newVisitId };
      await call('rearrangeVisit', { params, body: { volunteerId, startsAt, ...aside } });
      const back = { act: 'rearrange' as const, requestId, visitId: newVisitId, volunteerId: before.volunteerId };
      return startsAt === undefined ? back : { ...back, startsAt: before.plannedStart };
    }
    const { requestId, version, startsAt } = wanted;
    const before = await call('getRequest', { params: { bankId, requestId } });
    const after = await call('patchRequest', { params: { bankId, requestId }, body: { version, startsAt } });
    return { act: 'move', requestId, version: after.version, startsAt: before.startsAt };
  }

  /** True once it is done. What was refused is in `attempt`, and the board is read anew either way. */
  async function drop(wanted: Drop, aside?: { overruleNote: string; overrules: GateReason[] }): Promise<boolean> {
    const undo = await attempt.run(() => send(wanted, aside));
    verdicts.clear();
    if (undo) done.value = { drop: wanted, undo };
    await anew();
    return undo !== null;
  }

  async function takeBack(): Promise<void> {
    const undo = done.value?.undo;
    if (!undo) return;
    const { bankId } = session;
    const back =
      undo.act === 'cancel'
        ? await attempt.run(() => call('cancelVisit', { params: { bankId, visitId: undo.visitId }, body: { reasonCode: 'mistake' } }))
        : await attempt.run(() => send(undo, undefined));
    verdicts.clear();
    if (back) done.value = null;
    await anew();
  }

  const forget = () => verdicts.clear();
  return { attempt, done, look, drop, takeBack, forget };
}
