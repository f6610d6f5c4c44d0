import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ListNotices, ReadNotices } from '@timebank/notices';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** The notices of the person who is signed in. */
@Controller()
export class NoticesController {
  constructor(
    private readonly listNotices: ListNotices,
    private readonly readNotices: ReadNotices,
  ) {}

  @Endpoint('listNotices')
  list(@Caller() caller: Actor, @Input() { query }: InputOf<'listNotices'>): Promise<AnswerOf<'listNotices'>> {
    return this.listNotices.run(caller, query);
  }

  @Endpoint('readNotices')
  read(@Caller() caller: Actor, @Input() { body }: InputOf<'readNotices'>): Promise<AnswerOf<'readNotices'>> {
    return this.readNotices.run(caller, body.noticeIds);
  }
}
