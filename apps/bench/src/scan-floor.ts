import { createServer } from 'node:http';
import { newId } from '@timebank/kernel';
import { Pool } from 'pg';

/** A constant, a field of the scan that is being replayed, or a new id. */
type Value = { constant: unknown } | { field: string } | { bytes: string } | { fresh: true };

/** One statement of a scan. */
export type Statement = { text: string; values: Value[] };

function valueOf(value: Value, scan: Record<string, string>): unknown {
  if ('constant' in value) return value.constant;
  if ('field' in value) return scan[value.field];
  return 'fresh' in value ? newId() : Buffer.from(scan[value.bytes] as string, 'hex');
}

/** Runs in a process of its own: the least a server can do for a scan: `node:http`, the same SQL by `pg`, and what was read last as JSON. */
export async function serveFloor(databaseUrl: string, statements: Statement[]): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  const named = statements.map((statement, index) => ({ ...statement, name: `floor_${index}` }));
  const run = async (scan: Record<string, string>): Promise<unknown> => {
    const client = await pool.connect();
    let read: unknown[] = [];
    try {
      for (const { name, text, values } of named) {
        if (values.length === 0) await client.query(text);
        else {
          const { rows } = await client.query({
            name,
            text,
            rowMode: 'array',
            values: values.map((value) => valueOf(value, scan)),
          });
          if (rows.length > 0) read = rows;
        }
      }
    } finally {
      client.release();
    }
    return read;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      run(JSON.parse(body) as Record<string, string>).then(
        (read) => response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(read)),
        (error: Error) => response.writeHead(500).end(error.message),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`{"event":"listening","port":${(server.address() as { port: number }).port}}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}
