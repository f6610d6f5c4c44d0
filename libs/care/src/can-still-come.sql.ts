/**
 * Whether somebody can still be found for request `r` at `now`: it has not begun, or its helper left it after it was to begin, and it is not over. Nobody
 * is asked about what simply began without anybody.
 */
export const canStillCome = (now: string): string => `(r.starts_at > ${now} or r.ends_at > ${now} and exists (select from visit v
  where v.bank_id = r.bank_id and v.request_id = r.request_id and v.state = 'cancelled' and v.cancelled_at >= r.starts_at))`;

/** Until when it is asked about: its beginning; once that is over, its end. */
export const askedUntil = (now: string): string => `case when r.starts_at > ${now} then r.starts_at else r.ends_at end`;
