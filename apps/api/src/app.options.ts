import type { PasswordCost } from '@timebank/access';
import type { Config } from '@timebank/contract';
import type { Clock } from '@timebank/kernel';
import type { Limits } from './http/limits';

/** What an API process gets at start. Secrets are values here and appear in no log. */
export type AppOptions = {
  config: Config;
  /** Address of the database as the application's role. */
  databaseUrl: string;
  /** Key for card tokens and sign-in codes; never in the database. */
  secretKey: string;
  clock: Clock;
  /** Where cards point, `https://host` without a slash at the end. */
  origin: string;
  /** The built entry of the thread that draws files; without it they are drawn in place, as in specs. */
  drawingEntry?: string;
  /** Other than the ordinary limits, for specs that cannot wait. */
  limits?: Partial<Limits>;
  /** Longer than a person waits for a connection to the database, for specs on a busy machine, in milliseconds. */
  patienceMs?: number;
  /** Other than the strong cost of a password's hash, for specs that sign many people in. */
  passwordCost?: PasswordCost;
};

export const APP_OPTIONS = Symbol('app options');
