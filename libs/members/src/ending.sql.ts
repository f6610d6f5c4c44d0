import { endsSoonDays } from './ends-soon';

/** Volunteers of bank `$1` with a qualification that ends within 30 days, and on which day; somebody with two of them twice. */
export const endingQualifications = (now: string) =>
  `select q.member_id, q.valid_until from qualification q, bank_day($1, ${now}::timestamptz) today
    where q.bank_id = $1 and q.valid_until between today and today + ${endsSoonDays}
      and exists (select from role where role.bank_id = $1 and role.member_id = q.member_id and role.role = 'volunteer' and role.home_bank_id is null)`;
