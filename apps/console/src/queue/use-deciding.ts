import type { BodyOf, VisitLine } from '@timebank/contract/client';
import { ref, type Ref } from 'vue';
import type { DialogDecision } from './DecisionDialog.vue';
import { isUncovered, passing, wayOut, yellowCodes } from './decisions.rules';

export type DecidingDialog = 'shorten' | 'reject' | 'manual' | 'callBack' | 'acknowledge';
type Decision = Omit<BodyOf<'putApproval'>, 'visitIds'>;

function acknowledged(codes: readonly string[]): Decision['acknowledge'] {
  return codes.length === 0 ? undefined : ([...codes] as Decision['acknowledge']);
}

/**
 * From the wish to decide about the visits of `subject` to a decision for `propose`: at once where nothing is in the way, else by the dialog that asks for
 * what is missing. `dialog` is the one that stands open.
 */
export function useDeciding(subject: Readonly<Ref<VisitLine[]>>, propose: (decision: Decision, visits: VisitLine[]) => void) {
  const dialog = ref<DecidingDialog | null>(null);

  function settle(decision: Decision, visits: VisitLine[] = subject.value): void {
    dialog.value = null;
    propose(decision, visits);
  }

  function approve(): void {
    const visits = subject.value;
    const [first] = visits;
    if (!first) return;
    if (visits.length === 1 && wayOut(first) !== null) dialog.value = wayOut(first);
    else if (visits.length === 1 && isUncovered(first)) dialog.value = 'shorten';
    else if (visits.length > 1 && passing(visits, []).length < visits.length) dialog.value = 'acknowledge';
    else settle({ decision: 'approve', acknowledge: acknowledged(yellowCodes(visits).map(({ code }) => code)) });
  }

  function decide({ reasonCode, note, minutes, payer }: DialogDecision): void {
    const [first] = subject.value;
    if (dialog.value === 'reject' || !first) return settle({ decision: 'reject', reasonCode, note });
    settle({
      decision: 'approve',
      reasonCode,
      note,
      payer,
      acknowledge: acknowledged(yellowCodes([first]).map(({ code }) => code)),
      creditedMinutes: minutes === undefined ? undefined : { [first.visitId]: minutes },
    });
  }

  return {
    dialog,
    approve,
    decide,
    acknowledge: (codes: string[], visits: VisitLine[]) => settle({ decision: 'approve', acknowledge: acknowledged(codes) }, visits),
    /** What the buttons of a visit ask for. */
    asked: {
      approve,
      shorten: () => void (dialog.value = 'shorten'),
      reject: () => void (dialog.value = 'reject'),
      manual: () => void (dialog.value = 'manual'),
      'call-back': () => void (dialog.value = 'callBack'),
    },
  };
}
