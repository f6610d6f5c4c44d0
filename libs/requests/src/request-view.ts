import type { Actor } from '@timebank/access';
import { guestHome, hasRole, memberIn } from '@timebank/access';
import type { RequestAnswer } from '@timebank/contract';
import { helps, isShort } from './helpers.sql';
import { shortenName } from './request-terms.rules';

/**
 * The state as of now. `allDecided` is whether all who help have been approved, null where nobody helps. An open request that is over is what its
 * helpers made of it.
 */
const stateNow = (allDecided: string) => `case
        when r.state = 'cancelled' then r.state
        when r.state = 'open' and r.ends_at > $2 then case when ${isShort} then 'waiting_for_minutes' else 'open' end
        else case ${allDecided} when true then 'served' when false then 'taken' else case r.state when 'open' then 'lapsed' else r.state end end
      end as state`;

/**
 * `$1` is the bank, `$2` now. The state is as of now; `visit_ids` and `volunteer_ids` are of those who help. Every joined table is sought by its key,
 * row by row in the order of the requests, so that a page ends with its last line. What a kind needs is looked up instead (`visibleTo`): the kinds are
 * so few that Postgres would hash them, lose the order by it, and read and sort all open requests of the bank for one page.
 */
export const requestSelect = `
  select * from (
    select r.request_id, r.bank_id, r.client_id, m.name as client_name, r.service_kind, r.starts_at, r.ends_at, r.minutes, r.place, r.note,
      r.version, r.series_id, r.planned_date, r.reserved_for, m.helper_wish, r.helpers_needed, h.helpers, h.visit_ids, h.volunteer_ids,
      r.asked_again_at, r.still_needed_at,
      r.state as stored_state, ${stateNow('h.all_decided')}
    from request r
    join member m on m.bank_id = r.bank_id and m.member_id = r.client_id
    cross join lateral (
      select count(*) as helpers, coalesce(array_agg(v.visit_id order by v.visit_id), '{}') as visit_ids,
        coalesce(array_agg(v.volunteer_id order by v.visit_id), '{}') as volunteer_ids, bool_and(v.state = 'approved') as all_decided
      from visit v where ${helps}) h
    where r.bank_id = $1 and $2::timestamptz is not null
  ) r where true`;

/** The same for counting: nothing but what a list is narrowed by, and visits and accounts are looked up only where they decide. */
export const requestStates = `
  select * from (
    select r.client_id, r.series_id, r.starts_at, r.ends_at, r.state as stored_state,
      ${stateNow(`(select bool_and(v.state = 'approved') from visit v where ${helps})`)}
    from request r
    where r.bank_id = $1 and $2::timestamptz is not null
  ) r where true`;

export type RequestViewRow = Omit<RequestAnswer, 'startsAt' | 'endsAt' | 'visitId' | 'stillNeeded'> & {
  startsAt: Date;
  endsAt: Date;
  askedAgainAt: Date | null;
  stillNeededAt: Date | null;
  /** In one order. */
  visitIds: string[];
  volunteerIds: string[];
};

/** What a caller is to a bank's requests: staff, volunteer, client. */
export type Viewer = {
  memberId: string | null;
  isStaff: boolean;
  isVolunteer: boolean;
  /** A guest's home bank. Their qualifications are recorded there. */
  homeBankId: string | null;
};

/** What a viewer could take now: by which home, null for nothing; for a guest what was asked for until when; and what it also has to be. */
export type Takes = { home: string | null; sharedBefore: Date | null; alsoAsked: readonly string[] };

export function viewerOf(actor: Actor, bankId: string): Viewer {
  return {
    memberId: memberIn(actor, bankId),
    isStaff: (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId)),
    isVolunteer: hasRole(actor, 'volunteer', bankId),
    homeBankId: guestHome(actor, bankId),
  };
}

/** The answer as this viewer may see it. Staff, the client and whoever has taken it see name, place and note in full. */
export function answerOf({ visitIds, volunteerIds, askedAgainAt, stillNeededAt, ...row }: RequestViewRow, viewer: Viewer): RequestAnswer {
  const parties = [row.clientId, ...volunteerIds, row.reservedFor];
  const own = visitIds[viewer.memberId === null ? -1 : volunteerIds.indexOf(viewer.memberId)];
  const whole = viewer.isStaff || (viewer.memberId !== null && parties.includes(viewer.memberId));
  return {
    ...row,
    visitId: own ?? (visitIds.length === 1 ? (visitIds[0] as string) : null),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    stillNeeded:
      askedAgainAt === null || !(viewer.isStaff || viewer.memberId === row.clientId)
        ? null
        : { askedAt: askedAgainAt.toISOString(), saidAt: stillNeededAt?.toISOString() ?? null },
    ...(whole ? {} : { clientName: shortenName(row.clientName), place: null, note: null, reservedFor: null }),
  };
}

/** The banks whose rows decide what a viewer sees. */
export function banksOfViewer(viewer: Viewer, bankId: string): string[] {
  return viewer.homeBankId === null ? [bankId] : [bankId, viewer.homeBankId];
}

/**
 * The condition for what a viewer who is not staff sees: their own requests, and for a volunteer those they have taken or could take, or that are kept for
 * them as regulars and wait for minutes. What is hidden from them is what the gate (in visits) hides: who is not to meet, whom the client would rather have,
 * what is for the bank's own volunteers first; and what nobody could take, as what is not insured. `place` gives a value its placeholder.
 */
export function visibleTo(
  viewer: Viewer,
  { home, sharedBefore, alsoAsked }: Takes,
  place: (value: unknown, type: string) => string,
): string {
  const me = place(viewer.memberId, 'uuid');
  const own = `r.client_id = ${me}`;
  if (!viewer.isVolunteer) return own;
  const taken = `${own} or ${me} = any (r.volunteer_ids)`;
  if (home === null) return `(${taken})`;
  const atHome = `bank_id = ${place(home, 'uuid')} and member_id = ${me}`;
  const isOpen = `(r.state = 'open' or (r.state = 'waiting_for_minutes' and r.reserved_for = ${me}))`;
  const isShared =
    sharedBefore &&
    `(select a.created_at from request a where a.bank_id = r.bank_id and a.request_id = r.request_id) <= ${place(sharedBefore, 'timestamptz')}`;
  return `(${taken} or (${isOpen} and r.client_id <> ${me} and coalesce(r.reserved_for = ${me}, true)
    and (select k.open_to_volunteers from service_kind k where k.code = r.service_kind)
    ${isShared ? `and ${isShared}` : ''} ${alsoAsked.map((condition) => `and ${condition}`).join(' ')}
    and (r.helper_wish is null or r.helper_wish = (select gender from member where ${atHome}))
    and not exists (select from pair_block b where b.bank_id = r.bank_id
      and b.member_id = least(r.client_id, ${me}) and b.other_member_id = greatest(r.client_id, ${me}))
    and not exists (
      select from bank_day(r.bank_id, r.starts_at) as day, service_kind_qualification s
       where s.code = r.service_kind and s.valid_from <= day and coalesce(s.valid_until >= day, true)
         and not exists (select from qualification_held where ${atHome} and code = s.qualification and valid_until >= day)
         and not exists (select from qualification_exemption where ${atHome} and code = s.qualification and valid_until >= day))))`;
}
