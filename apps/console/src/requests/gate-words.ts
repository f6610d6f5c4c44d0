import type { AnswerOf } from '@timebank/contract/client';
import { useQualificationKinds } from '../shared/qualification-kinds';
import { useWords } from '../shared/words';

export type GateReasonSaid = AnswerOf<'getCandidate'>['reasons'][number];

/** A reason of the gate with its parameters, in the reader's words. */
export function useGateWords() {
  const { t, minutes, calendarDay } = useWords();
  const { qualificationName } = useQualificationKinds();
  return ({ reason, parameters }: GateReasonSaid): string => {
    const { qualification, validUntil, limitMinutes, restMinutes } = parameters as Record<string, string | number | undefined>;
    return t(`gateReasons.${reason}`, {
      qualification: qualification === undefined ? '' : qualificationName(String(qualification)),
      validUntil: validUntil === undefined ? '' : calendarDay(String(validUntil)),
      limitMinutes: limitMinutes === undefined ? '' : minutes(Number(limitMinutes)),
      restMinutes: restMinutes === undefined ? '' : minutes(Number(restMinutes)),
    });
  };
}
