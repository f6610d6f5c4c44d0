import {
  AnswerOffer,
  EditSeries,
  GenerateSeries,
  InterruptSeries,
  LeaveSeries,
  PausePerson,
  PromoteStandbys,
  PutOffer,
  PutRegular,
  PutSeries,
  ReadSeries,
  RunRounds,
  TakeForRegulars,
  TakeOrStandBy,
} from '@timebank/care';
import type { RequestAnswer } from '@timebank/contract';
import { localDate, newId, Refusal } from '@timebank/kernel';
import { ListRequests, PatchRequest, PutRequest } from '@timebank/requests';
import { openCity, type TestCity, type TestPerson } from '@timebank/testing';
import { CancelRequest, CancelVisit, ListVisits, RearrangeVisit } from '@timebank/visits';
import { Random } from '../random';
import { brokenRule } from './care-rules';

export type CareWalk = { acts: number; refused: number; failure: string | null };

const zone = 'Asia/Shanghai';
const rules = ['FREQ=DAILY', 'FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=DAILY;COUNT=5'];
const hours = ['08:00', '09:30', '10:00', '23:30'];
const lengths = [30, 60, 90];
/** Among so many requests, the next ones, and so many series: few enough that acts meet each other. */
const [crowded, mostSeries] = [8, 4];

/** People, series and requests of one bank, and every act that somebody could think of next. */
class CareScene {
  private readonly series: string[] = [];
  private readonly offers: { offerId: string; volunteer: TestPerson }[] = [];

  private constructor(
    readonly city: TestCity,
    private readonly random: Random,
    private readonly coordinator: TestPerson,
    private readonly clients: readonly TestPerson[],
    private readonly volunteers: readonly TestPerson[],
  ) {}

  static async open(random: Random): Promise<CareScene> {
    const city = await openCity();
    const coordinator = await city.person('coordinator');
    const clients: TestPerson[] = [];
    const volunteers: TestPerson[] = [];
    while (clients.length < 3) clients.push(await city.client(1_500));
    while (volunteers.length < 6) volunteers.push(await city.person('volunteer'));
    return new CareScene(city, random, coordinator, clients, volunteers);
  }

  private day(): string {
    const days = this.random.integer(-2, 45);
    return localDate(new Date(this.city.rooms.clock.now().getTime() + days * 86_400_000), zone);
  }

  private anySeries = () => this.random.pick(this.series.length > 0 ? this.series : [newId()]);
  private staffOr = (other: TestPerson) => (this.random.next() < 0.5 ? this.coordinator.actor : other.actor);

  private async anyRequest(): Promise<RequestAnswer> {
    const { items } = await this.city.get(ListRequests).run(this.coordinator.actor, this.city.bankId, { limit: 200, sort: 'next' });
    if (items.length === 0) return this.ask();
    return this.random.pick(items.slice(0, crowded));
  }

  private async ask(): Promise<RequestAnswer> {
    const startsAt = new Date(this.city.rooms.clock.now().getTime() + this.random.integer(1, 200) * 1_800_000);
    const client = this.random.pick(this.clients);
    const wish = {
      clientId: client.memberId,
      serviceKind: 'company',
      startsAt: startsAt.toISOString(),
      minutes: this.random.pick(lengths),
    };
    const input = { ...wish, helpersNeeded: this.random.integer(1, 3) };
    return (await this.city.get(PutRequest).run(this.staffOr(client), this.city.bankId, newId(), input)).value;
  }

  private async anyVisit() {
    const { items } = await this.city.get(ListVisits).run(this.coordinator.actor, this.city.bankId, { limit: 200, sort: 'next' });
    return items.length === 0 ? null : this.random.pick(items);
  }

