import { makeVolunteer, type MadeClient, type MadeCoordinator, type MadePeople, type MadeVolunteer } from './people';
import type { SeededChance } from './seeded';
import { drawSlot, firstDay, madeDays, sketchVisit, sketchVolunteer, type Sketch } from './sketches';

/** How hours are made up, each after a case in the press or a threat that the visits' rules name. */
export const fraudKinds = [
  'photographed card',
  'round inventions',
  'many names on one phone',
  'waves through',
  'typed in',
  'location off for one',
  'from the sofa',
  'never scans out',
  'own family',
  'client knows nothing',
] as const;
export type FraudKind = (typeof fraudKinds)[number];

/** Somebody who makes up hours: a volunteer by their id, or a coordinator by their person's. */
export type PlantedFraud = { kind: FraudKind; who: string };
type Plot = { sketches: Sketch[]; planted: PlantedFraud[]; waver: MadeCoordinator | null };

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** The days of somebody who comes so often a week. */
function daysOf(chance: SeededChance, daysAWeek: number): number[] {
  return Array.from({ length: madeDays }, (_, day) => day).filter(() => chance.happens(daysAWeek / 7));
}

class Plotter {
  readonly plot: Plot = { sketches: [], planted: [], waver: null };
  private next = 50_000;

  constructor(
    private readonly chance: SeededChance,
    private readonly people: MadePeople,
  ) {}

  /** Looks like any volunteer until one looks closer. */
  private somebody(kind: FraudKind): MadeVolunteer {
    const volunteer = makeVolunteer(this.chance, (this.next += 1), this.people.clients);
    this.plot.planted.push({ kind, who: volunteer.volunteerId });
    return Object.assign(volunteer, { hasPhone: true, forgetsOut: 0.02, deviceId: this.chance.id(4, this.next) });
  }

  private add(...sketches: Sketch[]): void {
    this.plot.sketches.push(...sketches);
  }

  private aClient(): MadeClient {
    return this.chance.pick(this.people.clients);
  }

  private visit(volunteer: MadeVolunteer, client: MadeClient, day: number, changes: Partial<Sketch>): Sketch {
    return { ...sketchVisit(this.chance, volunteer, client, drawSlot(this.chance, day)), ...changes };
  }

  /** One photo of the card of an obliging client, as long as the bank pays for at once, most days of the week. */
  photographedCard(capMinutes: number): void {
    const [volunteer, client] = [this.somebody('photographed card'), this.aClient()];
    const [daysAWeek, short] = [this.chance.between(3.5, 6.5), this.chance.between(2, 22)];
    const located = this.chance.happens(0.5) ? volunteer.located : 0;
    for (const day of daysOf(this.chance, daysAWeek)) {
      const minutes = capMinutes - Math.round(this.chance.between(0, short));
      const start = new Date(firstDay + day * dayLength + this.chance.integer(8 * 60, 17 * 60) * minute);
      const changes = { plannedStart: start, start, plannedMinutes: capMinutes, minutes, located: this.chance.happens(located), denies: 0 };
      this.add(this.visit(volunteer, client, day, changes));
    }
  }

  /** People who make hours up make whole ones. */
  roundInventions(): void {
    const volunteer = this.somebody('round inventions');
    const [habit, daysAWeek] = [this.chance.between(0.7, 0.97), this.chance.between(1.5, 5)];
    for (const day of daysOf(this.chance, daysAWeek)) {
      const minutes = this.chance.pick([60, 60, 90, 120]);
      const visit = this.visit(volunteer, this.chance.pick(volunteer.clients), day, { plannedMinutes: minutes });
      this.add(this.chance.happens(habit) ? { ...visit, minutes } : visit);
    }
  }

  manyNames(): void {
    const deviceId = this.chance.id(4, (this.next += 1));
    const names = this.chance.integer(4, 8);
    for (let name = 0; name < names; name += 1) {
      const volunteer = this.somebody('many names on one phone');
      Object.assign(volunteer, { deviceId, visitsAWeek: this.chance.between(1, 4) });
      const own = this.chance.between(0, 0.25);
      const sketches = sketchVolunteer(this.chance, volunteer);
      this.add(
        ...sketches.map((sketch) => ({ ...sketch, deviceId: this.chance.happens(own) ? this.chance.id(4, this.next + 500) : deviceId })),
      );
    }
  }

