import { z } from 'zod';
import { id, instant, json, listOf, note, page, reasonCode } from '../primitives';

/** What one person may ask for and another of the same standing has to confirm. */
export const waitingActKinds = [
  'grant',
  'reversal',
  'grant_run',
  'policy',
  'policy_withdrawal',
  'role',
  'leaving',
  'enabling',
  'sign_in_phone',
  'sign_in_reset',
  'forgetting',
  'merging',
  'suspension',
  'closing',
  'reopening',
  'finding',
] as const;

/** Words for why minutes or roles were given or taken by hand, and why a bank ends or takes up its work; a city may have its own. */
export const actReasonCodes = [
  'hardship',
  'welcome',
  'thanks',
  'correction',
  'wrong_person',
  'wrong_amount',
  'not_held',
  'new_task',
  'stands_in',
  'task_over',
  'work_ended',
  'taken_over',
  'founded_by_mistake',
  'work_resumed',
  'closed_by_mistake',
  'other',
] as const;

/** Why. The desk always sends one; a call without a reason is kept without, and counted. */
export const reason = { reasonCode: reasonCode.optional(), note: note.optional() };
export const reasonInput = z.strictObject(reason);
export type Reason = z.infer<typeof reasonInput>;

/** The answer, 202, to a call that another person has to send as well: nothing has been done yet. */
export const waiting = z.object({ state: z.literal('waits'), until: instant });

/** `content` is the first call's content, in its own words and without secrets: the same call with the same content confirms it. */
const waitingAct = z.object({
  actId: id,
  kind: z.enum(waitingActKinds),
  /** The id in the path of the call. */
  subjectId: id,
  /** Whom it is about, if that is a member of this bank. */
  member: z.object({ memberId: id, name: z.string() }).nullable(),
  /** Who would inherit a leaving member's minutes. */
  heirNames: z.array(z.string()),
  content: z.record(z.string(), json),
  /** Null: somebody who is no member here, such as an admin of the city. */
  askedByName: z.string().nullable(),
  askedAt: instant,
  until: instant,
  isOwn: z.boolean(),
  /** Whether the caller's role lets them confirm it; people that it is about are refused all the same. */
  mayConfirm: z.boolean(),
});
export const waitingActQuery = z.strictObject(page);
export const waitingActs = listOf(waitingAct);

export type WaitingActKind = (typeof waitingActKinds)[number];
export type Waiting = z.infer<typeof waiting>;
export type WaitingAct = z.infer<typeof waitingAct>;
export type WaitingActQuery = z.infer<typeof waitingActQuery>;
