let lastTold = 0;

/** On stderr, at most every five seconds: how far a part has come. */
export function tellProgress(part: string, done: number, of: number): void {
  if (Date.now() - lastTold < 5_000) return;
  lastTold = Date.now();
  process.stderr.write(`… ${part}: ${done} of ${of}\n`);
}
