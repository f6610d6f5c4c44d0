import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { BanksOfPerson } from './banks-of-person';
import { CountUnread } from './count-unread';

/**
 * Marks notices as seen by their own person, at the product's time; answers how many are left. Idempotent: the first time stays. Unknown ids and ids
 * of somebody else's notices change nothing, and the answer does not tell which.
 */
@Injectable()
export class ReadNotices {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfPerson: BanksOfPerson,
    private readonly countUnread: CountUnread,
  ) {}

  async run(actor: Actor, noticeIds: readonly string[]): Promise<{ unread: number }> {
    return this.unit.run(await this.banksOfPerson.run(actor), async () => {
      await this.unit.query('update notice set read_at = $3 where person_id = $1 and notice_id = any ($2::uuid[]) and read_at is null', [
        actor.personId,
        noticeIds,
        this.unit.now,
      ]);
      return { unread: await this.countUnread.run(actor.personId) };
    });
  }
}
