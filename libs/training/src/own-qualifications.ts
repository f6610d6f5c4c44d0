import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { OwnQualifications as OwnAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { OwnMember, ReadStandings } from '@timebank/members';
import { learntSql } from './grant-by-course';

/** What somebody is qualified for, how it stands today, and how far they are with what must be learnt before it is renewed. */
@Injectable()
export class OwnQualifications {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownMember: OwnMember,
    private readonly standings: ReadStandings,
  ) {}

  async run(actor: Actor): Promise<OwnAnswer> {
    const member = await this.ownMember.run(actor);
    if (!member) return { items: [] };
    const { bankId, memberId } = member;
    return this.unit.run([bankId], async () => {
      const items: OwnAnswer['items'] = [];
      for (const { code, names, status, validUntil, exemptUntil, refresherMinutes, recordedAt, includes } of await this.standings.run(
        bankId,
        memberId,
      )) {
        const until = status === 'exempt' ? exemptUntil : (validUntil ?? exemptUntil);
        if (until === null) continue;
        const learnt = await this.unit.one<{ minutes: number }>(learntSql, [bankId, memberId, code, recordedAt]);
        items.push({ code, names: names ?? {}, status, until, refresherMinutes, learntMinutes: learnt?.minutes ?? 0, includes });
      }
      return { items };
    });
  }
}
