import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Actor } from '../actor.rules';
import type { WaitingActRow } from './waiting-act.entity';

/**
 * Withdraws what the caller asked for and nobody has confirmed. Repeating it changes nothing. Refuses `acts/not_found`, `access/not_allowed` for
 * somebody else's request, `acts/not_waiting` when it is done or has lapsed.
 */
@Injectable()
export class TakeBackAct {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, actId: string): Promise<void> {
    await this.unit.run([bankId], async () => {
      const act = await this.unit.one<WaitingActRow>('select * from waiting_act where bank_id = $1 and act_id = $2 for update', [
        bankId,
        actId,
      ]);
      if (!act) throw refuse('acts/not_found');
      if (act.askedBy !== actor.personId) throw refuse('access/not_allowed');
      if (act.state === 'taken_back') return;
      if (act.state !== 'waits' || act.waitsUntil <= this.unit.now) throw refuse('acts/not_waiting');
      await this.unit.query(
        `update waiting_act set state = 'taken_back', closed_by = $3, closed_at = $4, content = content - 'phone' where bank_id = $1 and act_id = $2`,
        [bankId, actId, actor.personId, this.unit.now],
      );
    });
  }
}
