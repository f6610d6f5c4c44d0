import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

export type ManyQualification = { memberId: string; code: string; validUntil: string };

/** Records until when many members are qualified, each named once; another day than before is a new grant. Nobody's own: the caller has seen to it. */
@Injectable()
export class LayQualifications {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, recordedBy: string, qualifications: readonly ManyQualification[]): Promise<void> {
    await this.unit.run([bankId], () =>
      this.unit.query(
        `insert into qualification (bank_id, member_id, code, valid_until, recorded_by, recorded_at)
         select $1, member_id, code, valid_until, $5, $6 from unnest($2::uuid[], $3::text[], $4::date[]) as given (member_id, code, valid_until)
         on conflict (bank_id, member_id, code) do update set valid_until = excluded.valid_until, recorded_by = excluded.recorded_by,
           recorded_at = excluded.recorded_at, grants = qualification.grants + 1`,
        [
          bankId,
          qualifications.map(({ memberId }) => memberId),
          qualifications.map(({ code }) => code),
          qualifications.map(({ validUntil }) => validUntil),
          recordedBy,
          this.unit.now,
        ],
      ),
    );
  }
}
