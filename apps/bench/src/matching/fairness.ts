import { nextRound, partsOf, pickRound, type RankFacts, scoreOf } from '@timebank/care';
import { policyDefaults, policyKeys, type Policy } from '@timebank/contract';
import type { Measurement } from '../report';

const policy = Object.fromEntries(policyKeys.map((key) => [key, policyDefaults[key].value])) as Policy;
const days = 365;
const yearOfOffers = { volunteers: 500, requests: 10_000, clients: 200, seed: 5 };

/** A generator of numbers between 0 and 1 that a seed decides. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

type Place = { north: number; east: number };
type Volunteer = Place & {
  memberId: string;
  joined: number;
  /** Parts of the week in which they are free, and kinds that they like; null where they have not said. */
  free: Set<number> | null;
  kinds: Set<number> | null;
  isQualified: boolean;
  speaks: boolean | null;
  pause: { from: number; to: number };
  offers: number[];
  declines: { day: number; kind: number; half: number }[];
  visits: Map<number, number>;
  busy: Set<string>;
  kept: boolean[];
};
type Need = Place & { day: number; part: number; client: number; kind: number; regular: string | null };

const kindsOfHelp = 8;
/** The last of them needs a qualification. */
const riskyKind = kindsOfHelp - 1;
/** Morning, afternoon and evening of seven days. */
const partsOfWeek = 21;

/** What came of a year of offers. */
export type FairYear = {
  offers: number;
  /** Requests that somebody took in their rounds. */
  filled: number;
  /** Requests for which somebody new was there who fitted, and those of them where one of the first five offers went to somebody new. */
  withNewcomers: number;
  keptForNewcomers: number;
  /** The longest that somebody was there, had something that fitted, and got no offer. */
  longestDays: number;
  without30Days: number;
  perVolunteer: { least: number; median: number; most: number };
};

function people(random: () => number, count: number): Volunteer[] {
  const some = (of: number, share: number) => new Set(Array.from({ length: of }, (_, at) => at).filter(() => random() < share));
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor(random() * days);
    return {
      memberId: `v${at}`,
      north: random() * 20,
      east: random() * 20,
      // One in ten comes in the course of the year.
      joined: random() < 0.1 ? Math.floor(random() * days) : -365,
      free: random() < 0.5 ? some(partsOfWeek, 0.4) : null,
      kinds: random() < 0.4 ? some(kindsOfHelp, 0.5) : null,
      isQualified: random() < 0.3,
      speaks: random() < 0.3 ? random() < 0.7 : null,
      pause: { from, to: from + 14 },
      offers: [],
      declines: [],
      visits: new Map(),
      busy: new Set(),
      kept: [],
    };
  });
}

function needs(random: () => number, volunteers: readonly Volunteer[], count: number, clients: number): Need[] {
  const homes = Array.from({ length: clients }, () => ({
    north: random() * 20,
    east: random() * 20,
    regular: random() < 0.2 ? (volunteers[Math.floor(random() * volunteers.length)]?.memberId ?? null) : null,
  }));
  return Array.from({ length: count }, (_, at) => {
    const client = Math.floor(random() * clients);
    const day = Math.floor((at * days) / count);
    const part = (day % 7) * 3 + Math.floor(random() * 3);
    return { ...(homes[client] as (typeof homes)[number]), day, part, client, kind: Math.floor(random() * kindsOfHelp) };
  });
}

const isThere = ({ joined, pause }: Volunteer, day: number) => joined <= day && (day < pause.from || day >= pause.to);

function mayTake(one: Volunteer, { day, part, kind }: Need): boolean {
  return isThere(one, day) && (kind !== riskyKind || one.isQualified) && !one.busy.has(`${day} ${part}`);
}

/** Nothing that they said speaks against it. */
const fits = (one: Volunteer, wanted: Need) =>
  mayTake(one, wanted) && one.free?.has(wanted.part) !== false && one.kinds?.has(wanted.kind) !== false;

const since = (times: readonly number[], day: number) => times.length - firstAfter(times, day);
function firstAfter(times: readonly number[], day: number): number {
  let at = times.length;
  while (at > 0 && (times[at - 1] as number) > day) at -= 1;
  return at;
}

function factsOf(one: Volunteer, wanted: Need): RankFacts {
  const last = one.kept.slice(-20);
  const halfDeclines = one.declines.reduce(
    (sum, { day, kind, half }) => sum + (kind === wanted.kind && day > wanted.day - 60 ? half : 0),
    0,
  );
  return {
    visits: one.visits.get(wanted.client) ?? 0,
    isAskedFor: wanted.regular === one.memberId,
    meters: 500 * Math.hypot(Math.floor(one.north) - Math.floor(wanted.north), Math.floor(one.east) - Math.floor(wanted.east)),
    isFree: one.free?.has(wanted.part) ?? null,
    sharesLanguage: one.speaks,
    likesKind: one.kinds?.has(wanted.kind) ?? null,
    halfDeclines,
    offers: since(one.offers, wanted.day - 30),
    kept: last.filter(Boolean).length,
    taken: last.length,
  };
}

/** As in SQL: came within 90 days and has helped nobody yet. */
const isNew = (one: Volunteer, day: number) => one.joined > day - 90 && one.kept.length === 0;

type Suiting = { memberId: string; one: Volunteer; score: number; facts: RankFacts };

function keptFor(suiting: readonly Suiting[], wanted: Need): Suiting | undefined {
  const newFirst = ({ one }: Suiting) => Number(isNew(one, wanted.day));
  let kept: Suiting | undefined;
  const comesFirst = (one: Suiting, other: Suiting) =>
    newFirst(one) - newFirst(other) || other.facts.offers - one.facts.offers || one.score - other.score;
  for (const one of suiting) if (fits(one.one, wanted) && (kept === undefined || comesFirst(one, kept) > 0)) kept = one;
  return kept;
}

