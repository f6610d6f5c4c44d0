import type { RouteName } from '../paths';
import { empty } from '../primitives';
import type { Shape } from '../shape';
import * as activities from './activities.messages';

/** Events of a bank with places. */
export const activityShapes = {
  listActivities: { query: activities.activityQuery, answer: activities.activities, summary: 'Activities of a bank, the next first' },
  putActivity: { body: activities.activityInput, answer: activities.activity, kind: 'put', summary: 'Lay down an activity, or change it' },
  getActivity: { answer: activities.activity, summary: 'An activity' },
  cancelActivity: { body: activities.activityCancelInput, answer: activities.activity, summary: 'Call an activity off' },
  putActivityPlace: {
    body: activities.activityPlaceInput,
    answer: activities.activityPlace,
    kind: 'put',
    summary: 'Sign up for an activity, as a helper or to take part',
  },
  deleteActivityPlace: { answer: activities.activityPlace, summary: 'Give a place in an activity back' },
  putActivityAttendance: {
    body: activities.activityAttendanceInput,
    largestBody: { bytes: 65_536, values: 1_024 },
    answer: activities.activity,
    summary: 'Say who was at an activity',
  },
  closeActivity: {
    body: empty.optional(),
    answer: activities.activity,
    summary: 'Close an activity: those who helped are given its minutes',
  },
} satisfies Partial<Record<RouteName, Shape>>;
