import { activityShapes } from '../activities/activity-shapes';
import { familyShapes } from '../family/family-shapes';
import { trainingShapes } from '../training/training-shapes';
import { calendarShapes } from './calendar-shapes';
import { dayShapes } from './day-shapes';
import { matchingShapes } from './matching-shapes';
import { seriesShapes } from './series-shapes';

export const careShapes = {
  ...familyShapes,
  ...trainingShapes,
  ...activityShapes,
  ...calendarShapes,
  ...seriesShapes,
  ...matchingShapes,
  ...dayShapes,
};
