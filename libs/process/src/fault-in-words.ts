type Fault = Partial<Error> & {
  code?: string;
  address?: string;
  port?: number;
  hostname?: string;
  path?: string;
  syscall?: string;
  errors?: unknown[];
  cause?: unknown;
};

const theDatabase = 'look at DATABASE_URL';
const aFolder = 'Set DATA_DIR (and CHECKPOINT_DIR, where it is set) to a folder that this user may write';
const noAnswer = ({ address, port, message }: Fault) =>
  `The database does not answer (${address === undefined ? message : `${address}:${port}`}): ${theDatabase}, and at the network between.`;
const refusesLogin = ({ message }: Fault) =>
  `The database refuses this login (${message}): ${theDatabase}. In a password, @ : / ? # and % are written %40 %3A %2F %3F %23 and %25.`;
const file = (what: string) => (fault: Fault) => (fault.path === undefined ? null : `${fault.path} ${what}. ${aFolder}.`);

/** What an operator can settle, by the code of the fault: the system's, or Postgres's SQLSTATE. */
const words: Readonly<Record<string, (fault: Fault) => string | null>> = {
  ECONNREFUSED: ({ address, port }) => `Nothing listens at ${address}:${port}: start the database, or ${theDatabase}.`,
  ENOTFOUND: ({ hostname }) => `There is no host ${hostname}: ${theDatabase}.`,
  EAI_AGAIN: ({ hostname }) => `The host ${hostname} cannot be looked up: ${theDatabase}, and at the network.`,
  ETIMEDOUT: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  ECONNRESET: noAnswer,
  EADDRINUSE: ({ port }) => `PORT: ${port} is taken. Set PORT to another.`,
  '28P01': refusesLogin,
  '28000': refusesLogin,
  '3D000': ({ message }) => `${message}: create it, or ${theDatabase}.`,
  '57P03': ({ message }) => `The database is not ready (${message}). Try again in a moment.`,
  '53300': ({ message }) => `The database takes no more connections (${message}). Try again, or raise its max_connections.`,
  '53100': ({ message }) => `The disk of the database is full (${message}). Make room and try again.`,
  '42501': ({ message }) => `The login may not do that (${message}). See "Settings" in README.md for what DATABASE_URL needs.`,
  EACCES: file('may not be used by this user'),
  EPERM: file('may not be used by this user'),
  EROFS: file('lies on a disk that is read-only'),
  EEXIST: file('is a file and not a folder'),
  ENOTDIR: file('lies below a file and not in a folder'),
  EISDIR: (fault) => (fault.syscall === 'read' ? 'That is a folder; name a file.' : file('is a folder and not a file')(fault)),
  ENOENT: ({ path }) => (path === undefined ? null : `${path} is not there.`),
  ENOSPC: ({ path }) => `The disk is full (${path ?? 'no file named'}). Make room and try again.`,
};

function* along(error: unknown): Generator<Fault> {
  let fault = error as Fault | null | undefined;
  for (let depth = 0; typeof fault === 'object' && fault !== null && depth < 8; depth += 1) {
    yield fault;
    fault = (fault.errors?.[0] ?? fault.cause) as Fault | undefined;
  }
}

/** A fault outside the program, as one line that says what to do; null for a fault of the program. */
export function faultInWords(error: unknown): string | null {
  for (const fault of along(error)) {
    const said = words[fault.code ?? '']?.(fault);
    if (said) return said;
    if (/does not support SSL/.test(fault.message ?? '')) return `${fault.message}: take sslmode out of DATABASE_URL.`;
    if (/timeout expired|Connection terminated due to connection timeout/.test(fault.message ?? '')) return noAnswer(fault);
  }
  return null;
}
