import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** Closes a display for good: its codes no longer count, its screen shows none. `displays/not_found`; closing twice is no error. */
@Injectable()
export class CloseDisplay {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, displayId: string): Promise<{ done: true }> {
    return this.unit.run([bankId], async () => {
      const closed = await this.unit.one(
        `update display set closed_by = coalesce(closed_by, $3), closed_at = coalesce(closed_at, $4)
         where bank_id = $1 and display_id = $2 returning display_id`,
        [bankId, displayId, actor.personId, this.unit.now],
      );
      if (!closed) throw refuse('displays/not_found');
      return { done: true as const };
    });
  }
}
