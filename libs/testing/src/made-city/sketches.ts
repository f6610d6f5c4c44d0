import type { MadeClient, MadeVolunteer } from './people';
import type { SeededChance } from './seeded';

/** A visit as it happened, or as somebody claims it did, before anybody decided about it. */
export type Sketch = {
  volunteerId: string;
  client: MadeClient;
  plannedStart: Date;
  plannedMinutes: number;
  start: Date;
  minutes: number;
  deviceId: string | null;
  located: boolean;
  rotating: boolean;
  related: boolean;
  forgotOut: boolean;
  /** Typed in by hand; `by` null for whichever coordinator is at the desk. */
  entered: { by: string | null; reason: string } | null;
  /** What the client says when phoned: how likely it is a no. */
  denies: number;
};

export const firstDay = Date.parse('2026-06-01T00:00:00+08:00');
export const madeDays = 91;
const minute = 60_000;
const dayLength = 24 * 60 * minute;

export const metersBetween = (one: MadeClient, other: MadeClient) =>
  Math.hypot(one.home.east - other.home.east, one.home.north - other.home.north);

/** An honest visit on its planned slot; what came before it may make it late. */
export function sketchVisit(
  chance: SeededChance,
  volunteer: MadeVolunteer,
  client: MadeClient,
  plannedStart: Date,
  earliest = plannedStart.getTime() - 20 * minute,
): Sketch {
  const plannedMinutes = chance.pick(volunteer.usual);
  const start = Math.max(earliest, plannedStart.getTime() + Math.round(chance.normal(0, 6) * 60) * 1_000);
  const strayed = plannedMinutes + chance.normal(volunteer.wobble.mean, volunteer.wobble.deviation);
  const waits = chance.happens(volunteer.roundHabit);
  const minutes = waits ? Math.max(30, Math.round(strayed / 30) * 30) : Math.max(4, Math.round(strayed));
  const lent = volunteer.borrowed && chance.happens(volunteer.borrowed.share) ? volunteer.borrowed.deviceId : null;
  const manualReason = chance.pick(['card_missing', 'card_unreadable', 'forgot_scan_in', 'other']);
  const reason = volunteer.hasPhone ? (chance.happens(0.015) ? manualReason : null) : 'no_phone';
  return {
    volunteerId: volunteer.volunteerId,
    client,
    plannedStart,
    plannedMinutes,
    start: new Date(start),
    minutes: reason ? plannedMinutes : minutes,
    deviceId: lent ?? volunteer.deviceId,
    located: chance.happens(volunteer.located),
    rotating: chance.happens(0.05),
    related: false,
    forgotOut: reason === null && chance.happens(volunteer.forgetsOut),
    entered: reason ? { by: null, reason } : null,
    denies: client.forgets,
  };
}

/** A slot between eight and five, on the hour or the half hour. */
export const drawSlot = (chance: SeededChance, day: number) =>
  new Date(firstDay + day * dayLength + (8 * 60 + 30 * chance.integer(0, 18)) * minute);

/** A day's round: one home, or several one after another with the way between them. */
function sketchDay(chance: SeededChance, volunteer: MadeVolunteer, day: number): Sketch[] {
  const homes = volunteer.usual[0] === 30 ? chance.integer(1, 4) : chance.happens(0.12) ? 2 : 1;
  const sketches: Sketch[] = [];
  let slot = drawSlot(chance, day);
  for (let home = 0; home < homes; home += 1) {
    const before = sketches.at(-1);
    const client = chance.pick(volunteer.clients);
    if (before) {
      if (client === before.client) continue;
      const end = before.start.getTime() + before.minutes * minute;
      const onTheWay = (metersBetween(client, before.client) / 1_000 / volunteer.kilometersPerHour) * 60 + chance.lognormal(3, 0.7);
      slot = new Date(Math.ceil(end / (15 * minute)) * 15 * minute);
      sketches.push(sketchVisit(chance, volunteer, client, slot, end + onTheWay * minute));
    } else {
      sketches.push(sketchVisit(chance, volunteer, client, slot));
    }
  }
  return sketches;
}

/** Three months of somebody's visits. Some begin late, some stop early, as volunteers do. */
export function sketchVolunteer(chance: SeededChance, volunteer: MadeVolunteer): Sketch[] {
  const from = chance.happens(0.2) ? chance.integer(0, 60) : 0;
  const to = chance.happens(0.1) ? chance.integer(from, madeDays) : madeDays;
  const perDay = volunteer.usual[0] === 30 ? 2.5 : 1.12;
  const sketches: Sketch[] = [];
  for (let day = from; day < to; day += 1) {
    if (chance.happens(volunteer.visitsAWeek / 7 / perDay)) sketches.push(...sketchDay(chance, volunteer, day));
  }
  return sketches;
}

/** Someone helps a relative now and then, openly, and a second coordinator agrees. */
export function sketchRelative(chance: SeededChance, volunteer: MadeVolunteer, client: MadeClient): Sketch[] {
  return Array.from({ length: chance.integer(1, 3) }, () => ({
    ...sketchVisit(chance, volunteer, client, drawSlot(chance, chance.integer(0, madeDays - 1))),
    related: true,
  }));
}
