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
  putCallWish: { body: day.callWishInput, answer: day.callWish, kind: 'put', summary: 'Ask the bank to call me' },
  listCallWishes: { query: z.strictObject(page), answer: day.callWishes, summary: 'Who would like to be called, the longest first' },
  closeCallWish: { body: empty.optional(), answer: day.callWish, summary: 'Say that they were called' },
  pausePerson: {
    body: day.personPauseInput,
    answer: day.personPause,
    summary: 'Pause all that comes back for a member, and give back what they were to help with',
  },
  getPauses: { answer: day.personPauses, summary: 'When a member is away' },
  endPause: { body: day.personBackInput, answer: day.personPauses, summary: 'Say from which day a member is back' },
} satisfies Partial<Record<RouteName, Shape>>;
