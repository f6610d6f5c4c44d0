import { newId } from '@timebank/kernel';
import type { Calendar } from './calendar';
import type { DemoBank } from './found-bank';
import type { Hands } from './hands';
import said from './learning.json' with { type: 'json' };

/** A course that some have signed up for, more than it has places; and somebody whose qualification ends next week. */
export async function layLearning(hands: Hands, { bank, coordinator, volunteers }: DemoBank, calendar: Calendar): Promise<void> {
  const { bankId } = bank;
  const courseId = newId();
  const [teacher, ...others] = volunteers;
  await hands.putCourse.run(coordinator.actor, bankId, courseId, {
    ...said,
    places: 4,
    qualification: 'first_aid',
    serviceKinds: ['urgent_help'],
    teachers: teacher ? [teacher.memberId] : [],
    sessions: [
      { sessionId: newId(), day: calendar.day(-9), startTime: '09:00', endTime: '11:30' },
      { sessionId: newId(), day: calendar.day(-16), startTime: '09:00', endTime: '11:30' },
    ],
    closesAt: calendar.at(-5, '18:00').toISOString(),
  });
  for (const { memberId } of others.slice(0, 6)) await hands.takePlace.put(coordinator.actor, bankId, courseId, memberId);
  const qualified = volunteers.find(({ described }) => described.qualification !== undefined);
  if (qualified?.described.qualification === undefined) return;
  const until = calendar.day(-6);
  await hands.putQualification.run(coordinator.actor, bankId, qualified.memberId, qualified.described.qualification, until);
}
