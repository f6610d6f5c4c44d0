import { z } from 'zod';
import { password, phone } from '../primitives';

const flag = (fallback: boolean) =>
  z
    .enum(['on', 'off', 'true', 'false', '1', '0'])
    .optional()
    .transform((value) => (value === undefined ? fallback : ['on', 'true', '1'].includes(value)));

/** `NAME.txt=CONTENT`, several with commas, as WeChat's console hands the files out. */
const verificationFiles = z
  .string()
  .transform((text) => text.split(',').map((file) => file.trim().split('=')))
  .pipe(
    z.array(
      z.tuple([
        z.string().regex(/^(?!robots\.)[A-Za-z0-9_-]{1,64}\.txt$/, 'NAME.txt=CONTENT, several with commas'),
        z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, 'NAME.txt=CONTENT, several with commas'),
      ]),
    ),
  )
  .transform((files) => files.map(([name, content]) => ({ name, content })))
  .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'a name stands there twice');

const port = 'a whole number from 1 to 65535, or 0 for any that is free';
/** Addresses and networks, as in `127.0.0.1,10.0.0.0/8`, several with commas. */
const addresses = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'addresses or networks such as 10.0.0.0/8, several with commas')));

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => /^https?:\/\/[^/?#@]+$/i.test(url), 'scheme and host only: the product is served at the root of its host')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  /**
   * Where checkpoints are published; best on another machine's disk. All API processes of one city and the jobs need the same folder: each compares
   * the books with it, and the one that seals publishes there.
   */
  CHECKPOINT_DIR: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The password of DATABASE_URL's login as it is, where the address names none: in an address @ : / ? # and % have to be encoded. */
  DATABASE_PASSWORD: z.string().optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_IMPORT_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Set by the command line when the address leads to the embedded database. */
  DATABASE_KIND: z.enum(['embedded', 'external']).optional(),
  SECRET_KEY: z.string().min(32).optional(),
  DEMO: z.enum(['on', 'off']).optional(),
  ADMIN_PHONE: phone.optional(),
  ADMIN_PASSWORD: password.optional(),
  /** Whether browsers must use https for every host below this one as well; other sites of the city may not have it. */
  HSTS_SUBDOMAINS: flag(false),
  RATE_LIMIT: flag(true),
  CLOCK_SPEED: z.coerce.number().min(1).max(10_000).default(1),
  /** Set by the command line for its processes: a real instant and the product's at that moment, in milliseconds. */
  CLOCK_ANCHOR: z
    .string()
    .regex(/^\d{1,15}:\d{1,15}$/)
    .optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Who may say, in the last entry of X-Forwarded-For, whom they speak for: only the proxy in front. */
  TRUSTED_PROXIES: addresses.optional(),
  /** Where one-time codes go: the address of a text message service, or `log`. */
  CODE_SENDER: z.union([z.literal('log'), z.url({ protocol: /^https?$/ })], '`log`, or an address that begins with https://').optional(),
  CODE_SENDER_TOKEN: z.string().min(16).optional(),
  /** The city's budget of codes in 24 hours. */
  CODES_PER_DAY: z.coerce.number().int().min(1).max(10_000_000).default(10_000),
  WECHAT_VERIFICATION: verificationFiles.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Everything the environment decides, read once at start and passed on as values. Units are in the names. */
export type Config = {
  port: number;
  host: string;
  publicUrl: string | null;
  dataDir: string;
  checkpointDir: string;
  databaseUrl: string | null;
  databaseOwnerUrl: string | null;
  /** The login that may write the forum documents. */
  databaseImportUrl: string | null;
  secretKey: string | null;
  /** Strict-Transport-Security speaks for every host below this one as well. */
  hstsSubdomains: boolean;
  demo: 'on' | 'off' | 'when empty';
  admin: { phone: string; password: string } | null;
  rateLimit: boolean;
  clockSpeed: number;
  /** The product's clock at a moment of real time; null where it follows from what is stored. */
  clockAnchor: { realMilliseconds: number; productMilliseconds: number } | null;
  metricsToken: string | null;
  /** Addresses and networks; without any, no X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** The city's text message service; null: one-time codes go to the log. */
  codeService: { url: string; token: string | null } | null;
  /** Whether somebody said so. */
  codesMayBeLogged: boolean;
  codesADay: number;
  /** Served as they are, so that WeChat opens a mini program from a card. */
  wechatVerification: readonly { name: string; content: string }[];
  logLevel: string;
  production: boolean;
};

/** A setting that cannot be used; the command line prints it and exits with 2. */
export class BadSetting extends Error {}

function anchorOf(text: string): NonNullable<Config['clockAnchor']> {
  const [realMilliseconds, productMilliseconds] = text.split(':').map(Number) as [number, number];
  return { realMilliseconds, productMilliseconds };
}

function addressOf(url: string | undefined, secret: string | undefined): string | null {
  if (url === undefined) return null;
  const address = new URL(url);
  if (secret === undefined) return url;
  if (address.password !== '') throw new BadSetting('DATABASE_PASSWORD: DATABASE_URL names a password already; set one of the two');
  address.password = encodeURIComponent(secret);
  return address.href;
}

function codeServiceOf(sender: string | undefined, token: string | undefined): Config['codeService'] {
  return sender === undefined || sender === 'log' ? null : { url: sender, token: token ?? null };
}

/** Settings that a serving process needs and a command that only looks does not. Throws `BadSetting`. */
export function refuseToServe(config: Config): void {
  if (config.codeService === null && !config.codesMayBeLogged) {
    throw new BadSetting(
      'CODE_SENDER: in production one-time codes need the address of a text message service; `log` if the log may carry them',
    );
  }
}

/** Parses the environment. Throws `BadSetting` with the variable's name; never repeats a secret's value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new BadSetting(`${String(issue?.path[0])}: ${issue?.message}`);
  }
  const value = parsed.data;
  const production = value.NODE_ENV === 'production';
  const embedded = value.DATABASE_URL === undefined || value.DATABASE_KIND === 'embedded';
  for (const [name, unusual] of [
    ['RATE_LIMIT', !value.RATE_LIMIT],
    ['CLOCK_SPEED', value.CLOCK_SPEED !== 1],
  ] as const) {
    if (unusual && (production || !embedded)) {
      throw new BadSetting(`${name}: only with the embedded database and outside production`);
    }
  }
  if ((value.ADMIN_PHONE === undefined) !== (value.ADMIN_PASSWORD === undefined)) {
    throw new BadSetting('ADMIN_PHONE: goes together with ADMIN_PASSWORD');
  }
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL ?? null,
    dataDir: value.DATA_DIR,
    checkpointDir: value.CHECKPOINT_DIR ?? `${value.DATA_DIR}/checkpoints`,
    databaseUrl: addressOf(value.DATABASE_URL, value.DATABASE_PASSWORD),
    databaseOwnerUrl: value.DATABASE_OWNER_URL ?? null,
    databaseImportUrl: value.DATABASE_IMPORT_URL ?? null,
    secretKey: value.SECRET_KEY ?? null,
    hstsSubdomains: value.HSTS_SUBDOMAINS,
    demo: value.DEMO ?? 'when empty',
    admin: value.ADMIN_PHONE && value.ADMIN_PASSWORD ? { phone: value.ADMIN_PHONE, password: value.ADMIN_PASSWORD } : null,
    rateLimit: value.RATE_LIMIT,
    clockSpeed: value.CLOCK_SPEED,
    clockAnchor: value.CLOCK_ANCHOR === undefined ? null : anchorOf(value.CLOCK_ANCHOR),
    metricsToken: value.METRICS_TOKEN ?? null,
    trustedProxies: value.TRUSTED_PROXIES ?? [],
    codeService: codeServiceOf(value.CODE_SENDER, value.CODE_SENDER_TOKEN),
    codesMayBeLogged: value.CODE_SENDER === 'log' || !production,
    codesADay: value.CODES_PER_DAY,
    wechatVerification: value.WECHAT_VERIFICATION ?? [],
    logLevel: value.LOG_LEVEL,
    production,
  };
}
