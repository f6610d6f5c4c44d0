/** What the application tells access at start. */
export type AccessOptions = {
  /** Key for sign-in codes and card tokens; at least 32 characters, never in the database. */
  secretKey: string;
  /** False only for measuring and for laying down a demo city. */
  rateLimit?: boolean;
  /** The address where browsers reach the product. Under https the cookie belongs to this host and travels encrypted only. */
  origin?: string;
  /** The text message service of the city; null or missing: codes go to the log. */
  codeService?: { url: string; token: string | null } | null;
  /** How many codes the city sends in 24 hours at most. */
  codesADay?: number;
  /** Other than the strong cost of a password's hash: for specs that sign many people in. */
  passwordCost?: PasswordCost | undefined;
};

export type PasswordCost = { memoryCost: number; timeCost: number; parallelism: number };

export const ACCESS_OPTIONS = Symbol('access options');

/** Whether browsers come over an encrypted connection. */
export function isSecure(options: AccessOptions): boolean {
  return options.origin?.startsWith('https:') ?? false;
}
