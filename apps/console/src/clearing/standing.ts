import { useWords } from '../shared/words';

/** A position in words: who has given whom more time. Never a sign, never a debt. */
export function useStanding() {
  const { t, minutes } = useWords();
  const standing = (positionMinutes: number): string => {
    if (positionMinutes === 0) return t('positions.even');
    return t(positionMinutes < 0 ? 'positions.gave' : 'positions.received', { time: minutes(Math.abs(positionMinutes)) });
  };
  return { standing };
}
