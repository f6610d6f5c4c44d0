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
 * milliseconds count from then, in the order of the items. One that failed took for ever.
 */
export async function timesOf<Item>(items: readonly Item[], perSecond: number, send: (item: Item) => Promise<void>): Promise<number[]> {
  const startedAt = performance.now();
  return Promise.all(
    items.map(async (item, index) => {
      const due = startedAt + (index * 1_000) / perSecond;
      await new Promise((wait) => setTimeout(wait, Math.max(0, due - performance.now())));
      return send(item).then(
        () => performance.now() - due,
        () => Infinity,
      );
    }),
  );
}

/** Half and all but a twentieth were faster; those that took longer than `longestMilliseconds`, or failed, were dropped. */
export function spreadOf(times: readonly number[], longestMilliseconds = 2_000): Latency {
  const answered = times.filter((milliseconds) => milliseconds <= longestMilliseconds).sort((left, right) => left - right);
  const at = (share: number) => Number((answered[Math.floor(answered.length * share)] ?? 0).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), dropped: times.length - answered.length };
}

/** How long answers take in an open loop. */
export async function latencyOf<Item>(items: readonly Item[], perSecond: number, send: (item: Item) => Promise<void>): Promise<Latency> {
  return spreadOf(await timesOf(items, perSecond, send));
}
