import { Injectable } from '@nestjs/common';
import type { AnswerOf, BankKind } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { kindColumns, kindOrder } from './kind-view';

/** The service kinds as a bank has them: what the city lays down, with the bank's own switch, minutes and order. */
@Injectable()
export class ListBankKinds {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listBankKinds'>> {
    return cutPage(await this.read(bankId, null), page);
  }

  async one(bankId: string, code: string): Promise<BankKind | null> {
    return (await this.read(bankId, code))[0] ?? null;
  }

  private read(bankId: string, code: string | null): Promise<BankKind[]> {
    return this.unit.run([bankId], () =>
      this.unit.query<BankKind>(
        `with today as materialized (select bank_day($2, $3::timestamptz) as day)
         select coalesce(b.usual_minutes, k.usual_minutes) as usual_minutes, coalesce(b.position, k.position) as position,
           k.is_offered and coalesce(b.is_offered, true) as is_offered, b.own, ${kindColumns('(select day from today)')}
         left join lateral (
           select o.is_offered, o.usual_minutes, o.position, jsonb_build_object(
             'isOffered', o.is_offered, 'usualMinutes', o.usual_minutes, 'position', o.position, 'version', o.version) as own
           from bank_service_kind o where o.bank_id = $2 and o.code = k.code) b on true
         where $1::text is null or k.code = $1 ${kindOrder}`,
        [code, bankId, this.unit.now],
      ),
    );
  }
}
