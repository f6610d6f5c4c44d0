import { calendarShapes } from './calendar-shapes';
import { seriesShapes } from './series-shapes';

export const careShapes = { ...calendarShapes, ...seriesShapes };
