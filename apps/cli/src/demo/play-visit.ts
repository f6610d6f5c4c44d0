import type { ManualInput, Visit } from '@timebank/contract';
import { newId, Refusal } from '@timebank/kernel';
import { after, type Calendar } from './calendar';
import type { Client, DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import { notes } from './people';
import { storyOf } from './stories';
import type { VisitPlan } from './two-weeks';
import type { Step } from './walk';

/** Everything a visit needs before anybody decides it: requested the day before, taken or assigned, scanned. */
export class VisitPlay {
  private readonly requestId = newId();
  private readonly start: Date;
  private readonly end: Date;
  readonly visitId = newId();
  /** What the last scan or entry answered. */
  latest: Visit | null = null;
  /** Set by an approval that paid. */
  transferId: string | null = null;
  approvedMinutes = 0;

  constructor(
    private readonly hands: Hands,
    private readonly bank: DemoBank,
    private readonly calendar: Calendar,
    readonly plan: VisitPlan,
    private readonly turn: number,
  ) {
    this.start = calendar.at(plan.daysAgo, plan.time);
    this.end = after(this.start, plan.minutes);
  }

  steps(): Step[] {
    const { in: into, out, replaced, cancelledBy, entered } = storyOf(this.plan.story);
    const dayBefore = (time: string) => this.calendar.at(this.plan.daysAgo + 1, time);
    const steps = [this.step(dayBefore('09:00'), () => this.ask())];
    if (replaced) steps.push(this.step(dayBefore('09:10'), () => this.takeAndCallOff()));
    steps.push(this.step(dayBefore('09:20'), () => this.take()));
    if (cancelledBy === 'volunteer') steps.push(this.step(after(this.start, -120), () => this.callOff(this.visitId, this.volunteer)));
    if (cancelledBy === 'client') steps.push(this.step(after(this.start, -90), () => this.withdraw()));
    if (into !== null) steps.push(...this.scans('in', after(this.start, into)));
    if (out !== null) steps.push(...this.scans('out', after(this.end, out)));
    if (entered) steps.push(this.step(after(this.end, 30), () => this.enter(entered)));
    return steps;
  }

  /** The second coordinator enters the planned times; of who came late, those from the scan-in on. */
  async enter(reasonCode: ManualInput['reasonCode']): Promise<void> {
    const { in: into, out } = storyOf(this.plan.story);
    const late = Math.max(0, into ?? 0);
    const times = {
      startedAt: after(this.start, late).toISOString(),
      endedAt: after(this.end, Math.min(late, out ?? late)).toISOString(),
    };
    const { value } = await this.hands.enterTimes.run(this.bank.second.actor, this.bankId, this.visitId, { ...times, reasonCode });
    this.latest = value;
  }

  private get bankId(): string {
    return this.bank.bank.bankId;
  }

  get volunteer(): Someone {
    return this.bank.volunteers[this.plan.volunteer] as Someone;
  }

  get client(): Client {
    return this.bank.clients[this.plan.client] as Client;
  }

  private step(at: Date, run: () => Promise<unknown>): Step {
    return { at, bank: this.bank.index, run };
  }

  /** People who can sign in ask for themselves; for the others a coordinator does. */
  private async ask(): Promise<void> {
    const { client, plan } = this;
    const asking = client.described.title === undefined ? this.bank.coordinator : client;
    const note = this.turn % 4 === 0 ? notes[(this.turn / 4) % notes.length] : undefined;
    const input = {
      clientId: client.memberId,
      serviceKind: plan.serviceKind,
      startsAt: this.start.toISOString(),
      minutes: plan.minutes,
      place: client.described.place,
      note,
    };
    await this.hands.putRequest.run(asking.actor, this.bankId, this.requestId, input);
  }

  /** Every third is assigned, the others are taken by the volunteer; a relative's only by the volunteer. */
  private async take(): Promise<void> {
    const taking = this.turn % 3 === 0 && this.plan.story !== 'related' ? this.bank.coordinator : this.volunteer;
    const input = { requestId: this.requestId, volunteerId: this.volunteer.memberId };
    await this.hands.planVisit.run(taking.actor, this.bankId, this.visitId, input);
  }

  private async takeAndCallOff(): Promise<void> {
    const first = this.bank.volunteers[(this.plan.volunteer + 1) % this.bank.volunteers.length] as Someone;
    const visitId = newId();
    await this.hands.planVisit.run(first.actor, this.bankId, visitId, { requestId: this.requestId, volunteerId: first.memberId });
    await this.callOff(visitId, first);
  }

  private async callOff(visitId: string, someone: Someone): Promise<void> {
    await this.hands.cancelVisit.run(someone.actor, this.bankId, visitId);
  }

  /** By telephone: the client no longer needs the help. */
  private async withdraw(): Promise<void> {
    await this.hands.cancelRequest.run(this.bank.coordinator.actor, this.bankId, this.requestId);
  }

  private scans(kind: 'in' | 'out', at: Date): Step[] {
    const { slip, offlineMinutes } = storyOf(this.plan.story);
    const text = slip === 'typed' ? this.client.card.code : this.client.card.token;
    if (offlineMinutes !== undefined) return [this.step(after(at, offlineMinutes), () => this.scan(kind, text, at))];
    const steps = [this.step(at, () => this.scan(kind, text))];
    if (slip === 'wrong_card' && kind === 'in') steps.unshift(this.step(after(at, -1), () => this.scanNeighbour()));
    if (slip === 'twice') steps.push(this.step(after(at, 1), () => this.scan(kind, text)));
    return steps;
  }

  private async scan(kind: 'in' | 'out', card: string, clientTime?: Date): Promise<void> {
    const input = { kind, card, clientTime: clientTime?.toISOString() };
    const { value } = await this.hands.scanCard.run(this.volunteer.actor, this.bankId, this.visitId, newId(), input);
    this.latest = value;
  }

  /** The neighbour's card is refused, and the attempt is kept. */
  private async scanNeighbour(): Promise<void> {
    const neighbour = this.bank.clients[(this.plan.client + 1) % this.bank.clients.length] as Client;
    await this.scan('in', neighbour.card.token).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'visits/wrong_card') throw error;
    });
  }
}
