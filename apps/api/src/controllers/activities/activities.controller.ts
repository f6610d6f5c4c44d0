import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { AttendActivity, CancelActivity, CloseActivity, JoinActivity, PutActivity, ReadActivities } from '@timebank/activities';
import type { Activity, ActivityPlace, AnswerOf, InputOf, Stored } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Events with places: who comes to help, who to take part, and who was there. */
@Controller()
export class ActivitiesController {
  constructor(
    private readonly readActivities: ReadActivities,
    private readonly putActivity: PutActivity,
    private readonly joinActivity: JoinActivity,
    private readonly attendActivity: AttendActivity,
    private readonly closeActivity: CloseActivity,
    private readonly cancelActivity: CancelActivity,
  ) {}

  @Endpoint('listActivities')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listActivities'>): Promise<AnswerOf<'listActivities'>> {
    return this.readActivities.list(caller, params.bankId, query);
  }

  @Endpoint('putActivity')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putActivity'>): Promise<Stored<Activity>> {
    return this.putActivity.run(caller, params.bankId, params.activityId, body);
  }

  @Endpoint('getActivity')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getActivity'>): Promise<Activity> {
    return this.readActivities.one(caller, params.bankId, params.activityId);
  }

  @Endpoint('cancelActivity')
  cancel(@Caller() caller: Actor, @Input() { params, body }: InputOf<'cancelActivity'>): Promise<Activity> {
    return this.cancelActivity.run(caller, params.bankId, params.activityId, body.note);
  }

  @Endpoint('closeActivity')
  close(@Caller() caller: Actor, @Input() { params }: InputOf<'closeActivity'>): Promise<Activity> {
    return this.closeActivity.run(caller, params.bankId, params.activityId);
  }

  @Endpoint('putActivityPlace')
  join(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putActivityPlace'>): Promise<Stored<ActivityPlace>> {
    return this.joinActivity.put(caller, params.bankId, params.activityId, params.memberId, body.as);
  }

  @Endpoint('deleteActivityPlace')
  leave(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteActivityPlace'>): Promise<ActivityPlace> {
    return this.joinActivity.withdraw(caller, params.bankId, params.activityId, params.memberId);
  }

  @Endpoint('putActivityAttendance')
  attend(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putActivityAttendance'>): Promise<Activity> {
    return this.attendActivity.run(caller, params.bankId, params.activityId, body);
  }
}
