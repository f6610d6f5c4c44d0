import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Config, readConfig, refuseToServe } from '@timebank/contract';
import { CannotRun } from './cannot-run';

type Place = { host: string; port: number };

/** What to do about a place that cannot be listened at, by the code of the fault. */
function adviceOf(code: string | undefined, { host, port }: Place): string {
  if (code === 'EADDRINUSE')
    return `PORT: ${port} is taken. If Timebank runs already, look at http://localhost:${port}/; otherwise set PORT to another, as in PORT=${port < 65_535 ? port + 1 : 3000} npm start.`;
  if (code === 'EACCES') return `PORT: this user may not listen at ${port}. Set PORT to 1024 or above, and let a proxy serve ${port}.`;
  if (code === 'EADDRNOTAVAIL') return `HOST: ${host} is no address of this machine. Leave HOST out to listen at all of them.`;
  return `HOST: ${host} cannot be listened at (${code}). Leave HOST out to listen at all addresses of this machine.`;
}

/** Refuses, before anything is touched, a place where the API could not listen. */
export async function requireFreePort(place: Place): Promise<void> {
  const server = createServer();
  try {
    server.listen({ ...place, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw new CannotRun(adviceOf((error as NodeJS.ErrnoException).code, place));
  } finally {
    server.close();
  }
}

/** The settings of a start that may go on: they are whole, and the place to listen at is free. */
export async function servableConfig(): Promise<Config> {
  const config = readConfig(process.env);
  refuseToServe(config);
  await requireFreePort(config);
  return config;
}
