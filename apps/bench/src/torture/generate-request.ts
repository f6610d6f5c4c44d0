import { newId } from '@timebank/kernel';
import type { Random } from '../random';

export type Schema = {
  /** `#/components/schemas/NAME` */
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  additionalProperties?: Schema | boolean;
};
type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: Schema };
export type Operation = {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
};
export type GeneratedRequest = { method: string; url: string; rawBody: string | null; contentType: string };

/** Ids and texts of things that exist, by the name a field or parameter has: so that requests get past the door. */
export type KnownValues = Record<string, readonly string[]>;

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const hostile: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff x',
  'x'.repeat(10_000),
  '\u202e\u0645\u0631\u062d\u0628\u0627',
  '\u{1f475}\u{1f3fd}',
  "'; drop table transfer; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '../../etc/passwd',
  '%00',
  '%s%n',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e309',
  '9'.repeat(400),
  'null',
  'true',
  '2026-02-30',
  '2026-02-30T25:61:61Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  'g0000000-0000-0000-0000-000000000000',
  -1,
  0,
  1,
  0.5,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { $gt: '' },
  { __proto__: null, constructor: 1 },
  deep(200),
  Array.from({ length: 1_001 }, () => 'x'),
];
const rawBodies: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '0',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '{"__proto__":{"admin":true}}',
  '\u0000',
  `{"a":"${'x'.repeat(300_000)}"}`,
  '{"a":1e99999}',
  '['.repeat(50_000),
];
const samples: readonly [RegExp, readonly string[]][] = [
  [/1\\d\{10\}/, ['13800000001', '025-88880000', '+8613800000001']],
  [/19\|20\|21/, ['2026-03', '2026-13', '1999-12']],
  [/\[a-z(0-9)?_\]/, ['company', 'meal', 'bathing', 'first_aid', 'unknown_kind']],
  [/\\d\{6\}/, ['000000', '123456']],
];

export class RequestGenerator {
  constructor(
    private readonly random: Random,
    private readonly known: KnownValues,
    /** The described messages, by name. */
    private readonly schemas: Record<string, Schema>,
  ) {}

  private text(schema: Schema, name: string): string {
    const known = this.known[name];
    if (known && known.length > 0 && this.random.next() < 0.85) return this.random.pick(known);
    if (schema.format === 'uuid') return newId();
    if (schema.format === 'date-time') return new Date(Date.now() + this.random.integer(-2_000, 20_000) * 60_000).toISOString();
    if (schema.format === 'date') return new Date(Date.now() - this.random.integer(-400, 30_000) * 86_400_000).toISOString().slice(0, 10);
    const sample = samples.find(([pattern]) => schema.pattern !== undefined && pattern.test(schema.pattern));
    if (sample) return this.random.pick(sample[1]);
    return 'text '.repeat(40).slice(0, Math.max(schema.minLength ?? 1, this.random.integer(1, Math.min(schema.maxLength ?? 30, 120))));
  }

  private object(schema: Schema): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (schema.required?.includes(name) || this.random.next() < 0.5) result[name] = this.value(property, name);
    }
    if (typeof schema.additionalProperties === 'object' && !schema.properties)
      result[this.text({ format: 'uuid' }, 'visitId')] = this.value(schema.additionalProperties, '');
    return result;
  }

  private named(reference: string): Schema {
    const schema = this.schemas[reference.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`the description has no ${reference}`);
    return schema;
  }

  /** A value that the schema allows, with known ids where the name fits. */
  value(schema: Schema, name: string): unknown {
    if (schema.$ref !== undefined) return this.value(this.named(schema.$ref), name);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return this.random.pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.value(this.random.pick(choices), name);
    const type = Array.isArray(schema.type) ? this.random.pick(schema.type) : schema.type;
    if (type === 'object' || schema.properties) return this.object(schema);
    if (type === 'array') {
      const single = name.replace(/s$/, '');
      return Array.from({ length: this.random.integer(1, Math.min(schema.maxItems ?? 4, 4)) }, () =>
        this.value(schema.items ?? {}, single),
      );
    }
    if (type === 'integer' || type === 'number')
      return this.random.integer(Math.max(schema.minimum ?? 0, -1_000), Math.min(schema.maximum ?? 500, 500));
    if (type === 'boolean') return this.random.next() < 0.5;
    if (type === 'null') return null;
    if (type === 'string') return this.text(schema, name);
    return this.random.pick(hostile);
  }

  /** Puts something hostile at a random place of a value. */
  private spoil(value: unknown): unknown {
    if (value === null || typeof value !== 'object' || this.random.next() < 0.1) return this.random.pick(hostile);
    const keys = Object.keys(value);
    if (keys.length === 0 || this.random.next() < 0.1) return { ...value, unexpected: this.random.pick(hostile) };
    const key = this.random.pick(keys);
    if (this.random.next() < 0.2) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      return rest;
    }
    const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    copy[key] = this.spoil(copy[key]);
    return copy;
  }

  private place(parameter: Parameter, isSpoiled: boolean): string {
    const value = isSpoiled && this.random.next() < 0.4 ? this.random.pick(hostile) : this.value(parameter.schema, parameter.name);
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return encodeURIComponent(text.slice(0, 2_000).toWellFormed());
  }

  /** One request for an operation: about half as the description allows, half spoiled somewhere. */
  request(operation: Operation): GeneratedRequest {
    const isSpoiled = this.random.next() < 0.5;
    let url = operation.path;
    const query: string[] = [];
    for (const parameter of operation.parameters) {
      const spoilHere = isSpoiled && this.random.next() < 0.3;
      if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, this.place(parameter, spoilHere) || '-');
      else if (this.random.next() < 0.5) query.push(`${parameter.name}=${this.place(parameter, spoilHere)}`);
    }
    if (isSpoiled && this.random.next() < 0.05)
      query.push(this.random.pick(['%00', '%ff=%fe', 'limit=1&limit=2', '__proto__[x]=1', '=', '&&&']));
    let rawBody: string | null = null;
    if (operation.body) {
      const value = this.value(operation.body, '');
      rawBody = isSpoiled && this.random.next() < 0.1 ? this.random.pick(rawBodies) : JSON.stringify(isSpoiled ? this.spoil(value) : value);
    }
    const contentType =
      isSpoiled && this.random.next() < 0.05
        ? this.random.pick(['text/plain', 'application/xml', 'multipart/form-data', ''])
        : 'application/json';
    return { method: operation.method, url: url + (query.length > 0 ? `?${query.join('&')}` : ''), rawBody, contentType };
  }
}
