import type { Actor } from '@timebank/access';
import { guestHome, hasRole, memberIn } from '@timebank/access';
import type { RequestAnswer } from '@timebank/contract';
import { shortenName } from './request-terms.rules';

/** The state as of now, by whether a live visit was approved and whether the client's free minutes are too few. */
const stateNow = (isApproved: string, isShort: string) => `case
        when r.state = 'taken' and ${isApproved} then 'served'
        when r.state <> 'open' then r.state
        when r.ends_at <= $2 then 'lapsed'
        when ${isShort} then 'waiting_for_minutes'
        else 'open'
      end as state`;
const hasTooFew = 'a.floor_minutes is not null and a.balance_minutes - a.held_out_minutes - a.floor_minutes < r.minutes';

/**
 * `$1` is the bank, `$2` now. The state is as of now; `volunteer_id` is whose live visit it has. Every joined table is sought by its key,
 * row by row in the order of the requests, so that a page ends with its last line. What a kind needs is looked up instead (`visibleTo`): the kinds are
 * so few that Postgres would hash them, lose the order by it, and read and sort all open requests of the bank for one page.
 */
export const requestSelect = `
  select * from (
    select r.request_id, r.bank_id, r.client_id, m.name as client_name, r.service_kind, r.starts_at, r.ends_at, r.minutes, r.place, r.note,
      r.version, r.series_id, r.planned_date, r.reserved_for, m.helper_wish, v.visit_id, v.volunteer_id, r.state as stored_state,
      ${stateNow(`v.state = 'approved'`, hasTooFew)}
    from request r
    join member m on m.bank_id = r.bank_id and m.member_id = r.client_id
    join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
    left join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.state not in ('cancelled', 'no_show', 'rejected')
    where r.bank_id = $1 and $2::timestamptz is not null
  ) r where true`;

/** The same for counting: nothing but what a list is narrowed by, and an account is looked up only where it decides. */
export const requestStates = `
  select * from (
    select r.client_id, r.series_id, r.starts_at, r.ends_at, r.state as stored_state,
      ${stateNow(
        `exists (select from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id and v.state = 'approved')`,
        `(select ${hasTooFew} from member m join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
        where m.bank_id = r.bank_id and m.member_id = r.client_id)`,
      )}
    from request r
    where r.bank_id = $1 and $2::timestamptz is not null
  ) r where true`;

export type RequestViewRow = Omit<RequestAnswer, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date; volunteerId: string | null };

/** What a caller is to a bank's requests: staff, volunteer, client. */
export type Viewer = {
  memberId: string | null;
  isStaff: boolean;
  isVolunteer: boolean;
  /** A guest's home bank. Their qualifications are recorded there. */
  homeBankId: string | null;
};

export function viewerOf(actor: Actor, bankId: string): Viewer {
  return {
    memberId: memberIn(actor, bankId),
    isStaff: (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId)),
    isVolunteer: hasRole(actor, 'volunteer', bankId),
    homeBankId: guestHome(actor, bankId),
  };
}

/** The answer as this viewer may see it. Staff, the client and whoever has taken it see name, place and note in full. */
export function answerOf(row: RequestViewRow, viewer: Viewer): RequestAnswer {
  const parties = [row.clientId, row.volunteerId, row.reservedFor];
  const whole = viewer.isStaff || (viewer.memberId !== null && parties.includes(viewer.memberId));
  return {
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    ...(whole ? {} : { clientName: shortenName(row.clientName), place: null, note: null, reservedFor: null }),
  };
}

/** The banks whose rows decide what a viewer sees. */
export function banksOfViewer(viewer: Viewer, bankId: string): string[] {
  return viewer.homeBankId === null ? [bankId] : [bankId, viewer.homeBankId];
}

/**
 * The condition for what a viewer who is not staff sees: their own requests, and for a volunteer those they have taken or could take, or that are kept for
 * them as regulars and wait for minutes. What is hidden from them is
 * what the gate (in visits) hides: who is not to meet, whom the client would rather have. `memberId` and
 * `home` are placeholders; `home` is the bank with their qualifications, null when they can take nothing now.
 */
export function visibleTo(viewer: Viewer, memberId: string, home: string | null): string {
  const atHome = `bank_id = ${home} and member_id = ${memberId}`;
  const isOpen = `(r.state = 'open' or (r.state = 'waiting_for_minutes' and r.reserved_for = ${memberId}))`;
  const takeable = `(${isOpen} and r.client_id <> ${memberId} and coalesce(r.reserved_for = ${memberId}, true)
    and (select k.open_to_volunteers from service_kind k where k.code = r.service_kind)
    and (r.helper_wish is null or r.helper_wish = (select gender from member where ${atHome}))
    and not exists (select from pair_block b where b.bank_id = r.bank_id
      and b.member_id = least(r.client_id, ${memberId}) and b.other_member_id = greatest(r.client_id, ${memberId}))
    and not exists (
      select from bank_day(r.bank_id, r.starts_at) as day, service_kind_qualification s
       where s.code = r.service_kind and s.valid_from <= day and coalesce(s.valid_until >= day, true)
         and not exists (select from qualification where ${atHome} and code = s.qualification and valid_until >= day)
         and not exists (select from qualification_exemption where ${atHome} and code = s.qualification and valid_until >= day)))`;
  const own = `r.client_id = ${memberId}`;
  return viewer.isVolunteer ? `(${own} or r.volunteer_id = ${memberId}${home === null ? '' : ` or ${takeable}`})` : own;
}
