import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeApi } from '@timebank/contract';

const file = 'apps/api/openapi.json';

it('the committed OpenAPI file is what the route table describes; `npm run generate` writes it', () => {
  const described = `${JSON.stringify(describeApi(), null, 2)}\n`;
  if (process.env['GENERATE'] === 'on') writeFileSync(file, described);
  expect(readFileSync(file, 'utf8')).toBe(described);
});
