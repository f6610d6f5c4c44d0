import { z } from 'zod';
import { waitingActKinds } from '../access/acts.messages';
import { id, instant, listOf, page } from '../primitives';

/** The kinds of notices. Each has a sentence in every language, which takes its parameters; the notices room decides who gets which. */
export const noticeKinds = [
  'visit_assigned',
  'visit_planned',
  'visit_cancelled',
  'helper_cancelled',
  'visit_moved',
  'visit_handed_over',
  'series_short',
  'series_unfilled',
  'offer_made',
  'offer_promoted',
  'offers_exhausted',
  'still_needed',
  'request_unanswered',
  'qualification_ending',
  'course_placed',
  'course_waiting',
  'course_cancelled',
  'course_changed',
  'course_taken_back',
  'course_passed',
  'activity_placed',
  'activity_changed',
  'activity_cancelled',
  'activity_short',
  'activity_credited',
  'visit_begun',
  'visit_ended',
  'visit_approved',
  'help_approved',
  'help_paid',
  'visit_recorded',
  'help_recorded',
  'visit_rejected',
  'help_rejected',
  'client_back',
  'helper_back',
  'tomorrow_helper',
  'tomorrow_client',
  'call_wished',
  'arrival_asked',
  'helper_not_seen',
  'helper_on_way',
  'nobody_came',
  'scan_out_due',
  'scan_out_overdue',
  'scan_out_missing',
  'visit_missed',
  'help_missed',
  'request_cancelled',
  'visit_denied',
  'appeal_made',
  'appeal_upheld',
  'appeal_granted',
  'letter_entered',
  'letter_explained',
  'letter_rejected',
  'guest_asked',
  'relation_recorded',
  'relation_here',
  'member_left',
  'act_waits',
  'act_done',
  'bank_closed',
  'bank_reopened',
  'sign_in_reset',
  'sign_in_phone_moved',
  'password_changed',
  'guest_confirmed',
  'proxy_begun',
  'proxy_ended',
  'acts_begun',
  'acts_ended',
  'proxy_asked',
  'proxy_answered',
  'request_noted',
  'finding_told',
] as const;

/** Something a person was told: a kind and what its sentence needs. Names are read with it, and never kept in it. */
const notice = z.object({
  noticeId: id,
  bankId: id,
  kind: z.enum(noticeKinds),
  parameters: z.object({
    visitId: id.optional(),
    requestId: id.optional(),
    /** What waits for a second person, or was done by one. */
    actKind: z.enum(waitingActKinds).optional(),
    /** A guest. */
    memberId: id.optional(),
    serviceKind: z.string().optional(),
    /** By the plan. */
    startsAt: instant.optional(),
    /** When it was scanned, as far as is known. */
    at: instant.optional(),
    minutes: z.int().min(0).optional(),
    /** What ends, and its last day; of how many visits. */
    qualification: z.string().optional(),
    until: z.string().optional(),
    visits: z.int().optional(),
    courseId: id.optional(),
    activityId: id.optional(),
    /** What an activity is called, and how many helpers it lacks. */
    title: z.string().optional(),
    helpers: z.int().optional(),
    /** About whom it is, where the reader acts for them. */
    forName: z.string().optional(),
    /** Who acts, or acted, for the reader. */
    byName: z.string().optional(),
    /** Why it was decided so, where a reason was given. */
    reasonCode: z.string().optional(),
  }),
  createdAt: instant,
  readAt: instant.nullable(),
});

export const noticeQuery = z.strictObject(page);
export const unreadNotices = z.object({ unread: z.int().min(0) });
/** `unread` counts all that the person has not seen, on every page. */
export const noticeList = listOf(notice).extend(unreadNotices.shape);
/** Notices that the person has seen. Other people's ids change nothing. */
export const readInput = z.strictObject({ noticeIds: z.array(id).min(1).max(200) });

export type NoticeKind = (typeof noticeKinds)[number];
export type Notice = z.infer<typeof notice>;
export type NoticeQuery = z.infer<typeof noticeQuery>;
export type NoticeList = z.infer<typeof noticeList>;
