import { RunningClock } from '@timebank/kernel';
import { readConfig } from '@timebank/contract';
import { Client } from 'pg';
import { createApp } from '../../api/src/index';
import type { Statement } from './scan-floor';

/** What is known of one scan: names to values as they may appear among a statement's parameters; bytes in hex. */
export type ScanFields = { texts: Record<string, string>; bytes: Record<string, string> };

type Query = { text: string; values: unknown[] };

/** A UUID version 7 that was made after `since`: the product made it for this scan, so a replay makes its own. */
function isFresh(value: unknown, since: number): boolean {
  return (
    typeof value === 'string' &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value) &&
    Number.parseInt(value.slice(0, 13).replace('-', ''), 16) >= since
  );
}

function asStatement({ text, values }: Query, { texts, bytes }: ScanFields, since: number): Statement {
  const fieldOf = new Map(Object.entries(texts).map(([field, value]) => [value, field]));
  const bytesOf = new Map(Object.entries(bytes).map(([field, value]) => [value, field]));
  return {
    text,
    values: values.map((value) => {
      if (typeof value === 'string' && fieldOf.has(value)) return { field: fieldOf.get(value) as string };
      if (isFresh(value, since)) return { fresh: true };
      const hex = Buffer.isBuffer(value) ? value.toString('hex') : null;
      if (hex !== null && bytesOf.has(hex)) return { bytes: bytesOf.get(hex) as string };
      return { constant: hex === null ? (value ?? null) : `\\x${hex}` };
    }),
  };
}

/** Serves one scan in this process while listening to what reaches Postgres, so that the floor runs the very same SQL. */
export async function recordScan(
  databaseUrl: string,
  secretKey: string,
  url: string,
  token: string,
  body: unknown,
  fields: ScanFields,
): Promise<Statement[]> {
  const config = readConfig({ LOG_LEVEL: 'silent', DATABASE_URL: databaseUrl, DATABASE_KIND: 'embedded', RATE_LIMIT: 'off' });
  const app = await createApp({ config, databaseUrl, secretKey, clock: new RunningClock(), origin: 'http://127.0.0.1' });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const recorded: Query[] = [];
  const since = Date.now();
  const original = Client.prototype.query;
  Client.prototype.query = function listen(this: Client, ...args: unknown[]) {
    const [first, second] = args;
    const query = typeof first === 'string' ? { text: first, values: Array.isArray(second) ? second : [] } : (first as Query);
    recorded.push({ text: query.text, values: query.values ?? [] });
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    const answer = await app.inject({ method: 'PUT', url, headers: { authorization: `Bearer ${token}` }, payload: body as object });
    if (answer.statusCode !== 201) throw new Error(`the recorded scan was refused: ${answer.payload}`);
  } finally {
    Client.prototype.query = original;
    await app.close();
  }
  return recorded.map((query) => asStatement(query, fields, since));
}
