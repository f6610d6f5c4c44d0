import { createOutbox, type Outbox, type OutboxStore } from './outbox';
import { sentOf, undoMs, type KeptScan, type NewScan, type SentScan } from './outbox.rules';

// For specs and torture: random days of a phone, against whatever takes its scans.

const minute = 60_000;
const hour = 60 * minute;
const silent = { outcome: 'no answer', retryAfterMs: 0 } as const;

/** Numbers that a seed settles (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type ScanEvent = { eventId: string; visitId: string; kind: 'in' | 'out'; card: string; clientTime: string | null };

/** What takes the scans. Its time is the product's, in milliseconds, and passes only when told. */
export type ScanServer = {
  now(): number;
  pass(milliseconds: number): void;
  newId(): string;
  /** Plans a visit from now on; `cancelled`: then called off. Answers its id. */
  plan(cancelled: boolean): Promise<string>;
  card(visitId: string, wrong: boolean): string;
  take(event: ScanEvent): Promise<SentScan<null>>;
  /** When a visit's start or end was captured, in milliseconds. */
  captured(visitId: string, kind: 'in' | 'out'): Promise<number | null>;
};

type Tab = { isAlive: boolean; outbox: Outbox<null> };

/** One phone, its tabs and its network. Every await of a tab passes a gate; which gate opens next, and whether its tab dies there, is drawn. */
export class SchedulePhone {
  readonly store: KeptScan[] = [];
  readonly wrote = new Map<string, { scan: NewScan; at: number; skewed: boolean }>();
  readonly roll: () => number;
  signedIn = 'wei';
  trouble = 0.35;
  skew = 0;
  tabs: Tab[] = [];
  private order = 0;
  private underway = 0;
  private holder: Tab | null = null;
  /** Half of the phones have no locks between tabs. */
  private readonly hasLocks: boolean;
  private gates: { tab: Tab; open: () => void }[] = [];
  private late: ScanEvent[] = [];

  constructor(
    seed: number,
    readonly server: ScanServer,
  ) {
    this.roll = dice(seed);
    this.hasLocks = seed % 2 === 0;
    this.openTab();
    if (this.roll() < 0.6) this.openTab();
  }

  readonly chance = (likely: number) => this.roll() < likely;

  openTab(): Tab {
    const tab: Tab = {
      isAlive: true,
      outbox: createOutbox<null>({
        store: this.storeOf(() => tab),
        send: (scan, direct) => this.send(tab, scan, direct),
        alone: (work) => this.alone(tab, work),
        now: () => this.server.now() + this.skew,
        random: this.roll,
        changed: async () => undefined,
        stored: async () => undefined,
      }),
    };
    this.tabs.push(tab);
    return tab;
  }

  private gate(tab: Tab): Promise<void> {
    return new Promise((open) => {
      if (tab.isAlive) this.gates.push({ tab, open });
    });
  }

  private async alone(tab: Tab, work: (sure: boolean) => Promise<void>): Promise<void> {
    if (!this.hasLocks) return work(false);
    if (this.holder?.isAlive) return;
    this.holder = tab;
    await work(true);
    this.holder = null;
  }

  private storeOf(tabOf: () => Tab): OutboxStore {
    const commit = async <Value>(work: () => Value): Promise<Value> => {
      await this.gate(tabOf());
      const value = work();
      await this.gate(tabOf());
      return value;
    };
    return {
      all: () => commit(() => structuredClone(this.store)),
      add: (make) =>
        commit(() => {
          const made = make(structuredClone(this.store));
          if (!made) return null;
          const scan = { ...made, order: (this.order += 1) };
          this.store.push(scan);
          this.wrote.set(scan.eventId, { scan, at: this.server.now(), skewed: this.skew !== 0 });
          return structuredClone(scan);
        }),
      change: (order, change) =>
        commit(() => {
          const index = this.store.findIndex((scan) => scan.order === order);
          if (index < 0) return undefined;
          const changed = change(structuredClone(this.store[index] as KeptScan));
          if (changed === null) this.store.splice(index, 1);
          else if (changed) this.store[index] = changed;
          return changed;
        }),
    };
  }

  private async send(tab: Tab, scan: KeptScan, direct: boolean): Promise<SentScan<null>> {
    const { visitId, kind, card } = scan;
    const event = direct
      ? { eventId: scan.directId as string, visitId, kind, card, clientTime: null }
      : { eventId: scan.eventId, visitId, kind, card, clientTime: scan.clientTime };
    await this.gate(tab);
    if (this.signedIn !== scan.personId) return { outcome: 'wrong person' };
    if (this.chance(this.trouble)) {
      if (this.chance(0.3)) this.late.push(event);
      await this.gate(tab);
      return this.chance(0.3) ? sentOf({ status: 503, code: 'service/busy', parameters: {}, retryAfterSeconds: 5 }) : silent;
    }
    const answer = await this.deliver(event);
    await this.gate(tab);
    return this.chance(this.trouble) ? silent : answer;
  }

