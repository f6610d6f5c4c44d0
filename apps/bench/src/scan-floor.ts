import { createServer } from 'node:http';
import { Pool } from 'pg';

/** One statement of a scan. A value is a constant, or a field of the scan that is being replayed. */
export type Statement = { text: string; values: ({ constant: unknown } | { field: string } | { bytes: string })[] };

/** Runs in a process of its own: the least a server can do for a scan, `node:http`, JSON and the same SQL by `pg`. */
export async function serveFloor(databaseUrl: string, statements: Statement[]): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  const named = statements.map((statement, index) => ({ ...statement, name: `floor_${index}` }));
  const run = async (scan: Record<string, string>): Promise<void> => {
    const client = await pool.connect();
    try {
      for (const { name, text, values } of named) {
        if (values.length === 0) await client.query(text);
        else {
          await client.query({
            name,
            text,
            rowMode: 'array',
            values: values.map((value) =>
              'constant' in value ? value.constant : 'field' in value ? scan[value.field] : Buffer.from(scan[value.bytes] as string, 'hex'),
            ),
          });
        }
      }
    } finally {
      client.release();
    }
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      run(JSON.parse(body) as Record<string, string>).then(
        () => response.writeHead(201, { 'content-type': 'application/json' }).end('{"state":"in_progress"}'),
        (error: Error) => response.writeHead(500).end(error.message),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`{"event":"listening","port":${(server.address() as { port: number }).port}}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}
