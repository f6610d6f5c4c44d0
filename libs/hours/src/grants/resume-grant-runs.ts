import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { PostGrantChunk } from './post-grant-chunk';

type How = {
  /** Stops after the chunk in which so much real time has passed; without it, when the run is done. */
  withinMilliseconds?: number;
  /** Members a transaction. */
  chunkMembers?: number;
  /** Told after every chunk. */
  onProgress?: (settledMembers: number, eligibleMembers: number) => void;
};

/**
 * Goes on with runs of grants that were cut off, chunk by chunk, until they are done. Safe at any time and twice at once:
 * chunks of a run come one after another, and none is posted twice.
 */
@Injectable()
export class ResumeGrantRuns {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly postGrantChunk: PostGrantChunk,
  ) {}

  /** Every run of a bank; returns how many members were settled. */
  async ofBank(bankId: string): Promise<number> {
    let settled = 0;
    const going = await this.unit.run([bankId], () =>
      this.unit.query<{ runId: string }>('select run_id from grant_run where bank_id = $1 and finished_at is null order by month', [
        bankId,
      ]),
    );
    for (const { runId } of going) settled += await this.one(bankId, runId);
    return settled;
  }

  /** One run; returns how many members were settled. */
  async one(bankId: string, runId: string, { withinMilliseconds, chunkMembers, onProgress }: How = {}): Promise<number> {
    const startedAt = performance.now();
    for (let settled = 0; ;) {
      const chunk = await this.postGrantChunk.run(bankId, runId, chunkMembers);
      settled += chunk.members;
      if (chunk.members > 0) onProgress?.(chunk.settledMembers, chunk.eligibleMembers);
      const isLate = withinMilliseconds !== undefined && performance.now() - startedAt > withinMilliseconds;
      if (chunk.settledMembers >= chunk.eligibleMembers || isLate) return settled;
    }
  }
}
