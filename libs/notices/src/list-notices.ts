import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { NoticeList, NoticeQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { BanksOfPerson } from './banks-of-person';
import { CountUnread } from './count-unread';
import type { NoticeRow } from './notice.entity';

type NamedNotice = NoticeRow & { byName: string | null; forName: string | null };

/** A person's notices in all of their banks, newest first, and how many are unread. Nobody else's, whatever their role. */
@Injectable()
export class ListNotices {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfPerson: BanksOfPerson,
    private readonly countUnread: CountUnread,
  ) {}

  async run(actor: Actor, query: NoticeQuery): Promise<NoticeList> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    return this.unit.run(await this.banksOfPerson.run(actor), async () => {
      const rows = await this.unit.query<NamedNotice>(
        `select bank_id, notice_id, kind, parameters, created_at, read_at, proxy_named(bank_id, (parameters ->> 'byId')::uuid) as by_name,
            (select m.name from member m where m.bank_id = notice.bank_id and m.member_id = (parameters ->> 'forId')::uuid) as for_name from notice
          where person_id = $1 and ($2::timestamptz is null or (created_at, notice_id) < ($2, $3::uuid))
          order by created_at desc, notice_id desc limit $4`,
        [actor.personId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, query.limit, ({ createdAt, noticeId }) => [createdAt.toISOString(), noticeId]);
      return { items: items.map(answerOf), nextCursor, unread: await this.countUnread.run(actor.personId) };
    });
  }
}

function answerOf({ bankId, noticeId, kind, parameters, byName, forName, createdAt, readAt }: NamedNotice): NoticeList['items'][number] {
  const names = { ...(byName && { byName }), ...(forName && { forName }) };
  return {
    bankId,
    noticeId,
    kind,
    parameters: { ...parameters, ...names },
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
