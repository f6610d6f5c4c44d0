import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PasswordCost } from '@timebank/access';
import type { Config } from '@timebank/contract';
import type { Clock } from '@timebank/kernel';

/** The options of a spec's API. `limits`: those that differ from the ordinary ones, by their names. */
export type ApiOptions = {
  config: Config;
  databaseUrl: string;
  secretKey: string;
  clock: Clock;
  origin: string;
  patienceMs?: number;
  limits?: Record<string, number>;
  passwordCost?: PasswordCost;
};
type CreateApp = (options: ApiOptions) => Promise<NestFastifyApplication>;

let handedIn: (() => Promise<CreateApp>) | null = null;

/** Says how an API is made. This room knows no app: `jest.config.js` passes the API in for specs, the bench does so for itself. */
export function handInApi(load: () => Promise<CreateApp>): void {
  handedIn = load;
}

/** Loaded only when needed, so that specs without HTTP do not load the whole API. */
export async function createApi(options: ApiOptions): Promise<NestFastifyApplication> {
  if (!handedIn) throw new Error('nobody has handed an API in');
  return (await handedIn())(options);
}
