import type { Assurance, ExceptionCode, Lane } from '@timebank/contract';
import { plot, type PlantedFraud } from './frauds';
import { makePeople, type MadeClient, type MadeCoordinator, type MadePeople } from './people';
import { SeededChance } from './seeded';
import { metersBetween, sketchRelative, sketchVolunteer, type Sketch } from './sketches';

/** A visit as the bank knows it: what a report on integrity reads. */
export type MadeVisit = {
  visitId: string;
  volunteerId: string;
  clientId: string;
  day: string;
  startsAt: Date;
  endsAt: Date | null;
  minutes: number | null;
  creditedMinutes: number;
  proposedMinutes: number;
  state: 'approved' | 'rejected';
  lane: Lane;
  class: 'verified' | 'manual';
  assurance: Assurance;
  codes: ExceptionCode[];
  deviceIds: string[];
  located: boolean | null;
  hasOtherSignal: boolean;
  related: boolean;
  autoClosed: boolean;
  gapMinutes: number | null;
  awayMeters: number | null;
  callBack: 'confirmed' | 'not_confirmed' | 'not_reached' | null;
  enteredBy: string | null;
  enteredAt: Date | null;
  manualReasonCode: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  approvalId: string | null;
  decisionReasonCode: string | null;
  overdue: boolean;
  reversed: boolean;
  appeal: 'open' | 'upheld' | 'granted' | null;
};

export type MadeBank = {
  seed: number;
  visits: MadeVisit[];
  planted: PlantedFraud[];
  /** Everybody who did nothing wrong. */
  honestVolunteers: string[];
  honestCoordinators: string[];
  clients: readonly MadeClient[];
};

/** The most that the bank pays for in a visit; people who stay just below it know it, as everybody does. */
const capMinutes = 240;
const minute = 60_000;
const dayOf = (at: Date) => new Date(at.getTime() + 8 * 60 * minute).toISOString().slice(0, 10);

class Desk {
  private number = 0;
  private readonly pairs = new Map<string, number>();

  constructor(
    private readonly chance: SeededChance,
    private readonly people: MadePeople,
  ) {}

  /** The visit as it waits: what was unusual about it, how sure it is, and what a call gave. */
  file(sketch: Sketch, before: Sketch | undefined): MadeVisit {
    const { volunteerId, client, start, entered, forgotOut } = sketch;
    const end = new Date(start.getTime() + sketch.minutes * minute);
    const codes = this.codesOf(sketch);
    const isManual = entered !== null || forgotOut;
    const assurance = isManual ? 'A0' : sketch.rotating ? 'A3' : sketch.located && client.homeIsKnown ? 'A2' : 'A1';
    const known = before && before.client.homeIsKnown && client.homeIsKnown;
    const callBack = isManual ? null : this.callBack(sketch, assurance);
    return {
      // In no order: ids say nothing about when.
      visitId: this.chance.id(5, ((this.number += 1) * 0x9e3779b1) % 2 ** 40),
      volunteerId,
      clientId: client.clientId,
      day: dayOf(start),
      startsAt: start,
      endsAt: end,
      minutes: isManual ? null : sketch.minutes,
      creditedMinutes: Math.min(forgotOut ? sketch.plannedMinutes : sketch.minutes, sketch.plannedMinutes + 15, capMinutes),
      proposedMinutes: Math.min(sketch.minutes, sketch.plannedMinutes + 15, capMinutes),
      state: 'approved',
      lane: sketch.related ? 'red' : codes.length > 0 ? 'yellow' : 'clean',
      class: isManual ? 'manual' : 'verified',
      assurance,
      codes,
      deviceIds: sketch.deviceId === null || entered ? [] : [sketch.deviceId],
      located: isManual || !client.homeIsKnown ? null : sketch.located,
      hasOtherSignal: sketch.rotating || callBack === 'confirmed',
      related: sketch.related,
      autoClosed: forgotOut,
      gapMinutes: before ? (start.getTime() - before.start.getTime()) / minute - before.minutes : null,
      awayMeters: known ? metersBetween(before.client, client) : null,
      callBack,
      enteredBy: isManual ? (entered?.by ?? this.chance.pick(this.people.coordinators).personId) : null,
      enteredAt: isManual ? end : null,
      manualReasonCode: isManual ? (entered?.reason ?? 'forgot_scan_out') : null,
      decidedBy: null,
      decidedAt: null,
      approvalId: null,
      decisionReasonCode: null,
      overdue: this.chance.happens(0.03),
      reversed: false,
      appeal: null,
    };
  }

  private codesOf(sketch: Sketch): ExceptionCode[] {
    const late = (sketch.start.getTime() - sketch.plannedStart.getTime()) / minute;
    const found: [ExceptionCode, boolean][] = [
      ['CONFLICT_OF_INTEREST', sketch.related],
      ['MANUAL_ENTRY', sketch.entered !== null || sketch.forgotOut],
      ['LATE_IN', late > 10],
      ['LONGER', sketch.minutes + Math.min(0, late) > sketch.plannedMinutes],
      ['EARLY_OUT', late + sketch.minutes < sketch.plannedMinutes - 15],
    ];
    return found.filter(([, holds]) => holds).map(([code]) => code);
  }

