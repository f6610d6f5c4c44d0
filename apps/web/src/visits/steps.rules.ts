import type { VisitShown } from './local-visits';

/** The last step that is behind a visit: 0 scanned, 2 checked and recorded. While the bank checks it, scanning is behind it. Null where there are no steps. */
export function stepOf({ state, capturedIn }: Pick<VisitShown, 'state' | 'capturedIn'>): 0 | 2 | null {
  if (state === 'approved') return 2;
  const isUnderWay = ['in_progress', 'ended', 'ready', 'needs_ack', 'needs_fix'].includes(state);
  return isUnderWay && capturedIn !== null ? 0 : null;
}
