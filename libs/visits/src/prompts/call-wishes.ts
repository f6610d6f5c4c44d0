import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { type CallWish, refuse, type Stored } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { GetVisit } from '../reading/get-visit';
import { CallWishRow } from './call-wish.entity';

type Row = Omit<CallWish, 'askedAt' | 'doneAt' | 'startsAt'> & { askedAt: Date; doneAt: Date | null; startsAt: Date | null };

/**
 * A member asks the bank to call them, about a visit of theirs or at all; the desk sees whom, and says when it has called. Somebody who asks twice about the
 * same is called once: the open wish is answered. Refuses `visits/not_found` of a visit of others, and `calls/not_found`.
 */
@Injectable()
export class CallWishes {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly getVisit: GetVisit,
  ) {}

  async put(
    actor: Actor,
    bankId: string,
    wishId: string,
    { visitId = null }: { visitId?: string | null | undefined },
  ): Promise<Stored<CallWish>> {
    const memberId = memberIn(actor, bankId);
    if (memberId === null) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      if (visitId !== null) {
        const visit = await this.getVisit.run(actor, bankId, visitId);
        if (visit.volunteerId !== memberId && visit.clientId !== memberId) throw refuse('visits/not_found');
      }
      const first = await this.unit.insertNew(CallWishRow, { bankId, wishId, memberId, about: 'asked', visitId, askedAt: this.unit.now });
      const [standing] = await this.read(
        bankId,
        `w.member_id = $2 and w.about = 'asked' and w.visit_id is not distinct from $3::uuid and (w.wish_id = $4 or w.done_at is null)`,
        [memberId, visitId, wishId],
      );
      if (!standing) throw refuse('calls/id_reused');
      if (first) this.unit.tell(bankId, 'calls/wished', { wishId, memberId, ...(visitId && { visitId }), actorId: actor.personId });
      return { first, value: standing };
    });
  }

  /** The bank itself wants to call somebody who comes back from a pause. In the caller's unit; false where that id, or such a call, is there already. */
  open(bankId: string, wishId: string, memberId: string): Promise<boolean> {
    return this.unit.insertNew(CallWishRow, { bankId, wishId, memberId, about: 'back', askedAt: this.unit.now });
  }

  /** Those that are open, the oldest first. */
  async list(
    bankId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: CallWish[]; nextCursor: string | null }> {
    return this.unit.run([bankId], async () => cutPage(await this.read(bankId, 'w.done_at is null', []), page));
  }

  async done(actor: Actor, bankId: string, wishId: string): Promise<CallWish> {
    return this.unit.run([bankId], async () => {
      await this.unit.query('update call_wish set done_at = $3, done_by = $4 where bank_id = $1 and wish_id = $2 and done_at is null', [
        bankId,
        wishId,
        this.unit.now,
        actor.personId,
      ]);
      const [wish] = await this.read(bankId, 'w.wish_id = $2', [wishId]);
      if (!wish) throw refuse('calls/not_found');
      return wish;
    });
  }

  private async read(bankId: string, which: string, values: readonly unknown[]): Promise<CallWish[]> {
    const rows = await this.unit.query<Row>(
      `select w.wish_id, w.member_id, w.about, h.name, m.phone, w.visit_id, v.service_kind, v.planned_start as starts_at, w.asked_at, w.done_at
         from call_wish w join helper h on h.bank_id = w.bank_id and h.member_id = w.member_id
         left join member m on m.bank_id = w.bank_id and m.member_id = w.member_id
         left join visit v on v.bank_id = w.bank_id and v.visit_id = w.visit_id
        where w.bank_id = $1 and ${which} order by w.asked_at, w.wish_id`,
      [bankId, ...values],
    );
    return rows.map(({ askedAt, doneAt, startsAt, ...row }) => ({
      ...row,
      askedAt: askedAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      startsAt: startsAt?.toISOString() ?? null,
    }));
  }
}
