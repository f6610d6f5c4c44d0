import {
  claimed,
  isHeld,
  nextToSend,
  sameScan,
  settled,
  written,
  type Haste,
  type KeptScan,
  type NewScan,
  type SentScan,
} from './outbox.rules';

/** Where scans are kept. Each call is one transaction: all of it or nothing, also when two tabs write at once. */
export type OutboxStore = {
  all(): Promise<KeptScan[]>;
  /** `make` decides what to add from what is there; null adds nothing. */
  add(make: (all: KeptScan[]) => Omit<KeptScan, 'order'> | null): Promise<KeptScan | null>;
  /** `change` gives the new content, null to remove it, undefined to leave it. Answers what `change` gave; undefined too when it is gone. */
  change(order: number, change: (scan: KeptScan) => KeptScan | null | undefined): Promise<KeptScan | null | undefined>;
};

export type OutboxParts<Visit> = {
  store: OutboxStore;
  /** Sends the direct or the kept event of a scan; never throws. */
  send(scan: KeptScan, direct: boolean): Promise<SentScan<Visit>>;
  /** Runs the work unless another tab is at it; tells it whether it can be sure of that. */
  alone(work: (sure: boolean) => Promise<void>): Promise<void>;
  /** Milliseconds of the phone's own clock; only waits are measured by it. */
  now(): number;
  random(): number;
  /** After every change of what is kept. */
  changed(): Promise<void>;
  /** After the server has stored an event. */
  stored(scan: KeptScan, visit: Visit): Promise<void>;
};

export type Outbox<Visit> = {
  /** Writes a scan down, then sends it if it can be sent at once. Rejects when it could not be written; nothing was sent then. */
  put(scan: NewScan): Promise<{ scan: KeptScan; sent: SentScan<Visit> | null }>;
  /** Sends what is due; in a hurry (back online, a button) also what would still wait. */
  flush(personId: string, hurry?: boolean): Promise<void>;
  /** The volunteer has read why it was refused: the only way out of the box besides the server's answer. */
  read(order: number): Promise<void>;
  /** Its maker takes it back; false when it is too late for that: it was sent, or may have been. */
  takeBack(order: number): Promise<boolean>;
  /** The page goes: what is held is no more, and may be sent. Answers whether anything was. */
  letGo(): Promise<boolean>;
};

/** The scans on this phone that the server has not acknowledged. Pure of browser and clock; see `outbox.rules.ts` for what it promises. */
export function createOutbox<Visit>({ store, send, alone, now, random, changed, stored }: OutboxParts<Visit>): Outbox<Visit> {
  async function settle(scan: KeptScan, sent: SentScan<Visit>): Promise<void> {
    await store.change(scan.order, (kept) => settled(kept, sent, now(), random()));
    if (sent.outcome === 'stored') await stored(scan, sent.visit);
    await changed();
  }

  async function round(personId: string, wanted: Haste): Promise<void> {
    const tried = new Set<number>();
    let haste = wanted;
    for (;;) {
      const next = nextToSend(await store.all(), personId, now(), haste, tried);
      if (next === null) return;
      tried.add(next.order);
      const mine = await store.change(next.order, (kept) => claimed(kept, now(), haste));
      if (!mine) continue;
      await changed();
      const sent = await send(mine, false);
      await settle(mine, sent);
      if (sent.outcome === 'wrong person') return;
      // An answer means that the way is open: what waits for its turn need not wait longer.
      if (sent.outcome === 'stored') haste = { ...haste, hurry: true };
    }
  }

  return {
    async put(scan) {
      let same: KeptScan | null = null;
      const added = await store.add((all) => {
        same = sameScan(scan, all);
        return same ? null : written(scan, all, now());
      });
      const kept = added ?? same;
      if (!kept) throw new Error('the scan was not written down');
      await changed();
      if (!added || kept.directId === null) return { scan: kept, sent: null };
      const sent = await send(kept, true);
      await settle(kept, sent);
      return { scan: kept, sent };
    },
    flush: (personId, hurry = false) => alone((sure) => round(personId, { hurry, alone: sure })),
    async takeBack(order) {
      const after = await store.change(order, (kept) => (isHeld(kept, now()) ? null : undefined));
      await changed();
      return after === null;
    },
    async letGo() {
      const held = (await store.all()).filter((kept) => isHeld(kept, now()));
      for (const { order } of held)
        await store.change(order, (kept) => (isHeld(kept, now()) ? { ...kept, heldUntil: undefined, nextTryAt: now() } : undefined));
      return held.length > 0;
    },
    async read(order) {
      await store.change(order, (kept) => (kept.state === 'needs a person' ? null : undefined));
      await changed();
    },
  };
}
