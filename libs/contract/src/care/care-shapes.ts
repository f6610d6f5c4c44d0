import { calendarShapes } from './calendar-shapes';
import { dayShapes } from './day-shapes';
import { matchingShapes } from './matching-shapes';
import { seriesShapes } from './series-shapes';

export const careShapes = { ...calendarShapes, ...seriesShapes, ...matchingShapes, ...dayShapes };
