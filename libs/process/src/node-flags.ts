import { totalmem } from 'node:os';

/** What this machine, or the container that it is in, has for everybody. */
const machineMebibytes = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;

/** Where the heap ends: a quarter of the machine, since the rest is the database's. It is a limit for a bad hour, not what ordinary work takes. */
const heapMebibytes = (machine: number): number => Math.round(Math.min(Math.max(machine / 4, 384), 2_048));

/**
 * How the API's process is started. Left alone, V8 lets a heap grow with its limit, past 450 MiB where 250 do, and serves no faster for it;
 * so it grows by half at a time, and new objects get little room. A low limit would do the same, and end the process when twenty
 * large requests meet.
 */
export const apiFlags: readonly string[] = [
  '--enable-source-maps',
  `--max-old-space-size=${heapMebibytes(machineMebibytes)}`,
  '--max-semi-space-size=4',
  '--heap-growing-percent=50',
];

/** How the jobs process is started: it works on one thing at a time, so a heap of this size is never full. */
export const jobsFlags: readonly string[] = ['--enable-source-maps', '--max-old-space-size=96', '--max-semi-space-size=2'];
