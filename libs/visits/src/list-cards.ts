import { Inject, Injectable } from '@nestjs/common';
import { refuse, type CardLine, type Cards } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

type Row = Omit<CardLine, 'issuedAt' | 'revokedAt'> & { issuedAt: Date; revokedAt: Date | null };

/** The cards of a client, newest first, and where one issued now would point. `members/not_found` for a stranger. */
@Injectable()
export class ListCards {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(bankId: string, clientId: string, page: { limit: number; cursor?: string | undefined }): Promise<Cards> {
    const rows = await this.unit.run([bankId], async () => {
      if (!(await this.unit.one('select member_id from member where bank_id = $1 and member_id = $2', [bankId, clientId])))
        throw refuse('members/not_found');
      return this.unit.query<Row>(
        'select card_id, version, issued_at, revoked_at from service_card where bank_id = $1 and client_id = $2 order by version desc',
        [bankId, clientId],
      );
    });
    const items = rows.map((row) => ({ ...row, issuedAt: row.issuedAt.toISOString(), revokedAt: row.revokedAt?.toISOString() ?? null }));
    return { ...cutPage(items, page), ...this.options };
  }
}
