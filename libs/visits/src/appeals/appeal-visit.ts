import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import { ReadPolicy } from '@timebank/banks';
import { refuse, type Appeal, type AppealInput, type Stored } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';
import { refusalOfAppeal } from './appeals.rules';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';

/**
 * The visit's volunteer does not agree with its rejection or shortening, and says why. The decision stands until another
 * coordinator has answered. Atomic; idempotent by the appeal's id: the appeal as it is now, other content is
 * `appeals/id_reused`. Refuses `visits/not_yours`, `appeals/not_decided`, `appeals/nothing_to_appeal` (credited as proposed),
 * `appeals/too_late` (policy `appealWithinDays` of the visit's day, counted from the decision) and `appeals/already_appealed`: once
 * a visit.
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
      const kept = await this.unit.one<{ contentHash: Buffer }>('select content_hash from appeal where bank_id = $1 and appeal_id = $2', [
        bankId,
        appealId,
      ]);
      if (kept && !kept.contentHash.equals(hash)) throw refuse('appeals/id_reused');
      if (!kept) await this.keep(actor, visit, appealId, input, hash);
      const row = await this.unit.one<AppealRowRead>(`${appealSelect} and a.appeal_id = $2`, [bankId, appealId]);
      return { first: kept === null, value: appealOf(row as AppealRowRead) };
    });
  }

  private async keep(actor: Actor, visit: LockedVisit, appealId: string, input: AppealInput, hash: Buffer): Promise<void> {
    const { bankId, visitId } = visit;
    if (await this.unit.one('select from appeal where bank_id = $1 and visit_id = $2', [bankId, visitId])) {
      throw refuse('appeals/already_appealed');
    }
    const { appealWithinDays } = await this.readPolicy.run(bankId, localDate(visit.plannedStart, visit.zone));
    const refusal = refusalOfAppeal(visit, appealWithinDays, this.unit.now);
    if (refusal) throw refuse(refusal, refusal === 'appeals/too_late' ? { days: appealWithinDays } : {});
    const laid = await this.unit.one(
      `insert into appeal (bank_id, appeal_id, visit_id, note, appealed_by, appealed_at, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (bank_id, appeal_id) do nothing returning appeal_id`,
      [bankId, appealId, visitId, input.note, actor.personId, this.unit.now, hash],
    );
    // The same id was used for another visit at the same moment.
    if (!laid) throw refuse('appeals/id_reused');
    this.unit.tell(bankId, 'visits/appealed', { ...partiesOf(visit), appealId, actorId: actor.personId });
  }
}
