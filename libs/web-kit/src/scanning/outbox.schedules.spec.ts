/**
 * Thousands of random days of a phone against a server with the rules of `scan-card`: pages killed at any step, requests and answers lost or
 * late, two tabs, busy servers, somebody else signed in, clocks set wrong, days without network. No scan may be lost, none counted twice.
 */
import { describe, expect, it } from '@jest/globals';
import type { SentScan } from './outbox.rules';
import { faultsOf, type ScanEvent, SchedulePhone, type ScanServer } from './spec-schedules';

const minute = 60_000;
type Visit = { in: number | null; out: number | null; cancelled: boolean };

/** The server's rules, in the few lines that matter here. */
class ModelServer implements ScanServer {
  reused = 0;
  readonly accepted: ScanEvent[] = [];
  private readonly visits = new Map<string, Visit>();
  private readonly kept = new Map<string, { content: string; answer: SentScan<null> }>();
  private ids = 0;
  private time = Date.UTC(2026, 2, 2, 1);

  now = () => this.time;
  pass(milliseconds: number) {
    this.time += milliseconds;
  }
  newId() {
    this.ids += 1;
    return `id-${this.ids}`;
  }
  async plan(cancelled: boolean) {
    const visitId = this.newId();
    this.visits.set(visitId, { in: null, out: null, cancelled });
    return visitId;
  }
  card = (_visitId: string, wrong: boolean) => (wrong ? 'WRONG' : 'RIGHT');
  captured = async (visitId: string, kind: 'in' | 'out') => this.visits.get(visitId)?.[kind] ?? null;

  async take(event: ScanEvent): Promise<SentScan<null>> {
    const content = JSON.stringify(event);
    const before = this.kept.get(event.eventId);
    if (before?.content === content) return before.answer;
    if (before) this.reused += 1;
    const answer = before ? refused('scans/id_reused') : this.decide(event);
    if (!before) this.kept.set(event.eventId, { content, answer });
    return answer;
  }

  private decide(event: ScanEvent): SentScan<null> {
    const visit = this.visits.get(event.visitId) as Visit;
    const offline = event.clientTime !== null;
    const floor = event.kind === 'out' ? (visit.in ?? 0) : 0;
    const at = offline ? Math.max(floor, Math.min(this.time, Date.parse(event.clientTime as string))) : this.time;
    if (!offline && event.card === 'WRONG') return refused('visits/unknown_card');
    const taken = visit[event.kind];
    if (taken !== null) return !offline && at - taken > 5 * minute ? refused('visits/already_started') : { outcome: 'stored', visit: null };
    if (visit.cancelled) return refused('visits/not_scannable');
    visit[event.kind] = at;
    this.accepted.push(event);
    return { outcome: 'stored', visit: null };
  }
}

const refused = (code: string): SentScan<null> => ({ outcome: 'refused', code, parameters: {} });

describe('the outbox through bad days', () => {
  it('loses no scan and doubles none in 3,000 random schedules', async () => {
    const found: string[] = [];
    const seen = { kept: 0, direct: 0, boxed: 0, scans: 0 };
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const server = new ModelServer();
      const phone = new SchedulePhone(seed, server);
      await phone.day().then(() => phone.heal());
      const keys = server.accepted.map(({ visitId, kind }) => `${visitId} ${kind}`);
      const faults = await faultsOf(phone);
      if (server.reused > 0) faults.push('an id with two contents');
      if (new Set(keys).size !== keys.length) faults.push('doubled');
      found.push(...faults.map((fault) => `seed ${seed}: ${fault}`));
      seen.scans += phone.wrote.size;
      seen.boxed += phone.store.length;
      for (const { clientTime } of server.accepted) seen[clientTime === null ? 'direct' : 'kept'] += 1;
    }
    expect(found).toEqual([]);
    expect(seen.scans).toBeGreaterThan(15_000);
    expect(Math.min(seen.kept, seen.direct)).toBeGreaterThan(3_000);
    expect(seen.boxed).toBeGreaterThan(100);
  });
});
