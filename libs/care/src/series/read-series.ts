import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Series, type SeriesQuery } from '@timebank/contract';
import { pageOf, rowsFor, readCursor, UnitOfWork } from '@timebank/database';
import { seriesSelect, type SeriesViewRow } from './series-view';

const staff = ['coordinator', 'admin', 'auditor'] as const;
const bankSeries = 'select s.* from series s where s.bank_id = $1';
const isRegular = (me: string) =>
  `exists (select from series_regular g where g.bank_id = s.bank_id and g.series_id = s.series_id and g.member_id = ${me})`;

/** Series as their readers may see them: staff all of the bank, a client their own, a volunteer those that they are a regular of. */
@Injectable()
export class ReadSeries {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, seriesId: string): Promise<Series> {
    const values: unknown[] = [];
    return this.unit.run([bankId], () => this.one(bankId, seriesId, this.visible(actor, bankId, values, 3), values));
  }

  /** For whoever was allowed to do something about it, also where they see it no longer. */
  shown(bankId: string, seriesId: string): Promise<Series> {
    return this.unit.run([bankId], () => this.one(bankId, seriesId, '', []));
  }

  private async one(bankId: string, seriesId: string, visible: string, values: readonly unknown[]): Promise<Series> {
    const asked = [bankId, this.unit.now, seriesId, ...values];
    const row = await this.unit.one<SeriesViewRow>(seriesSelect(`${bankSeries} and s.series_id = $3 ${visible}`), asked);
    if (!row) throw refuse('series/not_found');
    return row;
  }

  async list(actor: Actor, bankId: string, query: SeriesQuery): Promise<{ items: Series[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    return this.unit.run([bankId], async () => {
      const values: unknown[] = [bankId, this.unit.now];
      const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
      const conditions = [this.visible(actor, bankId, values)];
      if (query.clientId) conditions.push(`and s.client_id = ${place(query.clientId, 'uuid')}`);
      if (query.regularId) conditions.push(`and ${isRegular(place(query.regularId, 'uuid'))}`);
      if (after) conditions.push(`and (s.created_at, s.series_id) < (${place(after[0], 'timestamptz')}, ${place(after[1], 'uuid')})`);
      const order = `order by s.created_at desc, s.series_id desc limit ${rowsFor(query.limit)}`;
      const rows = await this.unit.query<SeriesViewRow>(seriesSelect(`${bankSeries} ${conditions.join(' ')} ${order}`), values);
      const page = pageOf(rows, query.limit, (row) => [row.createdAt.toISOString(), row.seriesId]);
      return page;
    });
  }

  /** `before`: how many values stand before those given. */
  private visible(actor: Actor, bankId: string, values: unknown[], before = 0): string {
    if (staff.some((role) => hasRole(actor, role, bankId))) return '';
    const me = `$${before + values.push(memberIn(actor, bankId))}::uuid`;
    return `and (s.client_id = ${me} or ${isRegular(me)})`;
  }
}
