import { Injectable } from '@nestjs/common';
import type { AnswerOf, Insurance } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';

/** A bank's insurances, the latest to end first. */
@Injectable()
export class ListInsurances {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listInsurances'>> {
    return cutPage(await this.read(bankId, null), page);
  }

  async one(bankId: string, insuranceId: string): Promise<Insurance | null> {
    return (await this.read(bankId, insuranceId))[0] ?? null;
  }

  private read(bankId: string, insuranceId: string | null): Promise<Insurance[]> {
    return this.unit.run([bankId], () =>
      this.unit.query<Insurance>(
        `select insurance_id, insurer, number, to_char(valid_from, 'YYYY-MM-DD') as "from", to_char(valid_until, 'YYYY-MM-DD') as until, kinds,
           case when ended_on is not null then jsonb_build_object('on', ended_on, 'note', end_note) end as ended, version
           from insurance where bank_id = $1 and ($2::uuid is null or insurance_id = $2)
          order by coalesce(ended_on, valid_until) desc, valid_from desc, insurance_id`,
        [bankId, insuranceId],
      ),
    );
  }
}
