import { type RefusalCode, refusals } from '@timebank/contract';
import { Random } from '../random';
import { type GeneratedRequest, type KnownValues, type Operation, RequestGenerator, type Schema } from './generate-request';

export type FuzzReport = {
  seed: number;
  requests: number;
  byStatus: Record<string, number>;
  faults: { request: GeneratedRequest; status: number; body: string }[];
};
export type FuzzTarget = {
  description: unknown;
  known: KnownValues;
  tokens: readonly (string | null)[];
  send(request: GeneratedRequest, token: string | null): Promise<{ status: number; body: string }>;
  /** Throws when the ledger no longer holds. */
  checkInvariants(): Promise<void>;
};

type OperationDescription = { parameters?: Operation['parameters']; requestBody?: { content: Record<string, { schema: Schema }> } };

const schemasOf = (description: unknown) => (description as { components: { schemas: Record<string, Schema> } }).components.schemas;

function operationsOf(description: unknown): Operation[] {
  const { paths } = description as { paths: Record<string, Record<string, OperationDescription>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      parameters: described.parameters ?? [],
      body: described.requestBody?.content['application/json']?.schema ?? null,
    })),
  );
}

/** Below 500, and a refusal carries a code of the closed list with that code's own status. */
function isProper(status: number, body: string): boolean {
  if (status >= 500) return false;
  if (status < 400) return true;
  try {
    return refusals[(JSON.parse(body) as { code: RefusalCode }).code] === status;
  } catch {
    return false;
  }
}

/** Ends a caller's own sign-in or bank role: those would stop the fuzzer from getting anywhere. */
const spared = new Set(['DELETE /api/sessions', 'DELETE /api/sessions/current']);

/**
 * Sends `count` requests made from the OpenAPI description, half of them spoiled, as different callers. A status of 500 or
 * more is a fault, and so is a refusal without a code of the closed list. The seed replays the run.
 */
export async function fuzz(target: FuzzTarget, count: number, seed: number): Promise<FuzzReport> {
  const random = new Random(seed);
  const generator = new RequestGenerator(random, target.known, schemasOf(target.description));
  const operations = operationsOf(target.description).filter((operation) => !spared.has(`${operation.method} ${operation.path}`));
  const report: FuzzReport = { seed, requests: 0, byStatus: {}, faults: [] };
  for (; report.requests < count; report.requests += 1) {
    const request = generator.request(random.pick(operations));
    const answer = await target.send(request, random.pick(target.tokens));
    report.byStatus[answer.status] = (report.byStatus[answer.status] ?? 0) + 1;
    if (!isProper(answer.status, answer.body)) report.faults.push({ request, status: answer.status, body: answer.body.slice(0, 500) });
    if (report.requests % 10_000 === 9_999) await target.checkInvariants();
  }
  await target.checkInvariants();
  return report;
}
