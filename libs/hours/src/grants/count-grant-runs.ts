import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FindObstacles } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';

/** A month of grants under way prevents closing a bank. */
@Injectable()
export class CountGrantRuns implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly obstacles: FindObstacles,
  ) {}

  onModuleInit(): void {
    this.obstacles.register(['grantRuns'], (bankId) => this.run(bankId));
  }

  private async run(bankId: string): Promise<{ grantRuns: number }> {
    const found = await this.unit.one<{ grantRuns: number }>(
      'select count(*) as grant_runs from grant_run where bank_id = $1 and finished_at is null',
      [bankId],
    );
    return { grantRuns: found?.grantRuns ?? 0 };
  }
}
