import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { AttendSession } from './attend-session';
import { CancelCourse } from './cancel-course';
import { CloseCourse } from './close-course';
import { CourseLock } from './course-lock';
import {
  CourseAttendanceChangeRow,
  CourseAttendanceRow,
  CoursePlaceRow,
  CourseRow,
  CourseServiceKindRow,
  CourseSessionRow,
  CourseTeacherRow,
  WarningRow,
} from './course.entity';
import { DrawCourse } from './draw-course';
import { GrantByCourse } from './grant-by-course';
import { LeaveCourses } from './leave-courses';
import { FindLosing } from './losing';
import { OwnQualifications } from './own-qualifications';
import { PayTeachers } from './pay-teachers';
import { PutCourse } from './put-course';
import { ReadCourses } from './read-courses';
import { TakeBackAttendance } from './take-back-attendance';
import { TakePlace } from './take-place';
import { EditCourse } from './edit-course';
import { WarnEnding } from './warn-ending';

const abilities = [
  AttendSession,
  CancelCourse,
  CloseCourse,
  DrawCourse,
  EditCourse,
  FindLosing,
  OwnQualifications,
  PutCourse,
  ReadCourses,
  TakeBackAttendance,
  TakePlace,
  WarnEnding,
];

/** What volunteers learn. Stands on access, which is global, and on visits as the process has opened it. */
@Module({})
export class TrainingModule {
  static forRoot(visits: DynamicModule): DynamicModule {
    return {
      module: TrainingModule,
      imports: [
        TypeOrmModule.forFeature([
          CourseAttendanceChangeRow,
          CourseAttendanceRow,
          CoursePlaceRow,
          CourseRow,
          CourseServiceKindRow,
          CourseSessionRow,
          CourseTeacherRow,
          WarningRow,
        ]),
        BanksModule,
        LedgerModule,
        MembersModule,
        visits,
      ],
      providers: [CourseLock, GrantByCourse, LeaveCourses, PayTeachers, ...abilities],
      exports: abilities,
    };
  }
}
