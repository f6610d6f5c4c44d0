import { type Approval, type BodyOf, call, CallRefused, meaningOf } from '@timebank/contract/client';
import { ref } from 'vue';
import { emptyTally, type Pending, tallied } from './decisions.rules';
import type { keepPendingList } from './pending-list';

/** Why a visit was not decided, with what was decided here: two may decide one visit, and the second's reason is not lost. */
export type VisitRefusal = {
  code: string;
  parameters: Record<string, unknown>;
  asked: Pick<BodyOf<'putApproval'>, 'decision' | 'reasonCode' | 'note'>;
};

/** Bodies that may outlive the page: browsers allow 64 KiB in flight. */
const keepaliveBytes = 60_000;

/** The answers to each visit and to all together, as long as the page is open. */
export function keepAnswers() {
  const refusedVisits = ref(new Map<string, VisitRefusal>());
  const decidedVisits = ref(new Set<string>());
  const tally = ref(emptyTally);

  function take(answer: Approval, { decision, reasonCode, note }: Pending['body']): void {
    tally.value = tallied(tally.value, answer);
    for (const { visitId, outcome, code = 'service/fault', parameters = {} } of answer.results) {
      if (outcome === 'refused') refusedVisits.value.set(visitId, { code, parameters, asked: { decision, reasonCode, note } });
      else decidedVisits.value.add(visitId);
    }
  }

  /** The whole call was refused: each of its visits says so. */
  function refuse(
    { decision, reasonCode, note, visitIds }: Pending['body'],
    { code, parameters }: Pick<VisitRefusal, 'code' | 'parameters'>,
  ): void {
    tally.value = { ...tally.value, left: tally.value.left + visitIds.length };
    for (const visitId of visitIds) refusedVisits.value.set(visitId, { code, parameters, asked: { decision, reasonCode, note } });
  }

  const closeTally = () => void (tally.value = emptyTally);

  return { shown: { refusedVisits, decidedVisits, tally, closeTally }, take, refuse };
}

type Answers = ReturnType<typeof keepAnswers>;

/** Sends one decision. Without an answer it stays and is sent again under the same id; if the sign-in has ended, the page asks for it. */
export async function post(
  { approvalId, bankId, body }: Pending,
  pending: ReturnType<typeof keepPendingList>,
  answers: Answers,
): Promise<void> {
  try {
    const keepalive = JSON.stringify(body).length < keepaliveBytes;
    answers.take(await call('putApproval', { params: { bankId, approvalId }, body, keepalive }), body);
    pending.drop(approvalId);
  } catch (thrown) {
    const refused = thrown instanceof CallRefused ? thrown : { code: 'service/fault', status: 500, parameters: {} };
    if (meaningOf(refused) !== 'refused') return pending.change(approvalId, { state: 'stuck', code: refused.code });
    answers.refuse(body, refused);
    pending.drop(approvalId);
  }
}
