import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { helps, Occurrences, type RequestRow } from '@timebank/requests';

export type ReservedDate = Pick<RequestRow, 'bankId' | 'requestId' | 'clientId' | 'serviceKind' | 'startsAt'> & {
  seriesId: string;
  reservedFor: string;
};

/** A date goes to the next regular of its series who does not help there yet, never back; after the last it is everybody's, and the desk is told. In the caller's unit. */
@Injectable()
export class HandOn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly occurrences: Occurrences,
  ) {}

  async run({ bankId, seriesId, requestId, reservedFor, ...date }: ReservedDate): Promise<string | null> {
    const next = await this.unit.one<{ memberId: string }>(
      `select g.member_id from series_regular g
        where g.bank_id = $1 and g.series_id = $2 and g.member_id <> $3
          and not exists (select from request r join visit v on ${helps} where r.bank_id = $1 and r.request_id = $4 and v.volunteer_id = g.member_id)
          and coalesce((g.added_at, g.member_id) > (select o.added_at, o.member_id from series_regular o
            where o.bank_id = $1 and o.series_id = $2 and o.member_id = $3), true)
        order by g.added_at, g.member_id limit 1`,
      [bankId, seriesId, reservedFor, requestId],
    );
    await this.occurrences.reserve(bankId, [requestId], next?.memberId ?? null);
    if (!next && !(await this.helps(bankId, requestId, reservedFor)))
      this.unit.tell(bankId, 'series/unfilled', { requestId, ...toldOf(date) });
    return next?.memberId ?? null;
  }

  /**
   * Somebody is a regular no longer: what was kept for them goes on, and so does what they had taken where it was called off in this unit.
   * The caller holds the series.
   */
  async leave(bankId: string, seriesId: string, memberId: string): Promise<void> {
    const dates = await this.unit.query<ReservedDate>(
      `select r.bank_id, r.request_id, r.series_id, r.client_id, r.service_kind, r.starts_at, $3::uuid as reserved_for
         from request r
        where r.bank_id = $1 and r.series_id = $2 and r.starts_at > $4 and r.state = 'open'
          and (r.reserved_for = $3 or (r.reserved_for is null and exists (select from visit v
            where v.bank_id = r.bank_id and v.request_id = r.request_id and v.volunteer_id = $3 and v.cancelled_at = $4)))
        order by r.starts_at`,
      [bankId, seriesId, memberId, this.unit.now],
    );
    for (const date of dates) await this.run(date);
    await this.unit.query('delete from series_regular where bank_id = $1 and series_id = $2 and member_id = $3', [
      bankId,
      seriesId,
      memberId,
    ]);
  }

  /** Whoever has taken a place, where there is another, has not failed. */
  private async helps(bankId: string, requestId: string, memberId: string): Promise<boolean> {
    const place = await this.unit.query(
      `select from request r join visit v on ${helps} where r.bank_id = $1 and r.request_id = $2 and v.volunteer_id = $3`,
      [bankId, requestId, memberId],
    );
    return place.length > 0;
  }
}

export const toldOf = ({ clientId, serviceKind, startsAt }: Pick<RequestRow, 'clientId' | 'serviceKind' | 'startsAt'>) => ({
  clientId,
  serviceKind,
  startsAt: startsAt.toISOString(),
});
