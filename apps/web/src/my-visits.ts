import { dayRange, localDate } from '@timebank/kernel';
import { useSession } from './session';
import { sortVisits, type MyVisits } from './sort-visits';

const dayMs = 86_400_000;

/** One's visits from yesterday to two weeks ahead, as volunteer or as the one who is helped. */
export async function loadMyVisits(as: 'volunteerId' | 'clientId'): Promise<MyVisits> {
  const session = useSession();
  const { from } = dayRange(localDate(session.now(), session.timeZone), session.timeZone);
  const { items } = await session.ask('listVisits', {
    query: {
      [as]: session.memberId,
      limit: 200,
      from: new Date(from.getTime() - dayMs).toISOString(),
      to: new Date(from.getTime() + 14 * dayMs).toISOString(),
    },
  });
  return sortVisits(items, session.now(), session.timeZone);
}
