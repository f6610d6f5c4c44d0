import { Controller, Headers, Res } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { CalendarFeeds } from '@timebank/care';
import type { AnswerOf, InputOf } from '@timebank/contract';
import type { FastifyReply } from 'fastify';
import { Caller, Endpoint, Input } from '../../http/endpoint';
import { languageOf } from '../../http/language.rules';

/** A person's visits in their own calendar. */
@Controller()
export class CalendarController {
  constructor(private readonly feeds: CalendarFeeds) {}

  @Endpoint('getCalendar')
  state(@Caller() caller: Actor): Promise<AnswerOf<'getCalendar'>> {
    return this.feeds.state(caller);
  }

  @Endpoint('createCalendar')
  create(
    @Caller() caller: Actor,
    @Input() { body }: InputOf<'createCalendar'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<AnswerOf<'createCalendar'>> {
    return this.feeds.create(caller, body?.language ?? languageOf(liked) ?? 'zh-Hans');
  }

  @Endpoint('deleteCalendar')
  end(@Caller() caller: Actor): Promise<AnswerOf<'deleteCalendar'>> {
    return this.feeds.end(caller);
  }

  @Endpoint('readCalendar')
  async read(@Input() { params }: InputOf<'readCalendar'>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const file = await this.feeds.read(params.file);
    void reply.type('text/calendar; charset=utf-8');
    return file;
  }
}
