import { Injectable } from '@nestjs/common';
import { type GrantPreview, type GrantPreviewQuery, type GrantReason, grantReasons } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { Account } from '@timebank/ledger';
import { eligibleMembers, GrantMonth, type GrantMonthFound } from './grant-month';
import { sourcesOf, takenOf } from './grant-shares.rules';
import { PolicyToday } from '../policy-today';
import { ageOn } from '../transfers/transfer.rules';

type Sum = { reason: GrantReason; members: number; ceilingMembers: number; minutes: number };
type Line = {
  memberId: string;
  memberNumber: string;
  name: string;
  birthDate: string;
  reason: GrantReason;
  rank: number;
  roomMinutes: number | null;
};

/**
 * What a month's grants would do if they went out now; changes nothing. Says who is eligible and why, what fits under the ceilings, and what pool,
 * fund and issuance would give. Members in the order in which minutes go out: by reason, the oldest first. Refuses `grants/month_in_future`,
 * `grants/month_before_bank`. The door lets admins only.
 */
@Injectable()
export class PreviewGrants {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantMonth: GrantMonth,
    private readonly policyToday: PolicyToday,
  ) {}

  async run(bankId: string, { month, limit, cursor }: GrantPreviewQuery): Promise<GrantPreview> {
    const after = readCursor(cursor, ['integer', 'day', 'uuid']);
    return this.unit.run([bankId], async () => {
      const found = await this.grantMonth.run(bankId, month, 'query.month');
      const { grantMinutesMonthly: minutesEach } = found.policy;
      const sums = await this.sums(found, minutesEach);
      const total = (read: (sum: Sum) => number) => sums.reduce((sum, one) => sum + read(one), 0);
      const eligible = total((sum) => sum.members);
      const grantMinutes = total((sum) => sum.minutes);
      const known = await this.unit.one<{ runId: string }>('select run_id from grant_run where bank_id = $1 and month = $2', [
        bankId,
        month,
      ]);
      const page = pageOf(await this.lines(found, after, limit), limit, (line) => [line.rank, line.birthDate, line.memberId]);
      return {
        month,
        minutesEach,
        eligibleMembers: eligible,
        reasons: grantReasons.map((reason) => ({ reason, members: sums.find((sum) => sum.reason === reason)?.members ?? 0 })),
        wantedMinutes: eligible * minutesEach,
        grantMinutes,
        ceilingMembers: total((sum) => sum.ceilingMembers),
        ...sourcesOf(grantMinutes, await this.means(found)),
        runId: known?.runId ?? null,
        items: page.items.map(({ memberId, memberNumber, name, birthDate, reason, roomMinutes }) => ({
          memberId,
          memberNumber,
          name,
          age: ageOn(birthDate, `${month}-01`),
          reason,
          minutes: takenOf(minutesEach, roomMinutes),
        })),
        nextCursor: page.nextCursor,
      };
    });
  }

  private sums({ eligible }: GrantMonthFound, minutesEach: number): Promise<Sum[]> {
    return this.unit.query<Sum>(
      `select reason, count(*) as members, count(*) filter (where room_minutes < $6) as ceiling_members,
              sum(greatest(0, least($6, coalesce(room_minutes, $6))))::bigint as minutes
         from (${eligibleMembers}) eligible group by reason`,
      [...eligible, minutesEach],
    );
  }

  private lines({ eligible }: GrantMonthFound, after: (string | number)[] | null, limit: number): Promise<Line[]> {
    return this.unit.query<Line>(
      `select * from (${eligibleMembers}) eligible
        where $6::bigint is null or (rank, birth_date, member_id) > ($6, $7::date, $8::uuid)
        order by rank, birth_date, member_id limit $9`,
      [...eligible, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit + 1],
    );
  }

  /** What could be given today, in minutes. */
  private async means({ bank }: GrantMonthFound): Promise<{ poolMinutes: number; fundMinutes: number; issueRoomMinutes: number | null }> {
    const accounts = await this.unit.query<Account>('select * from account where bank_id = $1 and account_id = any ($2)', [
      bank.bankId,
      [bank.poolAccountId, bank.fundAccountId, bank.issuanceAccountId],
    ]);
    const free = (accountId: string) => {
      const account = accounts.find((one) => one.accountId === accountId);
      return account ? account.balanceMinutes - account.heldOutMinutes - (account.floorMinutes ?? 0) : 0;
    };
    const { issueLimitMinutes } = await this.policyToday.run(bank.bankId);
    const issued = free(bank.issuanceAccountId);
    return {
      poolMinutes: free(bank.poolAccountId),
      fundMinutes: free(bank.fundAccountId),
      issueRoomMinutes: issueLimitMinutes === null ? null : issueLimitMinutes + issued,
    };
  }
}
