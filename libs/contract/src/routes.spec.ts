import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { reasonCode } from './primitives';
import { routes } from './routes';

type Schema = {
  type?: string;
  pattern?: string;
  enum?: unknown[];
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

/** Bytes of the longest text of JSON that a message allows, each character escaped; what has a pattern and no length is an id or a day, which nobody escapes. */
function longest({ type, enum: words, maxLength, maxItems = 0, items = {}, properties = {}, anyOf }: Schema): number {
  if (anyOf) return Math.max(...anyOf.map(longest));
  if (words) return Math.max(...words.map((word) => JSON.stringify(word).length));
  if (type === 'string') return maxLength === undefined ? 42 : maxLength * 6 + 2;
  if (type === 'array') return maxItems * (longest(items) + 8) + 2;
  if (type === 'object') return Object.entries(properties).reduce((sum, [name, field]) => sum + name.length + 10 + longest(field), 2);
  return 24;
}

describe('the route table', () => {
  it('A1: gives each route room for the largest body that its message allows', () => {
    for (const { name, body, largestBody } of Object.values(routes)) {
      if (body === null) continue;
      const bytes = longest(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema);
      expect([name, bytes < largestBody.bytes * 0.9]).toEqual([name, true]);
    }
  });

  it("names the field of a reason's code wherever a message has one, and no text", () => {
    const texts = ['sayRestored reason'];
    const { pattern } = z.toJSONSchema(reasonCode) as Schema;
    const fieldsOf = ({ properties = {}, anyOf = [], oneOf = anyOf }: Schema): [string, Schema][] => [
      ...Object.entries(properties),
      ...oneOf.flatMap(fieldsOf),
    ];
    const found = Object.values(routes).flatMap(({ name, body, reasonField }) => {
      const fields = body ? fieldsOf(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema) : [];
      return fields
        .filter(([field]) => /reason|cause|why/i.test(field) && !texts.includes(`${name} ${field}`))
        .map(([field, schema]) => ({ name, field, reasonField, isCode: schema.enum !== undefined || schema.pattern === pattern }));
    });
    expect(found.length).toBeGreaterThan(13);
    expect(found.filter(({ field, reasonField, isCode }) => field !== reasonField || !isCode)).toEqual([]);
  });

  it('says of whatever answers a token, a card or a code that it holds a secret, and of what takes a password or sends a code', () => {
    const looksSecret = ({ answer, path, method }: (typeof routes)['me']) => {
      const says = (schema: z.ZodType | null, io: 'input' | 'output', names: RegExp) =>
        schema !== null && names.test(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })));
      return (
        says(answer, 'output', /"(token|challenge|svg|pdf|screenUrl)":/) ||
        (method === 'POST' && /codes|resets|calendar/.test(path)) ||
        /password/.test(path)
      );
    };
    const found = Object.values(routes).filter(looksSecret);
    expect(found.map(({ name }) => name).sort()).toEqual(
      Object.values(routes)
        .filter(({ secret }) => secret)
        .map(({ name }) => name)
        .sort(),
    );
    expect(found.length).toBeGreaterThan(8);
  });

  it('A3: calls costly whatever is drawn, streamed, proven, searched or counted over many rows', () => {
    // Figures of the process itself; an index of words, which has a limit of its own for each address; and the desk's box, asked at every letter, which
    // reads a few stretches of indexes, each of them cut off. What a change of a series would do costs what doing it costs. A calendar is
    // a page of one person's own visits.
    const cheap = ['metrics', 'readCalendar', 'searchDocuments', 'search', 'previewSeries'];
    const looksCostly = ({ path, media }: (typeof routes)['me']) =>
      media !== 'application/json' || /statement|reports|proof|preview|trial-balance|search|everything|export/.test(path);
    const found = Object.values(routes).filter((route) => looksCostly(route) && !cheap.includes(route.name));
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter(({ costly }) => !costly).map(({ name }) => name)).toEqual([]);
    // Whatever writes is cheap, but for the one act that answers what is drawn.
    const writing = Object.values(routes).filter(({ costly, method }) => costly && method !== 'GET');
    expect(writing.map(({ name }) => name).sort()).toEqual(['checkImport', 'createImport', 'putCardSheet', 'startImport']);
  });
});
