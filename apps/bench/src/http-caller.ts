import { Agent, request } from 'node:http';

export type Answer = { status: number; body: unknown; retryAfterSeconds: number | null };

/** A keep-alive caller of one API on 127.0.0.1. `send` rejects when no answer came, as a phone in a stairwell would see it. */
export class HttpCaller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private origin: string,
    public token: string | null = null,
  ) {}

  /** The same API after a restart on another port. */
  moveTo(origin: string): void {
    this.origin = origin;
  }

  send(method: string, path: string, body?: unknown, token = this.token): Promise<Answer> {
    return this.sendRaw(method, path, body === undefined ? null : JSON.stringify(body), 'application/json', token);
  }

  /** A body as it stands, for bodies that are no JSON at all. */
  sendRaw(method: string, path: string, payload: string | null, contentType: string, token: string | null): Promise<Answer> {
    return new Promise((answered, failed) => {
      const sent = request(
        this.origin + path,
        {
          method,
          agent: this.agent,
          timeout: 15_000,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(payload === null
              ? {}
              : { ...(contentType ? { 'content-type': contentType } : {}), 'content-length': Buffer.byteLength(payload) }),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', failed);
          response.on('end', () => {
            const retryAfter = response.headers['retry-after'];
            const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
            answered({
              status: response.statusCode ?? 0,
              body: isJson ? JSON.parse(text) : text,
              retryAfterSeconds: retryAfter ? Number(retryAfter) : null,
            });
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', failed);
      sent.end(payload ?? undefined);
    });
  }

  /** Sends and insists on a 2xx; anything else is an error that names route, status and code. */
  async must<Body>(method: string, path: string, body?: unknown, token = this.token): Promise<Body> {
    const answer = await this.send(method, path, body, token);
    if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  }

  close(): void {
    this.agent.destroy();
  }
}
