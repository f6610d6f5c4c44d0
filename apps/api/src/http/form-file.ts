import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type ImportKind, importKinds, refuse } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';

export type FormFile = { name: string; bytes: Uint8Array; kind: ImportKind | null };

/** Reads a form of one file and what kind it is. Refuses `request/malformed` for what is no such form, and `imports/no_file`. */
async function formFileOf({ body, headers }: FastifyRequest): Promise<FormFile> {
  if (!Buffer.isBuffer(body)) throw refuse('imports/no_file', {}, 'body.file');
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } })
    .formData()
    .catch(() => {
      throw refuse('request/malformed', { problem: 'unreadable_form' }, 'body');
    });
  const file = [...form.values()].find((value) => value instanceof File);
  if (!(file instanceof File) || file.size === 0) throw refuse('imports/no_file', {}, 'body.file');
  const said = form.get('kind');
  const kind = importKinds.find((one) => one === said) ?? null;
  if (kind === null && said !== null && said !== '') throw refuse('request/malformed', { problem: 'invalid_value' }, 'body.kind');
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), kind };
}

/** The file of a form; see `takesFile` of the route table. */
export const SentFile = createParamDecorator((_: unknown, context: ExecutionContext) =>
  formFileOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
