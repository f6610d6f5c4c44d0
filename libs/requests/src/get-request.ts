import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { answerOf, requestSelect, viewerOf, visibleTo, type RequestViewRow } from './request-view';

/** One request as its reader may see it; `requests/not_found` for what they may not. */
@Injectable()
export class GetRequest {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, requestId: string): Promise<RequestAnswer> {
    const viewer = viewerOf(actor, bankId);
    const values: unknown[] = [bankId, null, requestId];
    let sql = `${requestSelect} and r.request_id = $3`;
    if (!viewer.isStaff) {
      values.push(viewer.memberId);
      sql += ` and ${visibleTo(viewer, '$4::uuid', '$1::uuid')}`;
    }
    return this.unit.run([bankId], async () => {
      values[1] = this.unit.now;
      const row = await this.unit.one<RequestViewRow>(sql, values);
      if (!row) throw refuse('requests/not_found');
      return answerOf(row, viewer);
    });
  }
}
