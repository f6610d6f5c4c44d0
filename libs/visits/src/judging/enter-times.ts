import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type ManualInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, isSame, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { BanksOfVisits } from '../banks-of-visits';
import { GetVisit } from '../reading/get-visit';
import { JudgeVisit } from './judge-visit';
import { manualFault, type WitnessedScans } from './manual-interval.rules';
import { recordingDeadline } from '../recording-deadline.rules';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { mayMove } from '../visit-states.rules';
import { WriteVisit } from '../write-visit';

/**
 * A coordinator enters the times of a visit that was not scanned, or scanned wrongly: class `manual`, assurance A0, exception MANUAL_ENTRY in place
 * of what the scans lacked; another person approves. The captured times stay beside it. Atomic; idempotent by content: other times than those entered
 * before are `visits/id_reused`. Refuses `visits/not_fixable` (not begun by plan, clean, decided), one's own visit, `visits/manual_interval` (it ends
 * by now and by the planned end, or the planned minutes after a late scan-in, starts within policy's window, and does not leave out what the server
 * saw) and `visits/recording_deadline` (MCA Order 67 (2020), article 11).
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
      const first = !isSame(visit.enteredHash, { hash, reused: 'visits/id_reused' });
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
    const { windowBeforeMinutes } = policy;
    const fault = manualFault(visit, entered, { now: this.unit.now, windowBeforeMinutes, witnessed: await this.witnessed(visit) });
    if (fault) throw refuse('visits/manual_interval', fault.limits, `body.${fault.field}`);
    const deadline = recordingDeadline(localDate(visit.plannedEnd, visit.zone), policy.recordingDeadlineWorkingDays);
    if (localDate(this.unit.now, visit.zone) > deadline) throw refuse('visits/recording_deadline', { deadline });
    const { reasonCode, note } = input;
    await this.writeVisit.note(visit.bankId, visit.visitId, {
      enteredBy: actor.personId,
      enteredAt: this.unit.now,
      enteredHash: hash,
      manualReasonCode: reasonCode,
      manualNote: note ?? null,
    });
    await this.judgeVisit.run(visit, { by: 'coordinator', entered, ended: true }, policy);
    this.unit.tell(visit.bankId, 'visits/entered', { ...partiesOf(visit), reasonCode, actorId: actor.personId });
  }

  /** Scans that were made online and with a card of ours: the server's own clock saw them. */
  private async witnessed({ bankId, visitId }: LockedVisit): Promise<WitnessedScans> {
    const seen = await this.unit.query<{ kind: 'in' | 'out'; at: Date }>(
      `select kind, at from scan_event where bank_id = $1 and visit_id = $2 and outcome = 'accepted' and client_time is null`,
      [bankId, visitId],
    );
    const at = (kind: 'in' | 'out') => seen.find((scan) => scan.kind === kind)?.at ?? null;
    return { in: at('in'), out: at('out') };
  }
}
