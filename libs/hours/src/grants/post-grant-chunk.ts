import { Injectable } from '@nestjs/common';
import { type KnownBank, ReadBank } from '@timebank/banks';
import { type RefusalCode, refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { type Posting, PostTransfers, type PostOutcome } from '@timebank/ledger';
import type { GrantRunRow } from './grant-run.entity';
import { outcomeOf, type Share, shareOut } from './grant-shares.rules';
import { PolicyToday } from '../policy-today';

/** Members in one transaction, unless set otherwise: some tenths of a second, while others wait. */
const usualChunkMembers = 2_000;

type Waiting = { place: number; memberId: string; accountId: string; roomMinutes: number | null };
type SettledGrant = { place: number; poolMinutes: number; fundMinutes: number; code: RefusalCode | null };
export type GrantChunk = { members: number; settledMembers: number; eligibleMembers: number };

/**
 * Grants the next members of a run their minutes in one transaction: from the pool while it has any, then from the fund, which issuance covers up to
 * policy `issueLimitMinutes`; with their rows and the run's counts. What exceeds a member's ceiling is not granted. Transfer ids derive from run and
 * member, so nothing is posted twice; a refusal is stored with its code. A bank's runs go one chunk after another. A clock behind the ledger is no
 * member's fault: it ends the chunk undone.
 */
@Injectable()
export class PostGrantChunk {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly policyToday: PolicyToday,
    private readonly postTransfers: PostTransfers,
  ) {}

  async run(bankId: string, runId: string, chunkMembers = usualChunkMembers): Promise<GrantChunk> {
    return this.unit.run([bankId], async () => {
      const run = await this.unit.one<GrantRunRow>('select * from grant_run where bank_id = $1 and run_id = $2 for no key update', [
        bankId,
        runId,
      ]);
      if (!run) throw refuse('grants/not_found');
      const { settledMembers, eligibleMembers } = run;
      if (settledMembers >= eligibleMembers) return { members: 0, settledMembers, eligibleMembers };
      const settled = await this.settle(run, await this.waiting(run, chunkMembers));
      await this.remember(run, settled);
      return { members: settled.length, settledMembers: settledMembers + settled.length, eligibleMembers };
    });
  }

  private waiting(run: GrantRunRow, chunkMembers: number): Promise<Waiting[]> {
    return this.unit.query<Waiting>(
      `select place, member_id, account_id, account.ceiling_minutes - account.balance_minutes as room_minutes
         from grant_row join account using (bank_id, account_id)
        where bank_id = $1 and run_id = $2 and place > $3 and place <= $4 order by place`,
      [run.bankId, run.runId, run.settledMembers, run.settledMembers + chunkMembers],
    );
  }

  /** The pool's call comes first and keeps its accounts locked; what it refuses, the fund gives. */
  private async settle(run: GrantRunRow, waiting: readonly Waiting[]): Promise<SettledGrant[]> {
    const bank = await this.readBank.run(run.bankId);
    const { issueLimitMinutes } = await this.policyToday.run(run.bankId);
    const shares = shareOut(waiting, run.minutesEach, await this.poolFreeMinutes(bank));
    const fromPool = await this.post(
      shares.filter((share) => share.poolMinutes > 0),
      (share) => this.posting(run, share.row, bank.poolAccountId, share.poolMinutes, 'pool', null),
    );
    const isLeftToFund = (share: Share<Waiting>) => fromPool.get(share.row.place)?.code === 'ledger/overdraft';
    const fundMinutesOf = (share: Share<Waiting>) => share.fundMinutes + (isLeftToFund(share) ? share.poolMinutes : 0);
    const cover = { accountId: bank.issuanceAccountId, limitMinutes: issueLimitMinutes };
    const fromFund = await this.post(
      shares.filter((share) => fundMinutesOf(share) > 0),
      (share) => this.posting(run, share.row, bank.fundAccountId, fundMinutesOf(share), 'fund', cover),
    );
    return shares.map((share) => {
      const [pool, fund] = [fromPool.get(share.row.place), fromFund.get(share.row.place)];
      const poolMinutes = pool?.postedMinutes ?? 0;
      const fundMinutes = fund?.postedMinutes ?? 0;
      const isShort = poolMinutes + fundMinutes < run.minutesEach;
      const refused = fund?.code ?? (isLeftToFund(share) ? undefined : pool?.code);
      return { place: share.row.place, poolMinutes, fundMinutes, code: isShort ? (refused ?? 'ledger/ceiling') : null };
    });
  }

  private async poolFreeMinutes({ bankId, poolAccountId }: KnownBank): Promise<number> {
    const pool = await this.unit.one<{ free: number }>(
      'select balance_minutes - held_out_minutes - floor_minutes as free from account where bank_id = $1 and account_id = $2',
      [bankId, poolAccountId],
    );
    return pool?.free ?? 0;
  }

  private async post(shares: readonly Share<Waiting>[], draft: (share: Share<Waiting>) => Posting): Promise<Map<number, PostOutcome>> {
    const outcomes = await this.postTransfers.run(shares.map(draft));
    const behind = outcomes.find((outcome) => outcome.code === 'ledger/clock_behind');
    if (behind) throw refuse('ledger/clock_behind', behind.parameters);
    return new Map(shares.map((share, index) => [share.row.place, outcomes[index] as PostOutcome]));
  }

  private posting(
    { bankId, runId, month, startedBy }: GrantRunRow,
    { memberId, accountId }: Waiting,
    debitAccountId: string,
    minutes: number,
    source: 'pool' | 'fund',
    cover: { accountId: string; limitMinutes: number | null } | null,
  ): Posting {
    const transferId = deriveId(runId, `${memberId} ${source}`);
    return {
      bankId,
      transferId,
      debitAccountId,
      creditAccountId: accountId,
      minutes,
      kind: 'grant',
      class: null,
      visitId: null,
      reversesId: null,
      memoCode: month,
      actorId: startedBy,
      effectiveAt: this.unit.now,
      holdId: null,
      overflow: null,
      cover: cover && { ...cover, transferId: deriveId(transferId, 'issue') },
    };
  }

  private async remember(run: GrantRunRow, settled: readonly SettledGrant[]): Promise<void> {
    const outcomes = settled.map(({ poolMinutes, fundMinutes }) => outcomeOf(run.minutesEach, poolMinutes + fundMinutes));
    await this.unit.query(
      `update grant_row set outcome = given.outcome, pool_minutes = given.pool_minutes, fund_minutes = given.fund_minutes, code = given.code
         from unnest($3::integer[], $4::text[], $5::integer[], $6::integer[], $7::text[]) as given (place, outcome, pool_minutes, fund_minutes, code)
        where bank_id = $1 and run_id = $2 and grant_row.place = given.place`,
      [
        run.bankId,
        run.runId,
        settled.map((one) => one.place),
        outcomes,
        settled.map((one) => one.poolMinutes),
        settled.map((one) => one.fundMinutes),
        settled.map((one) => one.code),
      ],
    );
    const total = (read: (one: SettledGrant) => number) => settled.reduce((sum, one) => sum + read(one), 0);
    const refused = outcomes.filter((outcome) => outcome === 'refused').length;
    await this.unit.query(
      `update grant_run set settled_members = settled_members + $3, granted_members = granted_members + $3 - $4, refused_members = refused_members + $4,
              pool_minutes = pool_minutes + $5, fund_minutes = fund_minutes + $6,
              finished_at = case when settled_members + $3 >= eligible_members then $7::timestamptz end
        where bank_id = $1 and run_id = $2`,
      [run.bankId, run.runId, settled.length, refused, total((one) => one.poolMinutes), total((one) => one.fundMinutes), this.unit.now],
    );
  }
}
