import { z } from 'zod';
import { id, instant, listOf, page } from '../primitives';

/** What a change was of; the trail's tables by what people call them. */
export const changeKinds = ['people', 'roles', 'rules', 'requests', 'visits', 'decisions', 'cards', 'time', 'other'] as const;

/** `since=sign_in`: only those since the caller's sign-in before this one; all where none is known. */
export const changeQuery = z.strictObject({ ...page, since: z.enum(['sign_in']).optional() });

/** One entry of the trail, without what it says about people: that is for whoever may read the thing itself. */
const change = z.object({
  number: z.int(),
  at: instant,
  kind: z.enum(changeKinds),
  act: z.enum(['standing', 'insert', 'update', 'delete', 'erase']),
  /** How many rows one statement wrote, and the key of the first. */
  rows: z.int(),
  table: z.string(),
  rowId: id.nullable(),
  /** The route, round or command. */
  work: z.string().nullable(),
  role: z.string().nullable(),
  /** Null for the city's people and for background work. */
  actorName: z.string().nullable(),
});
export const changes = listOf(change);

export type Change = z.infer<typeof change>;
export type ChangeQuery = z.infer<typeof changeQuery>;
export type ChangeKind = (typeof changeKinds)[number];
