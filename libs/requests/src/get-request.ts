import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ShareHours } from './share-hours';
import { answerOf, banksOfViewer, requestSelect, viewerOf, visibleTo, type RequestViewRow } from './request-view';

/** One request as its reader may see it; `requests/not_found` for what they may not. */
@Injectable()
export class GetRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
    private readonly shareHours: ShareHours,
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
        values.push(viewer.memberId);
        const mayTake = viewer.isVolunteer && (viewer.homeBankId === null || (await this.interchange.isOpen(banks)));
        if (mayTake) values.push(viewer.homeBankId ?? bankId);
        const isGuest = mayTake && viewer.homeBankId !== null;
        if (isGuest) values.push(await this.shareHours.before(bankId));
        sql += ` and ${visibleTo(viewer, '$4::uuid', mayTake ? '$5::uuid' : null, isGuest ? '$6::timestamptz' : null)}`;
      }
      return (await this.unit.query<RequestViewRow>(sql, values)).map((row) => answerOf(row, viewer));
    });
  }
}
