import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CountUnread } from './count-unread';
import { DeliverNotices } from './deliver-notices';
import { FindReaders } from './find-readers';
import { ListNotices } from './list-notices';
import { NoticeRow } from './notice.entity';
import { NOTICE_LOG, type NoticeLog } from './notice-log';
import { ReadNotices } from './read-notices';

/** `log`: where each new notice is written down; null where none is delivered, or nothing is to be logged. */
export type NoticesOptions = { log: NoticeLog | null };

const abilities = [DeliverNotices, ListNotices, ReadNotices];

/** What people are told, and whether they have seen it. Stands on the database room, which is global. */
@Module({})
export class NoticesModule {
  static forRoot({ log }: NoticesOptions): DynamicModule {
    return {
      module: NoticesModule,
      imports: [TypeOrmModule.forFeature([NoticeRow])],
      providers: [{ provide: NOTICE_LOG, useValue: log ?? (() => undefined) }, CountUnread, FindReaders, ...abilities],
      exports: abilities,
    };
  }
}
