import { z } from 'zod';
import type { RouteName } from '../paths';
import { empty, page } from '../primitives';
import type { Shape } from '../shape';
import { visit } from '../visits/visits.messages';
import * as day from './day.messages';

/** On the day of a visit. */
export const dayShapes = {
  sayOnMyWay: { body: empty.optional(), answer: visit, summary: 'Answer that I am on the way' },
  listNobodyCame: { query: z.strictObject(page), answer: day.nobodyCameList, summary: 'Visits to which nobody has come yet' },
} satisfies Partial<Record<RouteName, Shape>>;
