import { call, type Lane, type VisitLine } from '@timebank/contract/client';
import { useAttempt } from '@timebank/web-kit';
import { useSession } from '../shared/session.store';
import { useDecisions } from './decisions.store';

/** A lane is a state: a visit whose times were entered by hand waits in yellow, whatever its first exception was. */
const stateOf = { red: 'needs_fix', yellow: 'needs_ack', clean: 'ready' } as const;

/** The first page is short, so that it is soon in sight; the next one follows at once. */
const limitOf = (cursor: string | undefined) => (cursor === undefined ? 60 : 200);

/** A page of a lane, longest waiting first; optionally of one service kind, or of the people whom a name means. */
export function pageOfLane(
  bankId: string,
  lane: Lane,
  cursor?: string,
  more: { serviceKind?: string | undefined; q?: string | undefined } = {},
) {
  return call('listVisits', {
    params: { bankId },
    query: { state: stateOf[lane], waiting: 'any', ...more, limit: limitOf(cursor), cursor },
  });
}

/** What these approvals refused and still waits, whichever lane it is in. */
export function pageOfLeft(bankId: string, leftBy: string, cursor?: string) {
  return call('listVisits', { params: { bankId }, query: { leftBy, waiting: 'any', limit: limitOf(cursor), cursor } });
}

/** Approving the clean lane, or one service kind of it, in one stroke. */
export function useCleanLane() {
  const session = useSession();
  const decisions = useDecisions();
  const attempt = useAttempt();

  /** Reads all of it first, so that exactly what is then shown is what is approved. */
  async function approve(serviceKind?: string): Promise<void> {
    const visits = await attempt.run(async () => {
      const found: VisitLine[] = [];
      let next: string | null | undefined;
      do {
        const answer = await pageOfLane(session.bankId, 'clean', next ?? undefined, { serviceKind });
        found.push(...answer.items);
        next = answer.nextCursor;
      } while (next !== null);
      return found;
    });
    if (visits) decisions.propose({ decision: 'approve', visits });
  }

  return { approve, busy: attempt.busy, refused: attempt.refused };
}
