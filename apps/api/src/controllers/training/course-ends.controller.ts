import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Course, InputOf } from '@timebank/contract';
import { CancelCourse, CloseCourse, EditCourse, FindLosing, OwnQualifications, TakeBackAttendance } from '@timebank/training';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** How a course changes and ends, and what people are qualified for by it, for how long. */
@Controller()
export class CourseEndsController {
  constructor(
    private readonly closeCourse: CloseCourse,
    private readonly cancelCourse: CancelCourse,
    private readonly ownQualifications: OwnQualifications,
    private readonly losing: FindLosing,
    private readonly editCourse: EditCourse,
    private readonly takeBack: TakeBackAttendance,
  ) {}

  @Endpoint('patchCourse')
  edit(@Caller() caller: Actor, @Input() { params, body }: InputOf<'patchCourse'>): Promise<Course> {
    return this.editCourse.run(caller, params.bankId, params.courseId, body);
  }

  @Endpoint('takeBackAttendance')
  notThere(@Caller() caller: Actor, @Input() { params, body }: InputOf<'takeBackAttendance'>): Promise<Course> {
    return this.takeBack.run(caller, params.bankId, params, body.note);
  }

  @Endpoint('closeCourse')
  close(@Caller() caller: Actor, @Input() { params, body }: InputOf<'closeCourse'>): Promise<Course> {
    return this.closeCourse.run(caller, params.bankId, params.courseId, body);
  }

  @Endpoint('cancelCourse')
  cancel(@Caller() caller: Actor, @Input() { params, body }: InputOf<'cancelCourse'>): Promise<Course> {
    return this.cancelCourse.run(caller, params.bankId, params.courseId, body.note);
  }

  @Endpoint('myQualifications')
  own(@Caller() caller: Actor): Promise<AnswerOf<'myQualifications'>> {
    return this.ownQualifications.run(caller);
  }

  @Endpoint('listLosing')
  lose(@Input() { params, query }: InputOf<'listLosing'>): Promise<AnswerOf<'listLosing'>> {
    return this.losing.list(params.bankId, query);
  }
}
