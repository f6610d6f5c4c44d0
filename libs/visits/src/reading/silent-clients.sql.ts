/** An elder who was often visited and whom nobody has seen for a month, in days. */
const [wasServedWithin, notServedFor] = [90, 30];
const wasThere = `v.state in ('in_progress', 'ended', 'ready', 'needs_ack', 'needs_fix', 'approved')`;

/**
 * Ids of the clients of bank `$1` who had a service in the last 90 days, none in the last 30, and have nothing ahead of them, not even a request that
 * nobody has taken. `now` is a place among the values.
 */
export const silentClients = (now: string) => {
  const [at, visits] = [`${now}::timestamptz`, 'from visit v where v.bank_id = role.bank_id and v.client_id = role.member_id'];
  return `select role.member_id from role where role.bank_id = $1 and role.role = 'client' and role.home_bank_id is null
    and exists (select ${visits} and v.planned_start >= ${at} - interval '${wasServedWithin} days'
      and v.planned_start < ${at} - interval '${notServedFor} days' and ${wasThere})
    and not exists (select ${visits} and v.planned_start >= ${at} - interval '${notServedFor} days' and v.planned_start <= ${at} and ${wasThere})
    and not exists (select from request q where q.bank_id = role.bank_id and q.client_id = role.member_id
      and q.starts_at > ${at} - interval '24 hours' and q.ends_at > ${at} and q.state <> 'cancelled')`;
};