  /** By name, so that a failure says what was done last. */
  readonly acts: Readonly<Record<string, () => Promise<unknown>>> = {
    ask: () => this.ask(),
    begin: async () => {
      if (this.series.length >= mostSeries) this.series.shift();
      const seriesId = newId();
      const client = this.random.pick(this.clients);
      await this.city.get(PutSeries).run(this.staffOr(client), this.city.bankId, seriesId, {
        clientId: client.memberId,
        serviceKind: 'company',
        rule: this.random.pick(rules),
        startsOn: this.day(),
        startTime: this.random.pick(hours),
        minutes: this.random.pick(lengths),
        helpersNeeded: this.random.integer(1, 3),
      });
      this.series.push(seriesId);
    },
    edit: async () => {
      const [seriesId, actor] = [this.anySeries(), this.coordinator.actor];
      const { version } = await this.city.get(ReadSeries).run(actor, this.city.bankId, seriesId);
      const changes = this.random.pick([
        { startTime: this.random.pick(hours) },
        { minutes: this.random.pick(lengths) },
        { rule: this.random.pick(rules) },
        { helpersNeeded: this.random.integer(1, 3) },
        { startTime: this.random.pick(hours), rule: this.random.pick(rules), minutes: this.random.pick(lengths) },
      ]);
      const edit = { from: this.day(), ...changes };
      const { previewHash } = await this.city.get(EditSeries).preview(actor, this.city.bankId, seriesId, edit);
      await this.city.get(EditSeries).run(actor, this.city.bankId, seriesId, { version, previewHash, ...edit });
    },
    pause: () => {
      const [from, to] = [this.day(), this.day()].sort() as [string, string];
      return this.city.get(InterruptSeries).pause(this.coordinator.actor, this.city.bankId, this.anySeries(), { from, to });
    },
    'back early': () => this.city.get(InterruptSeries).back(this.coordinator.actor, this.city.bankId, this.anySeries(), { on: this.day() }),
    'somebody is away': () => {
      const [from, to] = [this.day(), this.day()].sort() as [string, string];
      const who = this.random.pick([...this.clients, ...this.volunteers]);
      return this.city.get(PausePerson).run(this.staffOr(who), this.city.bankId, who.memberId, { from, to });
    },
    'somebody is back': () => {
      const who = this.random.pick([...this.clients, ...this.volunteers]);
      return this.city.get(PausePerson).back(this.staffOr(who), this.city.bankId, who.memberId, { on: this.day() });
    },
    rearrange: async () => {
      const visit = await this.anyVisit();
      if (!visit) return;
      const startsAt = new Date(Date.parse(visit.plannedStart) + this.random.integer(-48, 96) * 1_800_000).toISOString();
      const volunteerId = this.random.next() < 0.4 ? visit.volunteerId : this.random.pick(this.volunteers).memberId;
      const to = { visitId: visit.visitId, newVisitId: newId() };
      const change = { volunteerId, ...(this.random.next() < 0.5 ? { startsAt } : {}) };
      await this.city.get(RearrangeVisit).run(this.coordinator.actor, this.city.bankId, to, change);
    },
    skip: () => this.city.get(InterruptSeries).skip(this.coordinator.actor, this.city.bankId, this.anySeries(), { date: this.day() }),
    end: () =>
      this.city
        .get(InterruptSeries)
        .end(this.coordinator.actor, this.city.bankId, this.anySeries(), { on: this.day(), reasonCode: 'moved' }),
    join: () => {
      const volunteer = this.random.pick(this.volunteers);
      return this.city.get(PutRegular).run(this.staffOr(volunteer), this.city.bankId, this.anySeries(), volunteer.memberId);
    },
    leave: () => {
      const volunteer = this.random.pick(this.volunteers);
      return this.city.get(LeaveSeries).run(this.staffOr(volunteer), this.city.bankId, this.anySeries(), volunteer.memberId);
    },
    'give away': async () => {
      const { seriesId, plannedDate } = await this.anyRequest();
      const volunteer = this.random.pick(this.volunteers);
      const date = plannedDate ?? this.day();
      await this.city.get(LeaveSeries).giveAway(this.staffOr(volunteer), this.city.bankId, seriesId ?? newId(), volunteer.memberId, date);
    },
    take: async () => {
      const { requestId } = await this.anyRequest();
      const volunteer = this.random.pick(this.volunteers);
      const input = { requestId, volunteerId: volunteer.memberId, orStandby: this.random.next() < 0.5 };
      await this.city.get(TakeOrStandBy).run(this.staffOr(volunteer), this.city.bankId, newId(), input);
    },
    'call off': async () => {
      const visit = await this.anyVisit();
      if (!visit) return;
      const volunteer = this.volunteers.find(({ memberId }) => memberId === visit.volunteerId) ?? this.coordinator;
      await this.city.get(CancelVisit).run(this.staffOr(volunteer), this.city.bankId, visit.visitId);
    },
    'need no more': async () =>
      this.city.get(CancelRequest).run(this.coordinator.actor, this.city.bankId, (await this.anyRequest()).requestId),
    move: async () => {
      const { requestId, version, startsAt } = await this.anyRequest();
      const moved = new Date(Date.parse(startsAt) + this.random.integer(-48, 96) * 1_800_000).toISOString();
      const patch = this.random.next() < 0.5 ? { version, startsAt: moved } : { version, helpersNeeded: this.random.integer(1, 3) };
      await this.city.get(PatchRequest).run(this.coordinator.actor, this.city.bankId, requestId, patch);
    },
    offer: async () => {
      const { requestId } = await this.anyRequest();
      const [offerId, volunteer] = [newId(), this.random.pick(this.volunteers)];
      await this.city.get(PutOffer).run(this.coordinator.actor, this.city.bankId, offerId, { requestId, volunteerId: volunteer.memberId });
      this.offers.push({ offerId, volunteer });
    },
    answer: async () => {
      if (this.offers.length === 0) return;
      const { offerId, volunteer } = this.random.pick(this.offers);
      const answer = this.random.next() < 0.7 ? ('yes' as const) : ('no' as const);
      await this.city.get(AnswerOffer).run(volunteer.actor, this.city.bankId, offerId, { answer });
    },
    'lay dates': () => this.city.get(GenerateSeries).run(this.city.bankId),
    'regulars take': () => this.city.get(TakeForRegulars).run(this.city.bankId),
    'standbys move up': () => this.city.get(PromoteStandbys).run(this.city.bankId),
    rounds: () => this.city.get(RunRounds).run(this.city.bankId),
    'time goes on': async () => this.city.rooms.clock.advance(this.random.pick([15, 120, 1_440])),
  };

