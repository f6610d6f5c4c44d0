/** SQL: whether visit `v` is the place of who stood by with offer `o`, got since. */
export const cameToPlace = `v.bank_id = o.bank_id and v.request_id = o.request_id and v.volunteer_id = o.volunteer_id
  and v.created_at > coalesce(o.answered_at, o.offered_at)`;
