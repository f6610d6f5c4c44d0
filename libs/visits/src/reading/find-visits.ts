import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SearchHit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { FindThings, type Sought } from '@timebank/members';

type VisitFind = { bankId: string; visitId: string; state: string; plannedStart: Date; name: string; day: string };

/** Visits by their ids. In the caller's unit of work. */
@Injectable()
export class FindVisits implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly things: FindThings,
  ) {}

  onModuleInit(): void {
    this.things.register((sought) => this.run(sought));
  }

  private async run({ banks, ids, limit }: Sought): Promise<SearchHit[]> {
    if (ids === null) return [];
    const found = await this.unit.query<VisitFind>(
      `select v.bank_id, v.visit_id, v.state, v.planned_start, c.name, bank_day(v.bank_id, v.planned_start) as day
         from visit v join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
        where v.bank_id = any ($1::uuid[]) and v.visit_id >= $2::uuid and v.visit_id <= $3::uuid order by v.visit_id limit $4`,
      [banks, ids.from, ids.to, limit],
    );
    return found.map(({ bankId, visitId, state, plannedStart, name, day }) => ({
      kind: 'visit' as const,
      id: visitId,
      bankId,
      title: `${name} · ${day}`,
      detail: `${state} · ${plannedStart.toISOString()}`,
    }));
  }
}
