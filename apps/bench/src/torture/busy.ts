import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processors that were busy on average: with the API's process, with all of the product (Postgres, too), with throwing, and with whatever else ran here. */
export type Busy = { api: number; product: number; throwing: number; elsewhere: number };

type Seconds = { at: number; api: number; product: number; throwing: number; all: number };

const ticksPerSecond = 100;

/** Each process by its id: its parent, and for how many seconds it has had a processor. */
function processes(): Map<number, { parent: number; seconds: number }> {
  const found = new Map<number, { parent: number; seconds: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/stat`)) continue;
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    // Its own time and that of its children that are gone: user, system.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    found.set(Number(name), { parent: Number(fields[1]), seconds: ticks / ticksPerSecond });
  }
  return found;
}

/** Reads the kernel's own count of who had the processors: on a machine that others use as well, times alone tell little. */
export class BusyMeter {
  constructor(
    private readonly product: number,
    private readonly api: () => number,
  ) {}

  private read(): Seconds {
    const [all, api] = [processes(), this.api()];
    const seconds: Seconds = { at: performance.now() / 1_000, api: all.get(api)?.seconds ?? 0, product: 0, throwing: 0, all: 0 };
    for (const [id, { seconds: own }] of all) {
      let above: number | undefined = id;
      while (above !== undefined && above > 1 && above !== this.product && above !== process.pid) above = all.get(above)?.parent;
      if (above === this.product) seconds.product += own;
      else if (above === process.pid) seconds.throwing += own;
    }
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] =
      /^cpu +(.+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]?.split(' ').map(Number) ?? [];
    seconds.all = (user + nice + system + irq + softirq) / ticksPerSecond;
    return seconds;
  }

  /** Begins to count; answers what says how busy it was until then. */
  begin(): () => Busy {
    const before = this.read();
    return () => {
      const after = this.read();
      const during = (name: 'api' | 'product' | 'throwing' | 'all') => (after[name] - before[name]) / (after.at - before.at);
      const [product, throwing] = [during('product'), during('throwing')];
      const round = (cores: number) => Number(Math.max(0, cores).toFixed(2));
      return {
        api: round(during('api')),
        product: round(product),
        throwing: round(throwing),
        elsewhere: round(during('all') - product - throwing),
      };
    };
  }
}
