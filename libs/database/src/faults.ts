import { refuse } from '@timebank/contract';

type PostgresError = Error & { code?: string; constraint?: string };

/** Serialization failure, deadlock: the whole unit may start again. */
export function isRetryable(error: unknown): boolean {
  const code = (error as PostgresError).code;
  return code === '40001' || code === '40P01';
}

/** A write was refused because the transaction, or the whole server, only reads. */
export function isReadOnly(error: unknown): boolean {
  return (error as PostgresError).code === '25006';
}

type Outage = { reason?: string; retryAfterSeconds: number };

const away: Outage = { retryAfterSeconds: 2 };

/** Errors that no caller caused and that pass: SQLSTATEs and their classes (two characters), and the system's errors about a connection. */
const outages: Readonly<Record<string, Outage>> = {
  ...Object.fromEntries(
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) => [code, away]),
  ),
  /** The connection was lost, or could not be made. */
  '08': away,
  /** The server is ending, has crashed, or is starting. */
  ...Object.fromEntries(['57P01', '57P02', '57P03'].map((code) => [code, away])),
  /** Too many connections. */
  '53300': away,
  '53100': { reason: 'disk_full', retryAfterSeconds: 30 },
  /** Out of memory, or of something else that a server has only so much of. */
  '53': { reason: 'resources', retryAfterSeconds: 10 },
  /** The disk could not be read or written. */
  '58030': { reason: 'disk', retryAfterSeconds: 30 },
  /** A standby that is no primary yet. */
  '25006': { reason: 'read_only', retryAfterSeconds: 5 },
  /** It took longer than anything may take, or was in others' way however often it was tried. */
  '57014': { reason: 'overloaded', retryAfterSeconds: 5 },
  '40': { reason: 'overloaded', retryAfterSeconds: 1 },
};

/** The driver's own words for a connection that is gone; it gives them no code. */
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Driver not Connected/i;

/** A database that is lost, missing, full or worn out as a refusal; anything else as it was. */
export function asOutage(error: unknown): unknown {
  const { code = '', message = '' } = error as PostgresError;
  const outage = outages[code] ?? outages[code.slice(0, 2)] ?? (lostConnection.test(message) ? away : undefined);
  return outage === undefined ? error : refuse('service/unavailable', { ...outage });
}

/** What the schema raises in a closed bank: the writer had passed the door before the closing. */
const closedBank = 'TB001';

/** As `asOutage`, and a bank that has been closed meanwhile. */
export function asRefusal(error: unknown): unknown {
  return (error as PostgresError).code === closedBank ? refuse('banks/closed') : asOutage(error);
}

/** Whether an error is a violation of the named unique, check or foreign key constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return (error as PostgresError).constraint === constraint;
}
