import { Injectable } from '@nestjs/common';
import { type Insurance, type InsuranceInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { InsuranceRow } from './insurance.entity';
import { ListInsurances } from './list-insurances';

/**
 * Records an insurance of a bank, corrects it, or ends it before its time; what it is sent is the whole of it. The same content again changes nothing.
 * Refuses `insurances/stale` when another version is there than the one that was read, `insurances/same_number` for one that is recorded already,
 * `insurances/wrong_end` for an end outside its days, and `service_kinds/not_found`.
 */
@Injectable()
export class PutInsurance {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly insurances: ListInsurances,
  ) {}

  async run(bankId: string, insuranceId: string, input: InsuranceInput): Promise<Stored<Insurance>> {
    const { insurer, number, from: validFrom, until: validUntil, ended } = input;
    const kinds = input.kinds && [...new Set(input.kinds)].toSorted();
    const endedOn = ended?.on ?? null;
    // It may end on the day before its first: then it never counted.
    if (endedOn !== null && (endedOn >= validUntil || endedOn < dayBefore(validFrom)))
      throw refuse('insurances/wrong_end', { from: validFrom, until: validUntil }, 'body.ended.on');
    const sent = { insurer, number, validFrom, validUntil, kinds, endedOn, endNote: ended?.note ?? null };
    return this.unit.run([bankId], async () => {
      await this.checkKinds(kinds ?? []);
      await this.unit.query('select from bank where bank_id = $1 for no key update', [bankId]);
      const before = await this.insurances.one(bankId, insuranceId);
      if (before && isAsSent(before, sent)) return { first: false, value: before };
      if ((input.version ?? 0) !== (before?.version ?? 0))
        throw refuse('insurances/stale', { version: before?.version ?? 0 }, 'body.version');
      await this.checkNumber(bankId, insuranceId, sent);
      if (before) await this.unit.updateRow(InsuranceRow, { bankId, insuranceId }, sent);
      else await this.unit.insertRow(InsuranceRow, { bankId, insuranceId, ...sent });
      return { first: before === null, value: (await this.insurances.one(bankId, insuranceId)) as Insurance };
    });
  }

  private async checkKinds(kinds: readonly string[]): Promise<void> {
    const unknown = await this.unit.one(
      'select from unnest($1::text[]) asked (code) where not exists (select from service_kind k where k.code = asked.code)',
      [kinds],
    );
    if (unknown) throw refuse('service_kinds/not_found', {}, 'body.kinds');
  }

  private async checkNumber(
    bankId: string,
    insuranceId: string,
    { insurer, number, validFrom }: Pick<InsuranceRow, 'insurer' | 'number' | 'validFrom'>,
  ): Promise<void> {
    const other = await this.unit.one(
      'select from insurance where bank_id = $1 and insurer = $3 and number = $4 and valid_from = $5 and insurance_id <> $2',
      [bankId, insuranceId, insurer, number, validFrom],
    );
    if (other) throw refuse('insurances/same_number', {}, 'body.number');
  }
}

const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function isAsSent(before: Insurance, sent: Omit<InsuranceRow, 'bankId' | 'insuranceId' | 'version'>): boolean {
  const { insurer, number, from: validFrom, until: validUntil, kinds, ended } = before;
  const standing = { insurer, number, validFrom, validUntil, kinds, endedOn: ended?.on ?? null, endNote: ended?.note ?? null };
  return JSON.stringify(standing) === JSON.stringify(sent);
}
