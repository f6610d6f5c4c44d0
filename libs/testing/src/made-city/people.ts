import type { SeededChance } from './seeded';

/** How people of a time bank are, as far as it shows in their visits. None of these numbers is taken from a rule that looks at them. */
export type MadeClient = {
  clientId: string;
  /** Metres east and north of the service point; clients of a house share them. */
  home: { east: number; north: number };
  homeIsKnown: boolean;
  /** Says on the phone that a visit did not happen, although it did: memory fails. */
  forgets: number;
};

export type MadeVolunteer = {
  volunteerId: string;
  visitsAWeek: number;
  /** The minutes of what they usually do. */
  usual: readonly number[];
  clients: MadeClient[];
  /** How far a visit strays from its planned length, in minutes. */
  wobble: { mean: number; deviation: number };
  /** Waits for the clock before scanning out. */
  roundHabit: number;
  /** Null for a phone without a key. */
  deviceId: string | null;
  borrowed: { deviceId: string; share: number } | null;
  hasPhone: boolean;
  located: number;
  forgetsOut: number;
  kilometersPerHour: number;
};

export type MadeCoordinator = {
  personId: string;
  /** Of what was unusual, the share shortened or rejected. */
  objects: number;
  secondsEach: number;
  /** Of what was unusual, the share decided together with others. */
  bulk: number;
};

export type MadePeople = { clients: MadeClient[]; volunteers: MadeVolunteer[]; coordinators: MadeCoordinator[] };

const kinds = { volunteer: 1, client: 2, coordinator: 3, device: 4 };

function makeClients(chance: SeededChance, count: number): MadeClient[] {
  const houses = Array.from({ length: Math.ceil(count / 9) }, () => ({ east: chance.normal(0, 1_800), north: chance.normal(0, 1_800) }));
  return Array.from({ length: count }, (_, index) => ({
    clientId: chance.id(kinds.client, index),
    home: chance.pick(houses),
    homeIsKnown: chance.happens(0.85),
    forgets: chance.happens(0.04) ? chance.between(0.1, 0.45) : 0.004,
  }));
}

/** A few clients near each other, as a neighbourhood gives them. */
function neighbours(chance: SeededChance, clients: readonly MadeClient[], count: number): MadeClient[] {
  const first = chance.pick(clients);
  const near = clients
    .map((client) => ({ client, away: Math.hypot(client.home.east - first.home.east, client.home.north - first.home.north) }))
    .sort((left, right) => left.away - right.away)
    .slice(0, 30)
    .map(({ client }) => client);
  return Array.from({ length: count }, (_, index) => (index === 0 ? first : chance.pick(near)));
}

/** What volunteers do: meals, company, cleaning, the way to the doctor, half a day with somebody. */
const services: readonly (readonly number[])[] = [[30], [30, 60], [60], [60, 90], [60, 120], [120], [90, 180], [240]];
const howCommon = [4, 3, 6, 4, 4, 3, 2, 0.5];

function drawUsual(chance: SeededChance): readonly number[] {
  let left = chance.between(
    0,
    howCommon.reduce((sum, weight) => sum + weight, 0),
  );
  return services[howCommon.findIndex((weight) => (left -= weight) <= 0)] ?? [60];
}

export function makeVolunteer(chance: SeededChance, number: number, clients: readonly MadeClient[]): MadeVolunteer {
  const usual = drawUsual(chance);
  const kindOfLocation = chance.unit();
  return {
    volunteerId: chance.id(kinds.volunteer, number),
    visitsAWeek: Math.min(16, chance.lognormal(usual[0] === 30 ? 2.6 : 1.4, 0.8)),
    usual,
    clients: neighbours(chance, clients, chance.integer(1, usual[0] === 30 ? 6 : 4)),
    wobble: { mean: chance.normal(-2, 4), deviation: chance.lognormal(7, 0.5) },
    roundHabit: chance.happens(0.06) ? chance.beta(4, 4) : chance.beta(1.1, 7),
    deviceId: chance.happens(0.83) ? chance.id(kinds.device, number) : null,
    borrowed: null,
    hasPhone: chance.happens(0.95),
    located: kindOfLocation < 0.25 ? 0 : kindOfLocation < 0.75 ? chance.beta(12, 1.2) : chance.beta(2, 2),
    forgetsOut: chance.happens(0.05) ? chance.beta(2, 9) : chance.beta(1, 50),
    kilometersPerHour: chance.between(4, 22),
  };
}

/** Spouses who share a phone, and phones of the service point that are lent to who has forgotten theirs. */
function sharePhones(chance: SeededChance, volunteers: readonly MadeVolunteer[]): void {
  for (let index = 0; index + 1 < volunteers.length; index += 2) {
    const [one, other] = [volunteers[index] as MadeVolunteer, volunteers[index + 1] as MadeVolunteer];
    if (one.deviceId && chance.happens(0.07)) other.deviceId = one.deviceId;
  }
  for (let lent = 0; lent < 2; lent += 1) {
    const deviceId = chance.id(kinds.device, 100_000 + lent);
    for (let person = 0; person < 12; person += 1) chance.pick(volunteers).borrowed = { deviceId, share: chance.beta(1.5, 10) };
  }
}

function makeCoordinator(chance: SeededChance, number: number): MadeCoordinator {
  return {
    personId: chance.id(kinds.coordinator, number),
    objects: chance.beta(2.5, 30),
    secondsEach: chance.lognormal(35, 0.4),
    bulk: chance.beta(1, 6),
  };
}

export function makePeople(chance: SeededChance): MadePeople {
  const count = chance.integer(260, 420);
  const clients = makeClients(chance, Math.round(count * 1.3));
  const volunteers = Array.from({ length: count }, (_, number) => makeVolunteer(chance, number, clients));
  sharePhones(chance, volunteers);
  const coordinators = Array.from({ length: chance.integer(7, 12) }, (_, number) => makeCoordinator(chance, number));
  return { clients, volunteers, coordinators };
}