  /** Somebody who presses approve and looks at nothing. */
  wavesThrough(): void {
    const waver = this.chance.pick(this.people.coordinators);
    const bulk = this.chance.between(0, 1);
    Object.assign(waver, { objects: this.chance.between(0, 0.004), secondsEach: this.chance.between(1, 5), bulk });
    this.plot.planted.push({ kind: 'waves through', who: waver.personId });
    this.plot.waver = waver;
  }

  /** A coordinator types in long hours for friends. */
  typedIn(): void {
    const honest = this.people.coordinators.filter((one) => one !== this.plot.waver);
    const by = this.chance.pick(honest).personId;
    this.plot.planted.push({ kind: 'typed in', who: by });
    for (let friend = 0; friend < 3; friend += 1) {
      const [volunteer, daysAWeek] = [this.somebody('typed in'), this.chance.between(2, 5)];
      for (const day of daysOf(this.chance, daysAWeek)) {
        const minutes = this.chance.pick([120, 150, 180, 240]);
        const entered = { by, reason: this.chance.pick(['no_phone', 'forgot_scan_in', 'card_missing']) };
        this.add(this.visit(volunteer, this.chance.pick(volunteer.clients), day, { minutes, plannedMinutes: minutes, entered }));
      }
    }
  }

  /** Honest with most clients, but never there at one home: there the phone gives no location. */
  locationOffForOne(): void {
    const [volunteer, phantom] = [this.somebody('location off for one'), this.aClient()];
    Object.assign(volunteer, { located: this.chance.beta(12, 1.5), visitsAWeek: this.chance.between(1, 4) });
    this.add(...sketchVolunteer(this.chance, { ...volunteer, clients: volunteer.clients.filter((client) => client !== phantom) }));
    for (const day of daysOf(this.chance, this.chance.between(1, 4))) {
      this.add(this.visit(volunteer, phantom, day, { located: false, rotating: false }));
    }
  }

  /** Photos of several cards, one scanned after another without getting up; the phone never gives its location. */
  fromTheSofa(): void {
    const volunteer = this.somebody('from the sofa');
    const clients = Array.from({ length: this.chance.integer(3, 7) }, () => this.aClient());
    for (const day of daysOf(this.chance, this.chance.between(1.5, 5))) {
      let start = drawSlot(this.chance, day);
      for (let home = this.chance.integer(2, 4); home > 0; home -= 1) {
        const minutes = Math.round(this.chance.normal(58, 6));
        const client = clients[(day + home) % clients.length] as MadeClient;
        const changes = { start, plannedStart: start, minutes, plannedMinutes: 60, located: false, rotating: false };
        this.add(this.visit(volunteer, client, day, changes));
        start = new Date(start.getTime() + (minutes + this.chance.between(0.2, 4)) * minute);
      }
    }
  }

  /** Leaves early, never scans out, and has the planned end written down. */
  neverScansOut(): void {
    const [volunteer, habit] = [this.somebody('never scans out'), this.chance.between(0.45, 0.95)];
    Object.assign(volunteer, { forgetsOut: habit, visitsAWeek: this.chance.between(1.5, 5) });
    this.add(...sketchVolunteer(this.chance, volunteer));
  }

  ownFamily(): void {
    const [volunteer, client] = [this.somebody('own family'), this.aClient()];
    for (const day of daysOf(this.chance, this.chance.between(2, 6)))
      this.add(this.visit(volunteer, client, day, { related: true, denies: 0 }));
  }

  /** The clients, when asked, have seen nobody. */
  clientKnowsNothing(): void {
    const volunteer = this.somebody('client knows nothing');
    Object.assign(volunteer, { visitsAWeek: this.chance.between(2, 5) });
    const denies = this.chance.between(0.4, 0.95);
    this.add(...sketchVolunteer(this.chance, volunteer).map((sketch) => ({ ...sketch, denies })));
  }
}

/** Every kind of fraud in a bank, a few times each, with an intensity of its own. */
export function plot(chance: SeededChance, people: MadePeople, capMinutes: number): Plot {
  const plotter = new Plotter(chance, people);
  const times = (count: number, plant: () => void) => Array.from({ length: count }, plant);
  plotter.wavesThrough();
  plotter.typedIn();
  plotter.manyNames();
  times(3, () => plotter.photographedCard(capMinutes));
  times(4, () => plotter.roundInventions());
  times(4, () => plotter.locationOffForOne());
  times(3, () => plotter.fromTheSofa());
  times(3, () => plotter.neverScansOut());
  times(2, () => plotter.ownFamily());
  times(3, () => plotter.clientKnowsNothing());
  return plotter.plot;
}
