import { describe, expect, it } from '@jest/globals';
import { createOutbox, type OutboxStore } from './outbox';
import {
  claimed,
  isBeforeDesk,
  isHeld,
  nextToSend,
  sameScan,
  sentOf,
  settled,
  waitMs,
  written,
  type KeptScan,
  type NewScan,
} from './outbox.rules';

const scan: NewScan = {
  eventId: 'kept-1',
  directId: 'direct-1',
  personId: 'wei',
  bankId: 'gulou',
  visitId: 'monday',
  kind: 'in',
  card: 'ABCD2345',
  clientTime: '2026-03-02T01:00:00.000Z',
  challenge: 'c',
  device: null,
  clientName: 'Lin',
};
const now = 1_000_000;
const queued = (order: number, over: Partial<KeptScan> = {}): KeptScan => ({
  ...written({ ...scan, directId: null }, [], now),
  order,
  eventId: `kept-${order}`,
  ...over,
});
const calm = { hurry: false, alone: false };
const none = new Set<number>();
const next = (all: KeptScan[], personId = 'wei', at = now, hurry = false, tried: ReadonlySet<number> = none) =>
  nextToSend(all, personId, at, { hurry, alone: false }, tried)?.order ?? null;

describe('a scan in the outbox', () => {
  it('is sent at once under its direct id when nothing of its visit waits, and waits for its turn otherwise', () => {
    expect(written(scan, [], now)).toMatchObject({ directId: 'direct-1', state: 'sending' });
    expect(written(scan, [queued(1)], now)).toMatchObject({ directId: null, state: 'queued' });
    expect(written(scan, [queued(1, { visitId: 'tuesday' })], now)).toMatchObject({ directId: 'direct-1' });
    expect(written(scan, [queued(1, { state: 'needs a person' })], now)).toMatchObject({ directId: 'direct-1' });
    expect(written({ ...scan, directId: null }, [], now)).toMatchObject({ state: 'queued', nextTryAt: now });
  });

  it('is left to the page that sends it directly until that page has had its time', () => {
    const direct = { ...written(scan, [], now), order: 1 };
    expect(next([direct], 'wei', now + 8_000, true)).toBeNull();
    expect(next([direct], 'wei', now + 12_000)).toBe(1);
  });

  it('is one scan when it is made twice while it waits, for the same person, visit and kind', () => {
    expect(sameScan(scan, [queued(7)])?.order).toBe(7);
    expect(sameScan({ ...scan, kind: 'out' }, [queued(7)])).toBeNull();
    expect(sameScan({ ...scan, personId: 'mei' }, [queued(7)])).toBeNull();
    expect(sameScan(scan, [queued(7, { state: 'needs a person' })])).toBeNull();
  });

  it('goes out in order within its visit, and does not hold up another visit', () => {
    const held = queued(1, { nextTryAt: now + 60_000 });
    expect(next([held, queued(2, { kind: 'out' })])).toBeNull();
    expect(next([held, queued(2, { kind: 'out' }), queued(3, { visitId: 'tuesday' })])).toBe(3);
    expect(next([held, queued(2, { kind: 'out' })], 'wei', now, true)).toBe(1);
    expect(next([queued(1, { state: 'needs a person' }), queued(2, { kind: 'out' })])).toBe(2);
    expect(next([held, queued(2)], 'wei', now, true, new Set([1]))).toBeNull();
  });

  it.each<[string, Partial<KeptScan>, string, boolean]>([
    ['kept, of an unknown visit', { tries: 1 }, 'visits/not_found', true],
    ['kept after the direct one had no answer', { directId: 'direct-1', tries: 2 }, 'visits/not_scannable', true],
    ['direct', { directId: 'direct-1', tries: 1 }, 'visits/not_yours', false],
    ['kept, and malformed', { tries: 1 }, 'request/malformed', false],
  ])('lies before the desk or not: %s', (_, over, code, expected) => {
    expect(isBeforeDesk(queued(1, { ...over, state: 'needs a person', refusal: { code, parameters: {} } }))).toBe(expected);
    expect(isBeforeDesk(queued(1, over))).toBe(false);
  });

  it('is never sent for somebody else', () => {
    expect(next([queued(1)], 'mei')).toBeNull();
    expect(next([queued(1)], '')).toBeNull();
  });

  it('is not held for hours by a clock that was set back', () => {
    expect(next([queued(1, { nextTryAt: now + 3_600_000 })])).toBe(1);
  });

  it('is taken by one sender at a time', () => {
    const mine = claimed(queued(1), now, calm);
    expect(mine).toMatchObject({ state: 'sending', tries: 1 });
    expect(claimed(mine as KeptScan, now + 1_000, { hurry: true, alone: false })).toBeUndefined();
    expect(claimed(mine as KeptScan, now + 31_000, calm)).toMatchObject({ tries: 2 });
    expect(claimed(queued(1, { state: 'needs a person' }), now, { hurry: true, alone: true })).toBeUndefined();
  });

  it('is taken over at once from a page that was closed while it sent, but never from one that sends it directly', () => {
    const sure = { hurry: false, alone: true };
    const mine = claimed(queued(1), now, calm) as KeptScan;
    expect(claimed(mine, now + 1_000, sure)).toMatchObject({ tries: 2 });
    const direct = { ...written(scan, [], now), order: 1 };
    expect(claimed(direct, now + 1_000, sure)).toBeUndefined();
  });

  it('waits from two seconds to five minutes, never less than it was asked to', () => {
    expect([1, 2, 3, 8, 9, 99].map((tries) => waitMs(tries, 0) / 1_000)).toEqual([2, 4, 8, 256, 300, 300]);
    expect(waitMs(1, 1)).toBe(2_500);
    expect(waitMs(99, 1)).toBe(300_000);
    const busy = settled(queued(1, { tries: 1 }), { outcome: 'no answer', retryAfterMs: 60_000 }, now, 0);
    expect(busy).toMatchObject({ state: 'queued', nextTryAt: now + 60_000 });
  });

  it('leaves the phone only when the server has it; a refusal stays until it is read', () => {
    expect(settled(queued(1), { outcome: 'stored', visit: null }, now, 0)).toBeNull();
    expect(settled(queued(1), { outcome: 'refused', code: 'visits/not_scannable', parameters: {} }, now, 0)).toMatchObject({
      state: 'needs a person',
      refusal: { code: 'visits/not_scannable' },
    });
    expect(settled(queued(1), { outcome: 'wrong person' }, now, 0)).toMatchObject({ state: 'queued', nextTryAt: now });
    const boxed = queued(1, { state: 'needs a person' });
    expect(settled(boxed, { outcome: 'no answer', retryAfterMs: 0 }, now, 0)).toBe(boxed);
  });

  it.each([
    [422, 'visits/not_scannable', 'refused'],
    [403, 'visits/not_yours', 'refused'],
    [409, 'scans/id_reused', 'refused'],
    [404, 'service/fault', 'no answer'],
    [0, 'service/unreachable', 'no answer'],
    [401, 'access/signed_out', 'wrong person'],
    [408, 'x', 'no answer'],
    [429, 'access/too_many', 'no answer'],
    [500, 'service/fault', 'no answer'],
    [503, 'service/busy', 'no answer'],
  ])('an answer of %i %s means %s', (status, code, outcome) =>
    expect(sentOf({ status, code, parameters: {}, retryAfterSeconds: null }).outcome).toBe(outcome),
  );
});

