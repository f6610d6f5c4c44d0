import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Attendance, Course, CoursePlace, InputOf, Stored } from '@timebank/contract';
import { AttendSession, DrawCourse, PutCourse, ReadCourses, TakePlace } from '@timebank/training';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What volunteers learn: who signs up, who gets a place, who was there. */
@Controller()
export class CoursesController {
  constructor(
    private readonly readCourses: ReadCourses,
    private readonly putCourse: PutCourse,
    private readonly takePlace: TakePlace,
    private readonly drawCourse: DrawCourse,
    private readonly attendSession: AttendSession,
  ) {}

  @Endpoint('listCourses')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listCourses'>): Promise<AnswerOf<'listCourses'>> {
    return this.readCourses.list(caller, params.bankId, query);
  }

  @Endpoint('myCourses')
  own(@Caller() caller: Actor): Promise<AnswerOf<'myCourses'>> {
    return this.readCourses.own(caller);
  }

  @Endpoint('putCourse')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCourse'>): Promise<Stored<Course>> {
    return this.putCourse.run(caller, params.bankId, params.courseId, body);
  }

  @Endpoint('getCourse')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getCourse'>): Promise<Course> {
    return this.readCourses.one(caller, params.bankId, params.courseId);
  }

  @Endpoint('putCoursePlace')
  signUp(@Caller() caller: Actor, @Input() { params }: InputOf<'putCoursePlace'>): Promise<Stored<CoursePlace>> {
    return this.takePlace.put(caller, params.bankId, params.courseId, params.memberId);
  }

  @Endpoint('deleteCoursePlace')
  withdraw(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteCoursePlace'>): Promise<CoursePlace> {
    return this.takePlace.withdraw(caller, params.bankId, params.courseId, params.memberId);
  }

  @Endpoint('drawCourse')
  draw(@Caller() caller: Actor, @Input() { params }: InputOf<'drawCourse'>): Promise<Course> {
    return this.drawCourse.run(caller, params.bankId, params.courseId);
  }

  @Endpoint('putAttendance')
  attend(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putAttendance'>): Promise<Stored<Attendance>> {
    return this.attendSession.run(caller, params.bankId, params, body ?? {});
  }
}
