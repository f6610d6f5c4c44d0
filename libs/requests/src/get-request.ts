import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { answerOf, banksOfViewer, requestSelect, viewerOf, visibleTo, type RequestViewRow } from './request-view';

/** One request as its reader may see it; `requests/not_found` for what they may not. */
@Injectable()
export class GetRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string): Promise<RequestAnswer> {
    const viewer = viewerOf(actor, bankId);
    const banks = banksOfViewer(viewer, bankId);
    return this.unit.run(banks, async () => {
      const values: unknown[] = [bankId, this.unit.now, requestId];
      let sql = `${requestSelect} and r.request_id = $3`;
      if (!viewer.isStaff) {
        values.push(viewer.memberId);
        const mayTake = viewer.isVolunteer && (viewer.homeBankId === null || (await this.interchange.isOpen(banks)));
        if (mayTake) values.push(viewer.homeBankId ?? bankId);
        sql += ` and ${visibleTo(viewer, '$4::uuid', mayTake ? '$5::uuid' : null)}`;
      }
      const row = await this.unit.one<RequestViewRow>(sql, values);
      if (!row) throw refuse('requests/not_found');
      return answerOf(row, viewer);
    });
  }
}
