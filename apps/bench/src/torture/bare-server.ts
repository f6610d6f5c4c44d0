import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

const second = 1_000;

/** The child's side: refuses every request at once and lets its body run out, with the product's patience. Nothing that takes requests does less. */
export function serveBare(): void {
  const server = createServer(
    { requestTimeout: 30 * second, headersTimeout: 10 * second, connectionsCheckingInterval: 2 * second },
    (request, response) => {
      request.resume();
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
    },
  );
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
}

/** What the same flood costs the machine where nobody works on it: to be held beside what it costs at the product. */
export class BareServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<BareServer> {
    const child = spawn(process.execPath, ['dist/apps/bench/main.js', 'bare'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return new BareServer(child, Number(line));
  }

  async end(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }
}
