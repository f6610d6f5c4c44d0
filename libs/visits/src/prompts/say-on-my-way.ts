import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { refuse, type Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetVisit } from '../reading/get-visit';
import { partiesOf } from '../told.rules';
import { VisitLock } from '../visit-lock';
import { VisitPromptRow } from './visit-prompt.entity';

/**
 * The helper answers that they are on the way; client and desk see it. Repeatable: the first time stays. Refuses `visits/not_found` to anybody else, and
 * `visits/not_asked` where nobody asked, or the visit has begun or was called off.
 */
@Injectable()
export class SayOnMyWay {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly getVisit: GetVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string): Promise<Visit> {
    return this.unit.run([bankId], async () => {
      const visit = await this.lock.one(bankId, visitId);
      if (memberIn(actor, bankId) !== visit.volunteerId) throw refuse('visits/not_found');
      const asked = await this.unit.one<{ answeredAt: Date | null }>(
        `select answered_at from visit_prompt where bank_id = $1 and visit_id = $2 and kind = 'arrival'`,
        [bankId, visitId],
      );
      if (!asked || visit.state !== 'planned') throw refuse('visits/not_asked', { state: visit.state });
      if (asked.answeredAt === null) {
        await this.unit.updateRow(VisitPromptRow, { bankId, visitId, kind: 'arrival' }, { answeredAt: this.unit.now });
        this.unit.tell(bankId, 'visits/on_my_way', { ...partiesOf(visit), actorId: actor.personId });
      }
      return this.getVisit.run(actor, bankId, visitId);
    });
  }
}
