import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { CheckOutsider } from '../check-outsider';
import { HoldPlannedMinutes } from '../hold-planned-minutes';
import { JudgeVisit } from './judge-visit';
import { pastLimits, recordingDeadline } from '../recording-deadline.rules';
import { VisitLock } from '../visit-lock';

type PastVisitTimes = { bankId: string; visitId: string; start: Date; end: Date };

/** What is checked about a visit that is recorded afterwards, before it is written and after. In the caller's unit of work. */
@Injectable()
export class JudgePastVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly outsider: CheckOutsider,
    private readonly holdMinutes: HoldPlannedMinutes,
  ) {}

  /** Whether it is over and may still be recorded. The policy of its own day counts. */
  async check({ bankId, start, end }: PastVisitTimes): Promise<void> {
    const { zone } = await this.readBank.run(bankId);
    const fault = pastLimits({ start, end }, this.unit.now);
    if (fault) throw refuse('visits/manual_interval', fault.limits, `body.${fault.field}`);
    const { recordingDeadlineWorkingDays } = await this.judgeVisit.policyOf({ bankId, plannedStart: start, zone });
    const deadline = recordingDeadline(localDate(end, zone), recordingDeadlineWorkingDays);
    if (localDate(this.unit.now, zone) > deadline) throw refuse('visits/recording_deadline', { deadline }, 'body.endedAt');
  }

  /** Locks it as any visit that changes, refuses its own people and their relatives, judges it, and sets the client's minutes aside where there are enough. */
  async run(
    actor: Actor,
    { bankId, visitId, start, end }: PastVisitTimes,
    request: { clientId: string; startsAt: Date; minutes: number },
  ): Promise<void> {
    const visit = await this.lock.one(bankId, visitId);
    await this.outsider.run(actor, visit);
    const { creditedMinutes } = await this.judgeVisit.run(visit, { by: 'coordinator', entered: { start, end }, ended: true });
    if (creditedMinutes) await this.holdMinutes.ifCovered(visitId, { bankId, ...request, minutes: creditedMinutes });
  }
}
