import { refuse } from '@timebank/contract';

type PostgresError = Error & { code?: string; constraint?: string };

/** Serialization failure, deadlock: the whole unit may start again. */
export function isRetryable(error: unknown): boolean {
  const code = (error as PostgresError).code;
  return code === '40001' || code === '40P01';
}

const outageCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', '57P01', '57P02', '57P03', '53300']);

/** A lost or missing database as a refusal; anything else as it was. */
export function asOutage(error: unknown): unknown {
  const { code, message } = error as PostgresError;
  const away =
    (code !== undefined && (outageCodes.has(code) || code.startsWith('08'))) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Driver not Connected/i.test(
      message ?? '',
    );
  return away ? refuse('service/unavailable', { retryAfterSeconds: 2 }) : error;
}

/** Whether an error is a violation of the named unique, check or foreign key constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return (error as PostgresError).constraint === constraint;
}
