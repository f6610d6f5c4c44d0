import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SearchHit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { FindThings, type Sought } from '@timebank/members';

type AccountFind = { bankId: string; accountId: string; kind: string; name: string | null; memberNumber: string | null };

/** Accounts by their ids. In the caller's unit of work. */
@Injectable()
export class FindAccounts implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly things: FindThings,
  ) {}

  onModuleInit(): void {
    this.things.register((sought) => this.run(sought));
  }

  private async run({ banks, ids, limit }: Sought): Promise<SearchHit[]> {
    if (ids === null) return [];
    const found = await this.unit.query<AccountFind>(
      `select a.bank_id, a.account_id, a.kind, m.name, m.member_number
         from account a left join member m on m.bank_id = a.bank_id and m.member_id = a.owner_id
        where a.bank_id = any ($1::uuid[]) and a.account_id >= $2::uuid and a.account_id <= $3::uuid order by a.account_id limit $4`,
      [banks, ids.from, ids.to, limit],
    );
    return found.map(({ bankId, accountId, kind, name, memberNumber }) => ({
      kind: 'account' as const,
      id: accountId,
      bankId,
      title: name ?? kind,
      detail: [kind, memberNumber].filter(Boolean).join(' · '),
    }));
  }
}
