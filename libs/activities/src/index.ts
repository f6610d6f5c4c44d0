export { ActivitiesModule } from './activities.module';
export { AttendActivity } from './attend-activity';
export { CancelActivity } from './cancel-activity';
export { CloseActivity } from './close-activity';
export { JoinActivity } from './join-activity';
export { PutActivity } from './put-activity';
export { ReadActivities } from './read-activities';
export { WarnShort } from './warn-short';
