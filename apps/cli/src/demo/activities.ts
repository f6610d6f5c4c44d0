import { newId } from '@timebank/kernel';
import said from './activities.json' with { type: 'json' };
import type { Calendar } from './calendar';
import type { DemoBank } from './found-bank';
import type { Hands } from './hands';

/** An activity that comes, with people who take part and one helper too few. */
export async function layActivity(hands: Hands, { bank, coordinator, volunteers, clients }: DemoBank, calendar: Calendar): Promise<void> {
  const { bankId } = bank;
  const activityId = newId();
  const [startsAt, endsAt] = [calendar.at(-2, '14:00').toISOString(), calendar.at(-2, '16:00').toISOString()];
  const places = { participantPlaces: 12, helperPlaces: 3 };
  await hands.putActivity.run(coordinator.actor, bankId, activityId, { ...said, startsAt, endsAt, ...places });
  const join = (memberId: string, part: 'helper' | 'participant') =>
    hands.joinActivity.put(coordinator.actor, bankId, activityId, memberId, part);
  for (const { memberId } of clients.slice(0, 5)) await join(memberId, 'participant');
  for (const { memberId } of volunteers.slice(-2)) await join(memberId, 'helper');
}
