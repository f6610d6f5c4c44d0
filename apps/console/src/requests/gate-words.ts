import type { AnswerOf } from '@timebank/contract/client';
import { useWords } from '../shared/words';

export type GateReasonSaid = AnswerOf<'getCandidate'>['reasons'][number];

/** A reason of the gate with its parameters, in the reader's words. */
export function useGateWords() {
  const { t, word, minutes, calendarDay } = useWords();
  return ({ reason, parameters }: GateReasonSaid): string => {
    const { qualification, validUntil, limitMinutes, restMinutes } = parameters as Record<string, string | number | undefined>;
    return t(`gateReasons.${reason}`, {
      qualification: qualification === undefined ? '' : word('qualifications', String(qualification)),
      validUntil: validUntil === undefined ? '' : calendarDay(String(validUntil)),
      limitMinutes: limitMinutes === undefined ? '' : minutes(Number(limitMinutes)),
      restMinutes: restMinutes === undefined ? '' : minutes(Number(restMinutes)),
    });
  };
}
