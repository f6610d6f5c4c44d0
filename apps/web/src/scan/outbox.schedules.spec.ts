/**
 * Thousands of random days of a phone against a server with the rules of `scan-card`: pages killed at any step, requests and answers lost or
 * late, two tabs, busy servers, somebody else signed in, clocks set wrong, days without network. No scan may be lost, none counted twice.
 */
import { describe, expect, it } from '@jest/globals';
import { createOutbox, type Outbox, type OutboxStore } from './outbox';
import { sentOf, type KeptScan, type NewScan, type Sent } from './outbox.rules';

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

type Event = { eventId: string; visitId: string; kind: 'in' | 'out'; card: string; clientTime: string | null };
type Answer = { outcome: 'accepted' | 'duplicate' | 'refused'; code: string | null; thrown: boolean };
type Visit = { in: number | null; out: number | null; cancelled: boolean; plannedAt: number };

/** The server's rules, in the few lines that matter here. */
class ModelServer {
  now: number;
  reused = 0;
  readonly visits = new Map<string, Visit>();
  readonly accepted: Event[] = [];
  private readonly kept = new Map<string, { content: string; answer: Answer }>();

  constructor(start: number) {
    this.now = start;
  }

  take(event: Event): Answer {
    const content = JSON.stringify(event);
    const before = this.kept.get(event.eventId);
    if (before) {
      if (before.content === content) return before.answer;
      this.reused += 1;
      return { outcome: 'refused', code: 'scans/id_reused', thrown: true };
    }
    const answer = this.decide(event);
    this.kept.set(event.eventId, { content, answer });
    return answer;
  }

  private decide(event: Event): Answer {
    const visit = this.visits.get(event.visitId) as Visit;
    const offline = event.clientTime !== null;
    const floor = Math.max(visit.plannedAt, event.kind === 'out' ? (visit.in ?? 0) : 0);
    const at = offline ? Math.max(floor, Math.min(this.now, Date.parse(event.clientTime as string))) : this.now;
    if (!offline && event.card === 'WRONG') return { outcome: 'refused', code: 'visits/unknown_card', thrown: true };
    const taken = visit[event.kind];
    if (taken !== null) {
      const late = Math.abs(at - taken) > 5 * minute;
      if (late && !offline) return { outcome: 'refused', code: 'visits/already_started', thrown: true };
      return { outcome: 'duplicate', code: null, thrown: false };
    }
    if (visit.cancelled) return { outcome: 'refused', code: 'visits/not_scannable', thrown: !offline };
    visit[event.kind] = at;
    this.accepted.push(event);
    return { outcome: 'accepted', code: null, thrown: false };
  }
}

type Tab = { isAlive: boolean; outbox: Outbox<null> };

/** One phone, its tabs and its network. Every await of a tab passes a gate; which gate opens next, and whether its tab dies there, is drawn. */
class Phone {
  readonly server: ModelServer;
  readonly store: KeptScan[] = [];
  readonly wrote = new Map<string, { scan: NewScan; at: number; skewed: boolean }>();
  readonly roll: () => number;
  signedIn = 'wei';
  trouble = 0.35;
  skew = 0;
  tabs: Tab[] = [];
  private order = 0;
  private ids = 0;
  private holder: Tab | null = null;
  /** Half of the phones have no locks between tabs. */
  private readonly hasLocks: boolean;
  private gates: { tab: Tab; open: () => void }[] = [];
  private late: Event[] = [];