  private async deliver(event: ScanEvent): Promise<SentScan<null>> {
    this.underway += 1;
    try {
      return await this.server.take(event);
    } finally {
      this.underway -= 1;
    }
  }

  /** Runs what waits until nothing does; with trouble, tabs die on the way and requests arrive late. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const index = Math.floor(this.roll() * this.gates.length);
      const [gate] = this.gates.splice(index, 1);
      if (!gate && this.underway === 0) return;
      if (!gate) continue;
      if (this.late.length > 0 && this.chance(0.3)) await this.server.take(this.late.shift() as ScanEvent);
      if (this.chance(this.trouble / 12)) this.kill(gate.tab);
      else gate.open();
    }
  }

  private kill(tab: Tab): void {
    tab.isAlive = false;
    this.gates = this.gates.filter((gate) => gate.tab !== tab);
    this.tabs = this.tabs.filter((other) => other !== tab);
    if (this.tabs.length === 0) this.openTab();
  }

  scanOf(visitId: string, kind: 'in' | 'out'): NewScan {
    return {
      eventId: this.server.newId(),
      directId: this.chance(0.6) ? this.server.newId() : null,
      personId: 'wei',
      bankId: 'gulou',
      visitId,
      kind,
      card: this.server.card(visitId, this.chance(0.05)),
      clientTime: new Date(this.server.now() + this.skew).toISOString(),
      challenge: null,
      device: null,
      clientName: 'Lin',
    };
  }

  /** An end that was asked about may be taken back for ten seconds; it has no direct event. */
  private held(scan: NewScan): NewScan {
    return this.chance(0.3) ? { ...scan, directId: null, heldUntil: this.server.now() + this.skew + undoMs } : scan;
  }

  readonly anyTab = () => this.tabs[Math.floor(this.roll() * this.tabs.length)] as Tab;

  /** What a day holds between two scans. */
  async pass(): Promise<void> {
    // The page gives up a direct request after seconds and aborts it; a kept one may arrive whenever it likes.
    this.late = this.late.filter(({ clientTime }) => clientTime !== null);
    this.server.pass(Math.floor(this.roll() * 50 * minute));
    if (this.chance(0.15)) this.skew = ([-hour, 0, hour] as const)[Math.floor(this.roll() * 3)] as number;
    if (this.chance(0.1)) this.openTab();
    if (this.chance(0.1)) this.signedIn = this.signedIn === 'wei' ? 'mei' : 'wei';
    for (const tab of this.tabs) {
      if (this.chance(0.5)) void tab.outbox.flush(this.signedIn, this.chance(0.3));
    }
    await this.run();
  }

  async day(): Promise<void> {
    for (let number = 1; number <= 3; number += 1) {
      const visitId = await this.server.plan(this.chance(0.05));
      for (const kind of ['in', 'out'] as const) {
        this.signedIn = 'wei';
        void this.anyTab().outbox.put(kind === 'out' ? this.held(this.scanOf(visitId, kind)) : this.scanOf(visitId, kind));
        if (this.chance(0.05)) void this.anyTab().outbox.letGo();
        if (this.chance(0.15)) void this.anyTab().outbox.put(this.scanOf(visitId, kind));
        await this.run();
        await this.pass();
      }
    }
  }

  async heal(): Promise<void> {
    this.trouble = 0;
    this.late = [];
    this.signedIn = 'wei';
    if (this.chance(0.2)) this.server.pass(72 * hour);
    for (let round = 0; round < 30 && this.store.some(({ state }) => state !== 'needs a person'); round += 1) {
      this.server.pass(minute);
      void this.anyTab().outbox.flush('wei');
      await this.run();
    }
  }
}

/** What must not be: scans that were lost, never sent, or count with a wrong time. */
export async function faultsOf(phone: SchedulePhone): Promise<string[]> {
  const faults: string[] = [];
  const waiting = phone.store.filter(({ state }) => state !== 'needs a person');
  if (waiting.length > 0) faults.push(`${waiting.length} never sent`);
  const wrote = [...phone.wrote.values()];
  for (const { scan, at } of wrote) {
    const captured = await phone.server.captured(scan.visitId, scan.kind);
    if (phone.store.some(({ eventId }) => eventId === scan.eventId)) continue;
    if (captured === null) faults.push(`lost ${scan.visitId} ${scan.kind}`);
    const ofVisit = wrote.filter((other) => other.scan.visitId === scan.visitId);
    // A start set an hour ahead by a wrong clock moves the end behind it; a refused one leaves its time to the next.
    const straight = ofVisit.every(({ skewed }) => !skewed) && phone.store.every(({ visitId }) => visitId !== scan.visitId);
    const first = ofVisit.find((other) => other.scan.kind === scan.kind);
    if (straight && first?.at === at && Math.abs((captured ?? at) - at) > minute) faults.push(`wrong time ${scan.visitId} ${scan.kind}`);
  }
  return faults;
}
