import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Ends the holds of a bank that have run out, as `expired`, and frees their minutes. Atomic; repeatable; safe beside a posting or a release of the
 * same hold, which ends once. Looks only at holds that ran out since `since`; without it, at all. Returns how many it ended.
 */
@Injectable()
export class ExpireHolds {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, since: Date | null = null): Promise<number> {
    return this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ ended: number }>('select expire_holds($1, $2, $3) as ended', [bankId, since, this.unit.now]);
      return answer?.ended ?? 0;
    });
  }
}
