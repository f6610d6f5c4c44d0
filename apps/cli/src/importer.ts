import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@timebank/database';
import { DocumentsImportModule, KeepDigests } from '@timebank/documents';
import { RunningClock } from '@timebank/kernel';
import type { Environment } from './environment';

/** The room of documents with the import's login, for `work`; the application's may not write them. */
export async function asImporter<Result>(url: string, work: (rooms: INestApplicationContext) => Promise<Result>): Promise<Result> {
  const root = {
    module: class Importer {},
    imports: [DatabaseModule.forRoot({ url, clock: new RunningClock(), poolSize: 2 }), DocumentsImportModule],
  };
  const rooms = await NestFactory.createApplicationContext(root, { logger: ['error', 'warn'], abortOnError: false });
  try {
    return await work(rooms);
  } finally {
    await rooms.close();
  }
}

/** Stores the digests of this release; does nothing if they are there already. Null: no login for the import is named. */
export async function keepDigests({ importUrl }: Environment): Promise<boolean | null> {
  return importUrl === null ? null : asImporter(importUrl, (rooms) => rooms.get(KeepDigests, { strict: false }).run());
}
