import { kept, replace } from '../keep';
import type { DemoCity } from './build-city';

const name = 'demo.json';

type Kept = DemoCity | { builder: number };

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** What is kept of the demo city of this installation; null when it has none. */
export function keptDemo(dataDir: string): DemoCity | null {
  const content = kept<Kept>(dataDir, name);
  return content && 'people' in content ? content : null;
}

export function keepDemo(dataDir: string, city: DemoCity): void {
  replace(dataDir, name, city);
}

/** From here until `keepDemo` the demo city is half built, by this process. */
export function beginDemo(dataDir: string): void {
  replace(dataDir, name, { builder: process.pid } satisfies Kept);
}

/** Whether somebody began to build the demo city and ended before it was whole. */
export function isDemoHalfBuilt(dataDir: string): boolean {
  const content = kept<Kept>(dataDir, name);
  return content !== null && 'builder' in content && !isRunning(content.builder);
}
