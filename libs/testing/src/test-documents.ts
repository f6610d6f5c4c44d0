import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@timebank/database';
import { DocumentsImportModule } from '@timebank/documents';
import type { INestApplicationContext } from '@nestjs/common';
import { ManualClock } from '@timebank/kernel';
import type { TestDatabase } from './test-database';
import { testStart } from './test-rooms';

/** The room of documents as the import's login has it, for `work`. */
export async function asImporter<Result>(
  database: TestDatabase,
  work: (rooms: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const root = {
    module: class TestImporter {},
    imports: [DatabaseModule.forRoot({ url: database.importUrl, clock: new ManualClock(testStart), poolSize: 2 }), DocumentsImportModule],
  };
  const context = await NestFactory.createApplicationContext(root, { logger: ['error'], abortOnError: false });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