  /** Drawn as the bank draws; a desk that is busy does not make every call, and not everybody answers. */
  private callBack(sketch: Sketch, assurance: Assurance): MadeVisit['callBack'] {
    const pair = `${sketch.volunteerId} ${sketch.client.clientId}`;
    const before = this.pairs.get(pair) ?? 0;
    this.pairs.set(pair, before + 1);
    const drawn = before < 3 || this.chance.happens(assurance === 'A1' ? 0.2 : 0.05);
    if (!drawn || !this.chance.happens(0.8)) return null;
    if (this.chance.happens(0.2)) return 'not_reached';
    return this.chance.happens(sketch.denies) ? 'not_confirmed' : 'confirmed';
  }

  /** A coordinator goes through what has gathered over two days: the clean together, the rest mostly one by one. */
  decide(coordinator: MadeCoordinator, visits: readonly MadeVisit[], at: Date): void {
    const unusual = visits.filter(({ lane }) => lane !== 'clean');
    const together = unusual.filter(() => this.chance.happens(coordinator.bulk));
    this.settle(
      coordinator,
      visits.filter(({ lane }) => lane === 'clean'),
      at,
      0.002,
    );
    this.settle(coordinator, together, new Date(at.getTime() + coordinator.secondsEach * 2_000), coordinator.objects / 4);
    let now = at.getTime() + coordinator.secondsEach * 3_000;
    for (const visit of unusual.filter((one) => !together.includes(one))) {
      now += this.chance.lognormal(coordinator.secondsEach, 0.8) * 1_000;
      this.settle(coordinator, [visit], new Date(now), coordinator.objects);
    }
  }

  private settle(coordinator: MadeCoordinator, visits: readonly MadeVisit[], at: Date, objects: number): void {
    const approvalId = this.chance.id(6, (this.number += 1));
    for (const visit of visits) {
      Object.assign(visit, { decidedBy: coordinator.personId, decidedAt: at, approvalId, reversed: this.chance.happens(0.003) });
      if (visit.related) visit.decisionReasonCode = 'related_but_genuine';
      if (this.chance.happens(objects)) this.object(visit);
    }
  }

  private object(visit: MadeVisit): void {
    const rejects = this.chance.happens(0.3);
    const minutes = Math.round(visit.creditedMinutes * this.chance.between(0.5, 0.95));
    const decisionReasonCode = rejects ? this.chance.pick(['not_served', 'duplicate', 'other']) : 'left_early';
    Object.assign(visit, { state: rejects ? 'rejected' : 'approved', creditedMinutes: minutes, decisionReasonCode });
    if (this.chance.happens(0.2)) visit.appeal = this.chance.happens(0.25) ? 'granted' : 'upheld';
  }
}

function fileAll(desk: Desk, sketches: readonly Sketch[]): MadeVisit[] {
  const byVolunteer = Map.groupBy(sketches, ({ volunteerId }) => volunteerId);
  return [...byVolunteer.values()].flatMap((own) => {
    const inOrder = [...own].sort((left, right) => left.start.getTime() - right.start.getTime());
    // Nobody is in two homes at once: a visit that begins before the last has ended did not take place.
    const kept: Sketch[] = [];
    for (const sketch of inOrder) {
      const last = kept.at(-1);
      if (!last || sketch.start.getTime() >= last.start.getTime() + last.minutes * minute) kept.push(sketch);
    }
    return kept.map((sketch, index) => desk.file(sketch, kept[index - 1]));
  });
}

/** A bank's three months, drawn from a seed: honest people of every habit, and some who make hours up. */
export function makeBank(seed: number, withFraud = true): MadeBank {
  const chance = new SeededChance(seed);
  const people = makePeople(chance);
  const plotted = withFraud ? plot(chance, people, capMinutes) : { sketches: [], planted: [], waver: null };
  const honest = people.volunteers.flatMap((volunteer) => sketchVolunteer(chance, volunteer));
  for (const volunteer of people.volunteers) {
    if (chance.happens(0.01)) honest.push(...sketchRelative(chance, volunteer, chance.pick(people.clients)));
  }
  const desk = new Desk(chance, people);
  const visits = fileAll(desk, [...honest, ...plotted.sketches]);
  const desks = new Map(people.clients.map(({ clientId }) => [clientId, chance.pick(people.coordinators)]));
  const sessions = Map.groupBy(visits, (visit) => {
    const usual = desks.get(visit.clientId) as MadeCoordinator;
    const atDesk = chance.happens(0.75) ? usual : chance.pick(people.coordinators);
    // Whoever typed it in leaves it to somebody else.
    const other = atDesk.personId === visit.enteredBy ? people.coordinators.find((one) => one !== atDesk) : atDesk;
    const session = Math.floor(visit.startsAt.getTime() / (2 * 24 * 60 * minute));
    return `${people.coordinators.indexOf(other as MadeCoordinator)} ${session}`;
  });
  for (const [key, waiting] of sessions) {
    const [who, session] = key.split(' ').map(Number) as [number, number];
    const at = new Date((session + 1) * 2 * 24 * 60 * minute + chance.integer(60, 600) * minute);
    desk.decide(people.coordinators[who] as MadeCoordinator, waiting, at);
  }
  const guilty = new Set(plotted.planted.map(({ who }) => who));
  return {
    seed,
    visits,
    planted: plotted.planted,
    honestVolunteers: people.volunteers.map(({ volunteerId }) => volunteerId),
    clients: people.clients,
    honestCoordinators: people.coordinators.map(({ personId }) => personId).filter((personId) => !guilty.has(personId)),
  };
}
