import { z } from 'zod';
import { id, instant, json, listOf, localDay, page } from '../primitives';

/** What a change was of; the trail's tables by what people call them. */
export const changeKinds = ['people', 'roles', 'rules', 'requests', 'visits', 'decisions', 'cards', 'time', 'other'] as const;

/** A moment, or a day of the bank's calendar, from its beginning or through its end. */
const moment = z.union([localDay, instant]);
const cityChanges = {
  ...page,
  /** The member, visit, request, policy … whose history it is. */
  subjectId: id.optional(),
  actorId: id.optional(),
  kind: z.enum(changeKinds).optional(),
  from: moment.optional(),
  to: moment.optional(),
};
export const cityChangeQuery = z.strictObject(cityChanges);
/** `since=sign_in`: only those since the caller's sign-in before this one; all where none is known. */
export const changeQuery = z.strictObject({ ...cityChanges, since: z.enum(['sign_in']).optional() });

/** One entry of the trail, with those fields that the caller may read of the thing itself. */
const change = z.object({
  number: z.int(),
  at: instant,
  kind: z.enum(changeKinds),
  act: z.enum(['standing', 'insert', 'update', 'delete', 'erase']),
  /** How many rows one statement wrote, and the key of the first. */
  rows: z.int(),
  table: z.string(),
  rowId: id.nullable(),
  /** What it was done to: the member where it was one's own, else the thing. The name is null for what has none. */
  subject: z.object({ kind: z.string(), id: id.nullable(), name: z.string().nullable() }),
  /** By which route, round or command. */
  action: z.string(),
  /** As what; null for background work and for what people do for themselves without a role. */
  role: z.string().nullable(),
  /** Null for the city's people and for background work. */
  actorName: z.string().nullable(),
  actorId: id.nullable(),
  /** For whom, where somebody acted in another's place. */
  forName: z.string().nullable(),
  /**
   * Named as the API names them; a secret only that it changed. What a new thing began with the thing itself says. Empty where one act wrote many rows
   * and nobody asked for one of them.
   */
  changes: z.array(z.object({ field: z.string(), before: json, after: json })),
  reason: z.string().nullable(),
});
export const changes = listOf(change);

export type Change = z.infer<typeof change>;
export type ChangeQuery = z.infer<typeof changeQuery>;
export type CityChangeQuery = z.infer<typeof cityChangeQuery>;
export type ChangeKind = (typeof changeKinds)[number];
