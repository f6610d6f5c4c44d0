import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans } from '@timebank/members';
import { helps } from '@timebank/requests';
import { HandOn, type ReservedDate } from './hand-on';

/**
 * Whoever has left the bank, is barred, or is no volunteer any more is a regular no longer: at once where a membership ends, and in the round of the
 * regulars for every other way. What was kept for them goes to the next regular; after the last the desk is told.
 */
@Injectable()
export class EndRegulars implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
    private readonly handOn: HandOn,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: (_, bankId, memberId) => this.ofMember(bankId, memberId),
      count: async () => ({ openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 }),
      underWay: async () => null,
    });
  }

  /** All of a bank who are none any more; and dates that are kept for somebody who helps there already. Each is a unit of its own; repeatable. */
  async ofBank(bankId: string): Promise<void> {
    const gone = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string }>(
        `select distinct g.member_id from series_regular g
          where g.bank_id = $1 and not exists (select from helper h
            join person p on p.person_id = h.person_id and p.disabled_at is null
            join role o on o.bank_id = h.bank_id and o.member_id = h.member_id and o.role = 'volunteer'
            where h.bank_id = g.bank_id and h.member_id = g.member_id)`,
        [bankId],
      ),
    );
    for (const { memberId } of gone) await this.unit.run([bankId], () => this.ofMember(bankId, memberId));
    await this.unit.run([bankId], () => this.handOnHelped(bankId));
  }

  private async ofMember(bankId: string, memberId: string): Promise<void> {
    const series = await this.unit.query<{ seriesId: string }>(
      `select s.series_id from series s join series_regular g on g.bank_id = s.bank_id and g.series_id = s.series_id
        where s.bank_id = $1 and g.member_id = $2 order by s.series_id for no key update of s`,
      [bankId, memberId],
    );
    for (const { seriesId } of series) await this.handOn.leave(bankId, seriesId, memberId);
  }

  /** A date of several helpers that its regular took a place of by hand: the other places are not theirs to take. */
  private async handOnHelped(bankId: string): Promise<void> {
    const dates = await this.unit.query<ReservedDate>(
      `select r.bank_id, r.request_id, r.series_id, r.client_id, r.service_kind, r.starts_at, r.reserved_for
         from request r
        where r.bank_id = $1 and r.state = 'open' and r.starts_at > $2 and r.reserved_for is not null
          and exists (select from visit v where ${helps} and v.volunteer_id = r.reserved_for)
        order by r.request_id for no key update`,
      [bankId, this.unit.now],
    );
    for (const date of dates) await this.handOn.run(date);
  }
}
