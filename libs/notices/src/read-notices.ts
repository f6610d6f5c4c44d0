import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { BanksOfPerson } from './banks-of-person';
import { CountUnread } from './count-unread';

/**
 * Marks notices as seen by the person that they are for, at the product's time; answers how many are left. Idempotent: the first time
 * stays. Ids of somebody else's notices, or of none, change nothing and are not told apart.
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
