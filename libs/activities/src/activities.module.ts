import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { ActivityLock } from './activity-lock';
import { ActivityAttendanceRow, ActivityPlaceRow, ActivityRow } from './activity.entity';
import { AttendActivity } from './attend-activity';
import { CancelActivity } from './cancel-activity';
import { CloseActivity } from './close-activity';
import { JoinActivity } from './join-activity';
import { LeaveActivities } from './leave-activities';
import { MoveUp } from './move-up';
import { PayHelpers } from './pay-helpers';
import { PromisedHelp } from './promised-help';
import { PutActivity } from './put-activity';
import { ReadActivities } from './read-activities';
import { WarnShort } from './warn-short';

const abilities = [AttendActivity, CancelActivity, CloseActivity, JoinActivity, PutActivity, ReadActivities, WarnShort];

/** Events with places. Stands on access, which is global, and on visits as the process has opened it. */
@Module({})
export class ActivitiesModule {
  static forRoot(visits: DynamicModule): DynamicModule {
    return {
      module: ActivitiesModule,
      imports: [
        TypeOrmModule.forFeature([ActivityAttendanceRow, ActivityPlaceRow, ActivityRow]),
        BanksModule,
        LedgerModule,
        MembersModule,
        visits,
      ],
      providers: [ActivityLock, LeaveActivities, MoveUp, PayHelpers, PromisedHelp, ...abilities],
      exports: abilities,
    };
  }
}
