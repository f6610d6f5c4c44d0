import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { answerOf, banksOfViewer, requestSelect, viewerOf, visibleTo, type RequestViewRow } from './request-view';
import { Takeable } from './takeable';

/** One request as its reader may see it; `requests/not_found` for what they may not. */
@Injectable()
export class GetRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly takeable: Takeable,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string): Promise<RequestAnswer> {
    const [found] = await this.many(actor, bankId, [requestId]);
    if (!found) throw refuse('requests/not_found');
    return found;
  }

  /** Those of several that their reader may see, in no order. */
  async many(actor: Actor, bankId: string, requestIds: readonly string[]): Promise<RequestAnswer[]> {
    const viewer = viewerOf(actor, bankId);
    const banks = banksOfViewer(viewer, bankId);
    return this.unit.run(banks, async () => {
      const values: unknown[] = [bankId, this.unit.now, requestIds];
      let sql = `${requestSelect} and r.request_id = any ($3::uuid[])`;
      if (!viewer.isStaff) {
        const takes = await this.takeable.run(viewer, bankId);
        sql += ` and ${visibleTo(viewer, takes, (value, type) => `$${values.push(value)}::${type}`)}`;
      }
      return (await this.unit.query<RequestViewRow>(sql, values)).map((row) => answerOf(row, viewer));
    });
  }
}
