import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { oneWriteSocket } from './one-write-socket';

/**
 * Raw connections for the ledger's one write function, which opens no transaction of its own: the one exception to
 * "all writes inside a unit of work".
 */
export class LedgerPool implements OnApplicationShutdown {
  readonly pool: Pool;

  constructor(url: string, patienceMs: number) {
    this.pool = new Pool({
      connectionString: url,
      stream: oneWriteSocket,
      max: 8,
      application_name: 'timebank ledger',
      connectionTimeoutMillis: patienceMs,
      // As the other pool: a new connection is dearest in the middle of a burst.
      idleTimeoutMillis: 600_000,
      statement_timeout: 30_000,
    });
    this.pool.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
