import { Inject, Injectable } from '@nestjs/common';
import { ReadBank } from '@timebank/banks';
import { refuse, type CardLine, type Cards } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { unprintable } from '@timebank/paper';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type Row = Omit<CardLine, 'issuedAt' | 'revokedAt'> & { issuedAt: Date; revokedAt: Date | null };

/** The cards of a client, newest first, where one issued now would point, and which letters it could not print. `members/not_found` for a stranger. */
@Injectable()
export class ListCards {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(bankId: string, clientId: string, page: { limit: number; cursor?: string | undefined }): Promise<Cards> {
    const { rows, name } = await this.unit.run([bankId], async () => {
      if (!(await this.unit.one('select member_id from member where bank_id = $1 and member_id = $2', [bankId, clientId])))
        throw refuse('members/not_found');
      const found = await this.unit.query<Row>(
        'select card_id, version, issued_at, revoked_at from service_card where bank_id = $1 and client_id = $2 order by version desc',
        [bankId, clientId],
      );
      return { rows: found, name: (await this.banks.run(bankId)).name };
    });
    const items = rows.map((row) => ({ ...row, issuedAt: row.issuedAt.toISOString(), revokedAt: row.revokedAt?.toISOString() ?? null }));
    return { ...cutPage(items, page), ...this.options, unprintable: unprintable(name) };
  }
}
