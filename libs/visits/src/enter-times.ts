import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type ManualInput, type Policy, type Stored, type Visit } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { BanksOfVisits } from './banks-of-visits';
import type { Interval } from './credited.rules';
import { GetVisit } from './get-visit';
import { JudgeVisit } from './judge-visit';
import { recordingDeadline } from './recording-deadline.rules';
import { VisitLock, type LockedVisit } from './visit-lock';
import { mayMove } from './visit-states.rules';
import { WriteVisit } from './write-visit';

/**
 * A coordinator enters the times of a visit that was not scanned, or wrongly: class `manual`, assurance A0, exception
 * MANUAL_ENTRY in place of what the scans lacked; another person approves. What was captured stays beside it. Atomic;
 * idempotent by content: other times than those entered before are `visits/id_reused`. Refuses `visits/not_fixable` (not begun
 * by plan, decided), one's own visit,
 * `visits/manual_interval` (it ends by the planned end and by now, starts within policy's window) and
 * `visits/recording_deadline` (MCA Order 67 (2020), article 11).
 */
@Injectable()
export class EnterTimes {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly getVisit: GetVisit,
    private readonly banksOfVisits: BanksOfVisits,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, input: ManualInput): Promise<Stored<Visit>> {
    const hash = contentHash(input);
    return this.unit.run(await this.banksOfVisits.run(bankId, [visitId]), async () => {
      const visit = await this.lock.one(bankId, visitId);
      const first = visit.enteredHash === null;
      if (!first && !visit.enteredHash?.equals(hash)) throw refuse('visits/id_reused');
      if (first) await this.enter(actor, visit, input, hash);
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  private async enter(actor: Actor, visit: LockedVisit, input: ManualInput, hash: Buffer): Promise<void> {
    const fixable = visit.class === 'verified' && mayMove(visit.state, 'ended', 'coordinator') && visit.plannedStart <= this.unit.now;
    if (!fixable) throw refuse('visits/not_fixable', { state: visit.state });
    if (actor.personId === visit.volunteerPersonId || actor.personId === visit.clientPersonId) throw refuse('visits/own_visit');
    const policy = await this.judgeVisit.policyOf(visit);
    const entered = { start: new Date(input.startedAt), end: new Date(input.endedAt) };
    this.checkInterval(visit, entered, policy);
    const deadline = recordingDeadline(localDate(visit.plannedEnd, visit.timeZone), policy.recordingDeadlineWorkingDays);
    if (localDate(this.unit.now, visit.timeZone) > deadline) throw refuse('visits/recording_deadline', { deadline });
    const { reasonCode, note } = input;
    await this.writeVisit.note(visit.bankId, visit.visitId, {
      enteredBy: actor.personId,
      enteredAt: this.unit.now,
      enteredHash: hash,
      manualReasonCode: reasonCode,
      manualNote: note ?? null,
    });
    await this.judgeVisit.run(visit, { by: 'coordinator', entered, ended: true }, policy);
    this.unit.tell(visit.bankId, 'visits/entered', { visitId: visit.visitId, reasonCode });
  }

  private checkInterval(visit: LockedVisit, { start, end }: Interval, policy: Policy): void {
    const earliest = new Date(visit.plannedStart.getTime() - policy.windowBeforeMinutes * 60_000);
    const latest = this.unit.now < visit.plannedEnd ? this.unit.now : visit.plannedEnd;
    const limits = { earliest: earliest.toISOString(), latest: latest.toISOString() };
    if (start < earliest || start >= end) throw refuse('visits/manual_interval', limits, 'body.startedAt');
    if (end > latest) throw refuse('visits/manual_interval', limits, 'body.endedAt');
  }
}
