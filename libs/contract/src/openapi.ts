import { z } from 'zod';
import { describeNamed, type Json } from './named-messages';
import { routes, type RouteDefinition } from './routes';

const { schemaOf, schemas } = describeNamed(
  Object.values(routes).flatMap(({ body, answer, waiting }) => [
    { message: body, io: 'input' },
    { message: answer, io: 'output' },
    { message: waiting, io: 'output' },
  ]),
);

/** Written out: parameters have no message of their own. */
function plainSchemaOf(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
}

function parametersOf(route: RouteDefinition): Json[] {
  return (['path', 'query'] as const).flatMap((place) => {
    const schema = place === 'path' ? route.params : route.query;
    if (!schema) return [];
    const shape = plainSchemaOf(schema) as { properties?: Record<string, Json>; required?: string[] };
    return Object.entries(shape.properties ?? {}).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || (shape.required ?? []).includes(name),
      schema: property,
    }));
  });
}

function answersOf(route: RouteDefinition): Json {
  const unparsed = route.media.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };
  const content = { [route.media]: { schema: route.answer === null ? unparsed : schemaOf(route.answer, 'output') } };
  const refusal = { description: 'Refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } };
  const first = route.kind === 'read' ? { 200: { description: 'OK', content } } : { 201: { description: 'Laid down', content } };
  const later = route.waiting && {
    202: {
      description: 'Waits for the same call by a second person',
      content: { [route.media]: { schema: schemaOf(route.waiting, 'output') } },
    },
  };
  return { ...first, ...later, ...(route.kind === 'put' ? { 200: { description: 'Was there already', content } } : {}), default: refusal };
}

const fileForm = (kinds: readonly string[]): Json => ({
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, kind: { type: 'string', enum: kinds } },
});

function operationOf(route: RouteDefinition): Json {
  const optional = route.body?.safeParse(undefined).success ?? false;
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.path.split('/').find((part) => part !== '' && part !== 'api' && part !== 'banks' && !part.startsWith(':')) ?? 'banks'],
    'x-permission': route.permission,
    ...(route.permission === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(route),
    ...(route.body
      ? { requestBody: { required: !optional, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
      : {}),
    ...(route.takesFile
      ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: fileForm(route.takesFile) } } } }
      : {}),
    responses: answersOf(route),
  };
}

/** The OpenAPI 3.1 description of the whole API, made from the route table; committed as `apps/api/openapi.json`. */
export function describeApi(): Json {
  const pathItems: Record<string, Json> = {};
  for (const route of Object.values(routes)) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    (pathItems[path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Timebank',
      version: '1',
      description: 'Minutes are integers, instants ISO 8601 UTC. Refusals carry a code, never a sentence.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths: pathItems,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: 'timebank_session' } },
      schemas: {
        ...schemas,
        Refusal: {
          type: 'object',
          required: ['code', 'parameters'],
          properties: {
            code: { type: 'string', examples: ['ledger/overdraft'] },
            parameters: { type: 'object' },
            path: { type: 'string' },
          },
        },
      },
    },
  };
}
