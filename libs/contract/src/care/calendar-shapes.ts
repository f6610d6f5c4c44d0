import * as access from '../access/access.messages';
import type { RouteName } from '../paths';
import { media, type Shape } from '../shape';
import * as calendar from './calendar.messages';

/** A person's visits in the calendar that they use anyway. */
export const calendarShapes = {
  getCalendar: { answer: calendar.calendarState, summary: 'Whether a calendar may read my visits' },
  createCalendar: {
    body: calendar.calendarInput.optional(),
    answer: calendar.calendarFeed,
    kind: 'create',
    secret: true,
    summary: 'A secret address for my calendar; an earlier one ends',
  },
  deleteCalendar: { answer: access.done, summary: 'Let no calendar read my visits' },
  readCalendar: {
    params: { file: calendar.calendarFile },
    answer: null,
    media: media.calendar,
    summary: 'The visits of whoever made this address (RFC 5545)',
  },
} satisfies Partial<Record<RouteName, Shape>>;
