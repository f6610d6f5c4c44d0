import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { BanksOfVisits } from '../banks-of-visits';
import { JudgeVisit } from './judge-visit';
import { MissVisit } from './miss-visit';
import { lastEndOf } from './manual-interval.rules';
import { recordingDeadline } from '../recording-deadline.rules';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { mayMove } from '../visit-states.rules';

const batch = 500;

/**
 * Closes visits of a bank that nobody ended, `closeForgottenAfterMinutes` after their plan, or after they began where that is later: MISSING_OUT and
 * no credit, until a person enters the times. A visit that nobody began is a no-show once it can no longer be recorded: its minutes are free and its
 * request has lapsed. For a job; safe to run at any time and twice at once, each visit in a unit of its own.
 */
@Injectable()
export class CloseForgottenVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly missVisit: MissVisit,
    private readonly banksOfVisits: BanksOfVisits,
  ) {}

  async run(bankId: string): Promise<{ closed: number; noShows: number }> {
    const due = await this.unit.run([bankId], () =>
      this.unit.query<{ visitId: string }>(
        `select visit_id from visit where bank_id = $1 and state in ('planned', 'in_progress') and planned_end < $2
       order by state = 'in_progress' desc, planned_start limit $3`,
        [bankId, this.unit.now, batch],
      ),
    );
    const done = { closed: 0, noShows: 0 };
    for (const { visitId } of due) {
      const what = await this.unit.run(await this.banksOfVisits.run(bankId, [visitId]), async () =>
        this.act(await this.lock.one(bankId, visitId)),
      );
      if (what) done[what] += 1;
    }
    return done;
  }

  private async act(visit: LockedVisit): Promise<'closed' | 'noShows' | null> {
    const { bankId } = visit;
    const policy = await this.judgeVisit.policyOf(visit);
    const isOver = lastEndOf(visit).getTime() + policy.closeForgottenAfterMinutes * 60_000 < this.unit.now.getTime();
    if (isOver && visit.state === 'in_progress' && mayMove(visit.state, 'ended', 'clock')) {
      await this.judgeVisit.run(visit, { by: 'clock', ended: true }, policy);
      this.unit.tell(bankId, 'visits/closed', partiesOf(visit));
      return 'closed';
    }
    const deadline = recordingDeadline(localDate(visit.plannedEnd, visit.zone), policy.recordingDeadlineWorkingDays);
    if (localDate(this.unit.now, visit.zone) <= deadline || !mayMove(visit.state, 'no_show', 'clock')) return null;
    await this.missVisit.run(visit);
    return 'noShows';
  }
}
