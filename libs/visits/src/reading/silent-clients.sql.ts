/** An elder who was often visited and whom nobody has seen for a month, in days. */
const [wasServedFor, notServedFor] = [60, 30];
const wasThere = `v.state in ('in_progress', 'ended', 'ready', 'needs_ack', 'needs_fix', 'approved')`;

/**
 * Ids of the clients of bank `$1` who had a service in the last 90 days, none in the last 30, and have nothing ahead of them, not even a request that
 * nobody has taken. It begins at the visits of those months: they are fewer than the clients. `now` is a place among the values.
 */
export const silentClients = (now: string) => {
  const at = `${now}::timestamptz`;
  const [longAgo, lately] = [notServedFor + wasServedFor, notServedFor].map((days) => `${at} - interval '${days} days'`);
  return `select seen.client_id as member_id
    from (select distinct v.client_id from visit v
      where v.bank_id = $1 and v.planned_start >= ${longAgo} and v.planned_start < ${lately} and ${wasThere}) seen
    where exists (select from role where role.bank_id = $1 and role.role = 'client' and role.member_id = seen.client_id and role.home_bank_id is null)
    and not exists (select from visit v
      where v.bank_id = $1 and v.client_id = seen.client_id and v.planned_start >= ${lately} and v.planned_start <= ${at} and ${wasThere})
    and not exists (select from request q where q.bank_id = $1 and q.client_id = seen.client_id
      and q.starts_at > ${at} - interval '24 hours' and q.ends_at > ${at} and q.state <> 'cancelled')`;
};