/** Half a no is a silence, and of ten who are asked some four never answer. Who is not free seldom says yes. */
function answerOf({ one, facts }: Suiting, wanted: Need, random: () => number): boolean {
  const chance = (facts.isFree === false ? 0.05 : 0.3) + Math.min(0.3, facts.visits * 0.05);
  const roll = random();
  if (roll < chance) return true;
  one.declines = one.declines.filter(({ day }) => day > wanted.day - 60);
  one.declines.push({ day: wanted.day, kind: wanted.kind, half: roll < 0.6 ? 2 : 1 });
  return false;
}

class FairYearCount {
  readonly year: FairYear = {
    offers: 0,
    filled: 0,
    withNewcomers: 0,
    keptForNewcomers: 0,
    longestDays: 0,
    without30Days: 0,
    perVolunteer: { least: 0, median: 0, most: 0 },
  };
  /** Since when somebody waits for an offer: only days count on which something fitted them. */
  private readonly waiting = new Map<string, number>();
  private readonly late = new Set<string>();

  offered({ memberId, one }: Suiting, day: number): void {
    this.year.offers += 1;
    one.offers.push(day);
    this.waiting.delete(memberId);
  }

  /** Somebody fitted and was not asked. */
  passed(one: Volunteer, day: number): void {
    const before = one.offers.at(-1) ?? one.joined;
    const from = this.waiting.get(one.memberId) ?? Math.max(before, 0);
    this.waiting.set(one.memberId, from);
    // A break of their own is no waiting.
    const ownBreak = one.pause.from >= from && one.pause.to <= day ? one.pause.to - one.pause.from : 0;
    const waited = day - from - ownBreak;
    this.year.longestDays = Math.max(this.year.longestDays, waited);
    if (waited >= 30) this.late.add(one.memberId);
  }

  done(volunteers: readonly Volunteer[]): FairYear {
    const counts = volunteers.map(({ offers }) => offers.length).toSorted((one, other) => one - other);
    const at = (share: number) => counts[Math.floor((counts.length - 1) * share)] as number;
    return { ...this.year, without30Days: this.late.size, perVolunteer: { least: at(0), median: at(0.5), most: at(1) } };
  }
}

/** A year of offers by rounds, by the rules alone: who is asked, who says yes, and who waits. */
export function liveFairYear({ volunteers: count, requests, clients, seed } = yearOfOffers): FairYear {
  const random = dice(seed);
  const volunteers = people(random, count);
  const tally = new FairYearCount();
  for (const wanted of needs(random, volunteers, requests, clients)) {
    const able = volunteers.filter((one) => mayTake(one, wanted));
    const suiting = able
      .map((one): Suiting => {
        const facts = factsOf(one, wanted);
        return { memberId: one.memberId, one, facts, score: scoreOf(partsOf(facts, policy)) };
      })
      .toSorted((one, other) => other.score - one.score);
    const asked = askAbout(wanted, suiting, tally, random);
    for (const one of able) if (!asked.has(one.memberId) && fits(one, wanted)) tally.passed(one, wanted.day);
  }
  return tally.done(volunteers);
}

function askAbout(wanted: Need, suiting: readonly Suiting[], tally: FairYearCount, random: () => number): Set<string> {
  const { year } = tally;
  const asked: Suiting[] = [];
  const now = new Date(Date.UTC(2026, 0, 1 + wanted.day, 1));
  const startsAt = new Date(now.getTime() + 3 * 86_400_000);
  const hasNew = suiting.some(({ one }) => isNew(one, wanted.day) && fits(one, wanted));
  const wereNew = new Set(suiting.filter(({ one }) => isNew(one, wanted.day)).map(({ memberId }) => memberId));
  for (let done = 0, taken = false; !taken; done += 1) {
    const round = nextRound(done, startsAt, now, policy, 'Asia/Shanghai');
    if (round.isLast) break;
    const rest = suiting.filter((one) => !asked.includes(one));
    const chosen = pickRound(rest, done === 0 ? keptFor(rest, wanted) : undefined, round.people);
    for (const one of chosen) tally.offered(one, wanted.day);
    asked.push(...chosen);
    const yes = chosen.filter((one) => answerOf(one, wanted, random))[0];
    if (yes === undefined) continue;
    taken = true;
    year.filled += 1;
    yes.one.busy.add(`${wanted.day} ${wanted.part}`);
    yes.one.visits.set(wanted.client, yes.facts.visits + 1);
    yes.one.kept.push(random() < 0.97);
  }
  if (hasNew) {
    year.withNewcomers += 1;
    if (asked.slice(0, 5).some(({ memberId }) => wereNew.has(memberId))) year.keptForNewcomers += 1;
  }
  return new Set(asked.map(({ memberId }) => memberId));
}

/** The share of volunteers who fit something and still go 30 days without an offer; the rest is in the note. */
export async function measureFairness(): Promise<Measurement> {
  const startedAt = performance.now();
  const { volunteers, requests } = yearOfOffers;
  const year = liveFairYear();
  const { least, median, most } = year.perVolunteer;
  return {
    value: year.without30Days,
    note:
      `of ${volunteers} volunteers, ${requests} requests in 12 months: ${year.offers} offers, ${least} to ${most} a volunteer, median ${median}; ` +
      `longest without one ${year.longestDays} days; of ${year.withNewcomers} requests that fitted somebody new ` +
      `${year.keptForNewcomers} had one among the first five; ${year.filled} taken in their rounds; ` +
      `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
  };
}