  constructor(seed: number) {
    this.roll = dice(seed);
    this.hasLocks = seed % 2 === 0;
    this.server = new ModelServer(Date.UTC(2026, 2, 2, 1));
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
        now: () => this.server.now + this.skew,
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
          this.wrote.set(scan.eventId, { scan, at: this.server.now, skewed: this.skew !== 0 });
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

  private async send(tab: Tab, scan: KeptScan, direct: boolean): Promise<Sent<null>> {
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
    const answer = this.server.take(event);
    await this.gate(tab);
    if (this.chance(this.trouble)) return silent;
    if (answer.outcome === 'refused') return { outcome: 'refused', code: answer.code ?? '', parameters: {} };
    return { outcome: 'stored', visit: null };
  }

  /** Runs what waits until nothing does; with trouble, tabs die on the way and requests arrive late. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const index = Math.floor(this.roll() * this.gates.length);
      const [gate] = this.gates.splice(index, 1);
      if (!gate) return;
      if (this.late.length > 0 && this.chance(0.3)) this.server.take(this.late.shift() as Event);
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
    this.ids += 1;
    return {
      eventId: `kept-${this.ids}`,
      directId: this.chance(0.6) ? `direct-${this.ids}` : null,
      personId: 'wei',
      bankId: 'gulou',
      visitId,
      kind,
      card: this.chance(0.05) ? 'WRONG' : 'RIGHT',
      clientTime: new Date(this.server.now + this.skew).toISOString(),
      challenge: null,
      device: null,
      clientName: 'Lin',
    };
  }

  readonly anyTab = () => this.tabs[Math.floor(this.roll() * this.tabs.length)] as Tab;

  /** What a day holds between two scans. */
  async pass(): Promise<void> {
    // The page gives up a direct request after seconds and aborts it; a kept one may arrive whenever it likes.
    this.late = this.late.filter(({ clientTime }) => clientTime !== null);
    this.server.now += Math.floor(this.roll() * 50 * minute);
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
      const visitId = `visit-${number}`;
      this.server.visits.set(visitId, { in: null, out: null, cancelled: this.chance(0.05), plannedAt: this.server.now - 24 * hour });
      for (const kind of ['in', 'out'] as const) {
        this.signedIn = 'wei';
        void this.anyTab().outbox.put(this.scanOf(visitId, kind));
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
    if (this.chance(0.2)) this.server.now += 72 * hour;
    for (let round = 0; round < 30 && this.store.some(({ state }) => state !== 'needs a person'); round += 1) {
      this.server.now += minute;
      void this.anyTab().outbox.flush('wei');
      await this.run();
    }
  }
}

function faultsOf(phone: Phone): string[] {
  const faults: string[] = [];
  const waiting = phone.store.filter(({ state }) => state !== 'needs a person');
  if (waiting.length > 0) faults.push(`${waiting.length} never sent`);
  if (phone.server.reused > 0) faults.push('an id with two contents');
  const wrote = [...phone.wrote.values()];
  for (const { scan, at } of wrote) {
    const captured = (phone.server.visits.get(scan.visitId) as Visit)[scan.kind];
    if (phone.store.some(({ eventId }) => eventId === scan.eventId)) continue;
    if (captured === null) faults.push(`lost ${scan.visitId} ${scan.kind}`);
    const ofVisit = wrote.filter((other) => other.scan.visitId === scan.visitId);
    // A start set an hour ahead by a wrong clock moves the end behind it; a refused one leaves its time to the next.
    const straight = ofVisit.every(({ skewed }) => !skewed) && phone.store.every(({ visitId }) => visitId !== scan.visitId);
    const first = ofVisit.find((other) => other.scan.kind === scan.kind);
    if (straight && first?.at === at && Math.abs((captured ?? at) - at) > minute) faults.push(`wrong time ${scan.visitId} ${scan.kind}`);
  }
  const keys = phone.server.accepted.map(({ visitId, kind }) => `${visitId} ${kind}`);
  if (new Set(keys).size !== keys.length) faults.push('doubled');
  return faults;
}

describe('the outbox through bad days', () => {
  it('loses no scan and doubles none in 3,000 random schedules', async () => {
    const found: string[] = [];
    const seen = { kept: 0, direct: 0, boxed: 0, scans: 0 };
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const phone = new Phone(seed);
      await phone.day().then(() => phone.heal());
      found.push(...faultsOf(phone).map((fault) => `seed ${seed}: ${fault}`));
      seen.scans += phone.wrote.size;
      seen.boxed += phone.store.length;
      for (const { clientTime } of phone.server.accepted) seen[clientTime === null ? 'direct' : 'kept'] += 1;
    }
    expect(found).toEqual([]);
    expect(seen.scans).toBeGreaterThan(15_000);
    expect(Math.min(seen.kept, seen.direct)).toBeGreaterThan(3_000);
    expect(seen.boxed).toBeGreaterThan(100);
  }, 120_000);
});
