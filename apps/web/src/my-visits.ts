import { dayRange, localDate } from '@timebank/kernel';
import { useSession } from './session';
import { sortVisits, type MyVisits } from './sort-visits';

const dayMs = 86_400_000;

/** One's visits from yesterday to two weeks ahead, as volunteer in every bank where one helps, or as the one who is helped. */
export async function loadMyVisits(as: 'volunteerId' | 'clientId'): Promise<MyVisits> {
  const session = useSession();
  const { from } = dayRange(localDate(session.now(), session.timeZone), session.timeZone);
  const query = {
    [as]: session.memberId,
    limit: 200,
    from: new Date(from.getTime() - dayMs).toISOString(),
    to: new Date(from.getTime() + 14 * dayMs).toISOString(),
  };
  const banks = as === 'volunteerId' && session.helpBanks.length > 0 ? session.helpBanks.map(({ bankId }) => bankId) : [undefined];
  const lists = await Promise.all(banks.map((bankId) => session.ask('listVisits', { params: bankId ? { bankId } : {}, query })));
  return sortVisits(
    lists.flatMap(({ items }) => items),
    session.now(),
    session.timeZone,
  );
}
