import { z } from 'zod';
import { languages } from '../language-list';
import { instant } from '../primitives';

export const calendarInput = z.strictObject({ language: z.enum(languages).optional() });
/** The address is shown once. Whoever has it reads. */
export const calendarFeed = z.object({ url: z.string() });
/** Since when a calendar may read; null where none does. */
export const calendarState = z.object({ since: instant.nullable() });
export const calendarFile = z.string().max(100);
