/** How a server answers: answers a second, and milliseconds counted from when each request should have been sent. */
export type Latency = { p50: number; p95: number; dropped: number };

/** Closed loop: sends all of `items` over `connections` at once and answers how many a second were answered. */
export async function rateOf<Item>(items: readonly Item[], connections: number, send: (item: Item) => Promise<void>): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const work = async () => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      await send(item);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return items.length / ((performance.now() - startedAt) / 1_000);
}

/** Closed loop for so many seconds: how often `send` was answered a second. */
export async function rateDuring(seconds: number, connections: number, send: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let answered = 0;
  const work = async () => {
    for (; performance.now() < until; answered += 1) await send();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return answered / ((performance.now() - startedAt) / 1_000);
}

/**
 * Open loop: request n is due n/rate seconds after the start, whether or not the ones before it have been answered, and its
 * time counts from then. One that took longer than `longestMilliseconds`, or failed, is dropped.
 */
export async function latencyOf<Item>(
  items: readonly Item[],
  perSecond: number,
  send: (item: Item) => Promise<void>,
  longestMilliseconds = 2_000,
): Promise<Latency> {
  const startedAt = performance.now();
  const taken = await Promise.all(
    items.map(async (item, index) => {
      const due = startedAt + (index * 1_000) / perSecond;
      await new Promise((wait) => setTimeout(wait, Math.max(0, due - performance.now())));
      await send(item).catch(() => undefined);
      return performance.now() - due;
    }),
  );
  const answered = taken.filter((milliseconds) => milliseconds <= longestMilliseconds).sort((left, right) => left - right);
  const at = (share: number) => Number((answered[Math.floor(answered.length * share)] ?? 0).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), dropped: taken.length - answered.length };
}
