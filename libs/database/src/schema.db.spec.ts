import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, schemaText, type TestDatabase } from '@timebank/testing';

const header =
  '-- What the files here make, for readers: nothing runs it, `npm run generate` writes it. What a function does stands in functions/.\n\n';
const file = 'prisma-free-migrations/schema.sql';

describe('the schema in one file', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is what the migrations make; `npm run generate` writes it', async () => {
    const made = header + (await schemaText(database));
    if (process.env['GENERATE'] === 'on') writeFileSync(file, made);
    expect(readFileSync(file, 'utf8')).toBe(made);
  });
});
