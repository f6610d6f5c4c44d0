import { Injectable } from '@nestjs/common';
import { pageOf, readCursor } from '@timebank/database';
import { type SignedCheckpoint, statementHash } from './checkpoint.rules';
import { ReadCheckpoints } from './read-checkpoints';

/** No checkpoint has a greater number: Postgres's largest integer. */
const newestOfAll = 2_147_483_647;

type ListedCheckpoint = SignedCheckpoint & { fingerprint: string };

/** A page of a bank's checkpoints, newest first. They are public: numbers, hashes and counts, no names and no accounts. */
@Injectable()
export class ListCheckpoints {
  constructor(private readonly readCheckpoints: ReadCheckpoints) {}

  async run(
    bankId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: ListedCheckpoint[]; nextCursor: string | null }> {
    const below = Math.max(0, Math.min(newestOfAll, Number(readCursor(page.cursor, ['integer'])?.[0] ?? newestOfAll)));
    const rows = await this.readCheckpoints.run(bankId, below, page.limit + 1);
    const listed = rows.map((checkpoint) => ({ ...checkpoint, fingerprint: statementHash(checkpoint.statement) }));
    return pageOf(listed, page.limit, ({ statement }) => [statement.number]);
  }
}