  /** One act by its name; answers the code of a refusal, and throws whatever else goes wrong. */
  async act(name: string): Promise<string | null> {
    try {
      await this.acts[name]?.();
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }
}

/** Acts that happen oftener than the others. */
const often = [
  'take',
  'take',
  'take',
  'take',
  'join',
  'call off',
  'regulars take',
  'offer',
  'answer',
  'answer',
  'move',
  'rearrange',
  'rearrange',
  'back early',
  'time goes on',
  'lay dates',
];

/**
 * One random walk through series, dates, regulars, offers and standbys of a bank: one or two acts at once, and after them everything that must hold is
 * looked for; the books at the end.
 */
export async function walkCare(seed: number, steps: number): Promise<CareWalk> {
  const random = new Random(seed);
  const scene = await CareScene.open(random);
  const names = [...Object.keys(scene.acts), ...often];
  const walk: CareWalk = { acts: 0, refused: 0, failure: null };
  const done: string[] = [];
  try {
    for (let step = 0; step < steps && walk.failure === null; step += 1) {
      const now = Array.from({ length: random.next() < 0.25 ? 2 : 1 }, () => random.pick(names));
      done.push(now.join(' + '));
      const ended = await Promise.allSettled(now.map((name) => scene.act(name)));
      walk.acts += now.length;
      walk.refused += ended.filter((end) => end.status === 'fulfilled' && end.value !== null).length;
      const fault = ended.find((end) => end.status === 'rejected')?.reason as unknown;
      const wrong = fault === undefined ? await brokenRule(scene.city) : String(fault instanceof Error ? fault.stack : fault);
      if (wrong !== null) walk.failure = `walk of seed ${seed}, step ${step}, after ${done.slice(-6).join(', ')}: ${wrong}`;
    }
    const faults = await scene.city.faults();
    if (walk.failure === null && faults.length > 0) walk.failure = `walk of seed ${seed}: ${JSON.stringify(faults)}`;
    return walk;
  } finally {
    await scene.city.close();
  }
}
