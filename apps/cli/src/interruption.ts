/** A command that is interrupted half way takes along the Postgres that it started: it is a process of its own and would stay. */
async function leaveNothing(): Promise<void> {
  const { EmbeddedPostgres } = await import('@timebank/database');
  await EmbeddedPostgres.stopStarted();
  process.exit(1);
}

let act: () => unknown = leaveNothing;

/** Listens for signals, and for the end of the process that started this one. */
export function watchForInterruption(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => act());
  process.once('disconnect', () => act());
  process.channel?.unref();
}

/** From now on this happens instead. */
export function whenInterrupted(next: () => unknown): void {
  act = next;
}
