import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FindObstacles } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';

/** Requests that have not lapsed prevent closing a bank. */
@Injectable()
export class CountOpenRequests implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly obstacles: FindObstacles,
  ) {}

  onModuleInit(): void {
    this.obstacles.register(['openRequests'], (bankId) => this.run(bankId));
  }

  private async run(bankId: string): Promise<{ openRequests: number }> {
    const found = await this.unit.one<{ openRequests: number }>(
      `select count(*) as open_requests from request where bank_id = $1 and state = 'open' and ends_at > $2`,
      [bankId, this.unit.now],
    );
    return { openRequests: found?.openRequests ?? 0 };
  }
}
