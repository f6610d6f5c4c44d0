import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembersModule } from '@timebank/members';
import { BanksOfPerson } from './banks-of-person';
import { CountUnread } from './count-unread';
import { DeliverNotices } from './deliver-notices';
import { FindReaders } from './find-readers';
import { ListNotices } from './list-notices';
import { NoticeRow } from './notice.entity';
import { NOTICE_DRIVER, type NoticeDriver } from './notice-driver';
import { ReadNotices } from './read-notices';

/** `driver`: where each new notice goes besides the app; null where none is delivered, or it goes nowhere else. */
export type NoticesOptions = { driver: NoticeDriver | null };

const abilities = [DeliverNotices, ListNotices, ReadNotices];

/** What people are told, and whether they have seen it. Stands on the database room, which is global. */
@Module({})
export class NoticesModule {
  static forRoot({ driver }: NoticesOptions): DynamicModule {
    return {
      module: NoticesModule,
      imports: [TypeOrmModule.forFeature([NoticeRow]), MembersModule],
      providers: [{ provide: NOTICE_DRIVER, useValue: driver ?? (() => undefined) }, BanksOfPerson, CountUnread, FindReaders, ...abilities],
      exports: abilities,
    };
  }
}
