import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import { ReadPolicy } from '@timebank/banks';
import { refuse, type Appeal, type AppealInput, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { AppealRow } from './appeal.entity';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';
import { refusalOfAppeal } from './appeals.rules';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';

/**
 * The visit's volunteer disagrees with its rejection or shortening, and says why. The decision stands until another coordinator has answered. Atomic;
 * idempotent by the appeal's id: the appeal as it is now, other content is `appeals/id_reused`. Refuses `visits/not_yours`, `appeals/not_decided`,
 * `appeals/nothing_to_appeal` (credited as proposed), `appeals/too_late` (policy `appealWithinDays` of the visit's day, counted from the decision)
 * and `appeals/already_appealed`: once a visit.
 */
@Injectable()
export class AppealVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, appealId: string, input: AppealInput): Promise<Stored<Appeal>> {
    const hash = contentHash({ ...input, visitId, personId: actor.personId });
    return this.unit.run([bankId], async () => {
      const visit = await this.lock.one(bankId, visitId);
      if (memberIn(actor, bankId) !== visit.volunteerId) throw refuse('visits/not_yours');
      const first = await once(this.unit, AppealRow, { bankId, appealId }, { hash, reused: 'appeals/id_reused' }, () =>
        this.keep(actor, visit, appealId, input, hash),
      );
      const row = await this.unit.one<AppealRowRead>(`${appealSelect} and a.appeal_id = $2`, [bankId, appealId]);
      return { first, value: appealOf(row as AppealRowRead) };
    });
  }

  /** False when the same id was used for another visit at the same moment. */
  private async keep(actor: Actor, visit: LockedVisit, appealId: string, input: AppealInput, hash: Buffer): Promise<boolean> {
    const { bankId, visitId } = visit;
    if (await this.unit.one('select from appeal where bank_id = $1 and visit_id = $2', [bankId, visitId])) {
      throw refuse('appeals/already_appealed');
    }
    const { appealWithinDays } = await this.readPolicy.run(bankId, localDate(visit.plannedStart, visit.zone));
    const refusal = refusalOfAppeal(visit, appealWithinDays, this.unit.now);
    if (refusal) throw refuse(refusal, refusal === 'appeals/too_late' ? { days: appealWithinDays } : {});
    const appeal = {
      bankId,
      appealId,
      visitId,
      note: input.note,
      appealedBy: actor.personId,
      appealedAt: this.unit.now,
      contentHash: hash,
    };
    if (!(await this.unit.insertNew(AppealRow, appeal, ['bankId', 'appealId']))) return false;
    this.unit.tell(bankId, 'visits/appealed', { ...partiesOf(visit), appealId, actorId: actor.personId });
    return true;
  }
}
