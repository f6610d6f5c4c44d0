import { kept, replace } from '../keep';
import type { DemoCity } from './build-city';

const name = 'demo.json';

type DemoFile = DemoCity | { halfBuilt: true };

/** The record of this installation's demo city; null when it has none. */
export function keptDemo(dataDir: string): DemoCity | null {
  const content = kept<DemoFile>(dataDir, name);
  return content && 'people' in content ? content : null;
}

export function keepDemo(dataDir: string, city: DemoCity): void {
  replace(dataDir, name, city);
}

/** From here until `keepDemo` the demo city is half built. */
export function beginDemo(dataDir: string): void {
  replace(dataDir, name, { halfBuilt: true } satisfies DemoFile);
}

/** Whether the demo city is being built, or was when its builder ended. */
export function isDemoHalfBuilt(dataDir: string): boolean {
  const content = kept<DemoFile>(dataDir, name);
  return content !== null && 'halfBuilt' in content;
}