/** A store in memory, and everything that was sent; the clock is the spec's. */
function heldOutbox(first: KeptScan[] = []) {
  const box = [...first];
  const sent: string[] = [];
  const clock = { now };
  const store: OutboxStore = {
    all: async () => structuredClone(box),
    add: async (make) => {
      const made = make(structuredClone(box));
      if (made) box.push({ ...made, order: box.length + 1 });
      return made && structuredClone(box.at(-1) as KeptScan);
    },
    change: async (order, change) => {
      const index = box.findIndex((kept) => kept.order === order);
      const changed = index < 0 ? undefined : change(structuredClone(box[index] as KeptScan));
      if (changed !== undefined) box.splice(index, 1, ...(changed === null ? [] : [changed]));
      return changed;
    },
  };
  const outbox = createOutbox<null>({
    store,
    send: async ({ eventId }) => {
      sent.push(eventId);
      return { outcome: 'stored', visit: null };
    },
    alone: (work) => work(true),
    now: () => clock.now,
    random: () => 0,
    changed: async () => undefined,
    stored: async () => undefined,
  });
  return { outbox, sent, clock, box };
}

const hasty: NewScan = { ...scan, kind: 'out', eventId: 'held', directId: null, heldUntil: now + 10_000 };

describe('a scan that may be taken back for ten seconds', () => {
  it('C4: is not sent while it is held, not in a hurry either, and goes by itself afterwards', async () => {
    const { outbox, sent, clock, box } = heldOutbox();
    expect((await outbox.put(hasty)).sent).toBeNull();
    expect(box[0]?.nextTryAt).toBe(now + 10_000);
    clock.now = now + 9_999;
    await outbox.flush('wei', true);
    expect(sent).toEqual([]);
    clock.now = now + 10_000;
    expect(await outbox.takeBack(1)).toBe(false);
    await outbox.flush('wei');
    expect([sent, box]).toEqual([['held'], []]);
  });

  it('C4: taken back in time it is gone and never sent', async () => {
    const { outbox, sent, clock, box } = heldOutbox();
    await outbox.put(hasty);
    clock.now = now + 9_999;
    expect(await outbox.takeBack(1)).toBe(true);
    clock.now = now + 60_000;
    await outbox.flush('wei', true);
    expect([sent, box]).toEqual([[], []]);
  });

  it('C4: holds up nothing else: not another visit, not the start before it', async () => {
    const start = queued(1, { eventId: 'start' });
    const { outbox, sent } = heldOutbox([start]);
    await outbox.put(hasty);
    await outbox.put({ ...scan, visitId: 'tuesday', eventId: 'other', directId: null });
    await outbox.flush('wei');
    expect(sent).toEqual(['start', 'other']);
  });

  it('C4: is let go when the page goes; one that was killed meanwhile is sent by the next page, at the latest when the time is up', async () => {
    const { outbox, sent, box } = heldOutbox();
    await outbox.put(hasty);
    expect(await outbox.letGo()).toBe(true);
    expect(await outbox.takeBack(1)).toBe(false);
    await outbox.flush('wei');
    expect([sent, await outbox.letGo()]).toEqual([['held'], false]);

    const killed = heldOutbox([{ ...written(hasty, [], now), order: 1 }]);
    await killed.outbox.flush('wei', true);
    expect(killed.sent).toEqual([]);
    killed.clock.now = now + 10_000;
    await killed.outbox.flush('wei');
    expect([killed.sent, killed.box, box]).toEqual([['held'], [], []]);
  });

  it('C4: no clock that was set back holds it for longer, and one that is under way is not held', () => {
    const held = { ...written(hasty, [], now), order: 1 };
    expect([isHeld(held, now), isHeld(held, now + 9_999), isHeld(held, now + 10_000)]).toEqual([true, true, false]);
    expect(isHeld(held, now - 1)).toBe(false);
    expect(next([held], 'wei', now - 3_600_000)).toBe(1);
    expect(isHeld({ ...held, state: 'sending', tries: 1 }, now)).toBe(false);
    expect(claimed(held, now, { hurry: true, alone: true })).toBeUndefined();
  });
});
