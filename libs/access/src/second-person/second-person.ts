import { Injectable } from '@nestjs/common';
import { type ActRole, refuse, type Waiting, type WaitingActKind } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import type { Actor } from '../actor.rules';
import type { WaitingActRow } from './waiting-act.entity';

/** How long an act waits for its second person, by the product's clock. */
const waitingDays = 7;
/** The part of a call that is kept only while it waits; afterwards it is nobody's business. */
const onlyWhileWaiting = ['phone'];

export type ActForTwo = {
  bankId: string;
  kind: WaitingActKind;
  /** The id in the path of the call: a transfer, a member. */
  subjectId: string;
  /** What the call contains, without secrets; other content is another act. */
  content: Record<string, unknown>;
  /** Whom it is about, if that is a member of the bank. */
  memberId: string | null;
  /** The roles that may ask for it and confirm it; the caller has checked that the actor holds one. */
  roles: readonly ActRole[];
  /** The id in the path is the caller's own making: the same id with other content is refused with this code. */
  reused?: Parameters<typeof refuse>[0];
};

/** Two people wanted it: `askedBy` first, the caller now. It is for the caller to do it, in the same unit of work. */
export type ConfirmedAct = { state: 'confirmed'; askedBy: string; askedAt: Date };

/**
 * Asks a second person for an act that needs two. Call it inside the unit of work that does the act, with a lock on what the act is about, after
 * every other check, and only if the act is not done yet. The first person's call is stored and answered `waits` (202); so is their own repeat, with
 * the same `until`. The same call by another person is answered `confirmed`. Of two at once, one asks and the other confirms. It lapses after seven
 * days, or when the person who asked has lost the roles for it. Tells `acts/waits` and `acts/done`.
 */
@Injectable()
export class SecondPerson {
  constructor(private readonly unit: UnitOfWork) {}

  /** Holds a subject that has no row to lock yet, until the unit ends. */
  async hold(bankId: string, subjectId: string): Promise<void> {
    await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('act ' || $1 || ' ' || $2, 0))`, [bankId, subjectId]);
  }

  /** Whether somebody has asked for exactly this act and it still waits. */
  async isOpen(bankId: string, kind: WaitingActKind, subjectId: string, content: Record<string, unknown>): Promise<boolean> {
    const open = await this.unit.query(
      `select from waiting_act where bank_id = $1 and kind = $2 and subject_id = $3 and content_hash = $4 and state = 'waits' and waits_until > $5`,
      [bankId, kind, subjectId, contentHash(content), this.unit.now],
    );
    return open.length > 0;
  }

  async run(actor: Actor, act: ActForTwo): Promise<Waiting | ConfirmedAct> {
    const hash = contentHash(act.content);
    await this.lapse(act);
    for (;;) {
      const open = await this.unit.query<WaitingActRow>(
        `select * from waiting_act where bank_id = $1 and kind = $2 and subject_id = $3 and state = 'waits' order by act_id for update`,
        [act.bankId, act.kind, act.subjectId],
      );
      const same = open.find((row) => row.contentHash.equals(hash));
      if (same === undefined && open.length > 0 && act.reused) throw refuse(act.reused);
      if (same !== undefined) {
        return same.askedBy === actor.personId ? { state: 'waits', until: same.waitsUntil.toISOString() } : this.confirm(actor, act, same);
      }
      const asked = await this.ask(actor, act, hash);
      if (asked) return asked;
    }
  }

  /** Null when somebody asked for the same at this moment. */
  private async ask(actor: Actor, act: ActForTwo, hash: Buffer): Promise<Waiting | null> {
    const [actId, until] = [newId(), new Date(this.unit.now.getTime() + waitingDays * 86_400_000)];
    const made = await this.unit.one(
      `insert into waiting_act (bank_id, act_id, kind, subject_id, content_hash, content, member_id, roles, asked_by, asked_at, waits_until, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waits')
       on conflict (bank_id, kind, subject_id, content_hash) where state = 'waits' do nothing returning act_id`,
      [
        act.bankId,
        actId,
        act.kind,
        act.subjectId,
        hash,
        JSON.stringify(act.content),
        act.memberId,
        act.roles,
        actor.personId,
        this.unit.now,
        until,
      ],
    );
    if (!made) return null;
    this.unit.tell(act.bankId, 'acts/waits', { actId, actKind: act.kind, roles: act.roles, actorId: actor.personId });
    return { state: 'waits', until: until.toISOString() };
  }

  /** Other requests about the same subject end here, so nobody confirms them by mistake later. */
  private async confirm(actor: Actor, act: ActForTwo, { actId, askedBy, askedAt }: WaitingActRow): Promise<ConfirmedAct> {
    await this.unit.query(
      `update waiting_act set state = case when act_id = $4 then 'done' else 'lapsed' end, closed_by = $5, closed_at = $6, content = content - $7::text[]
        where bank_id = $1 and kind = $2 and subject_id = $3 and state = 'waits'`,
      [act.bankId, act.kind, act.subjectId, actId, actor.personId, this.unit.now, onlyWhileWaiting],
    );
    this.unit.tell(act.bankId, 'acts/done', { actId, actKind: act.kind, askedBy, actorId: actor.personId });
    return { state: 'confirmed', askedBy, askedAt };
  }

  /** The act was done by one person after all: what stood in its way is gone. Nobody is asked for it any more. */
  async spare(bankId: string, kind: WaitingActKind, subjectId: string): Promise<void> {
    await this.unit.query(
      `update waiting_act set state = 'lapsed', closed_at = $4, content = content - $5::text[]
        where bank_id = $1 and kind = $2 and subject_id = $3 and state = 'waits'`,
      [bankId, kind, subjectId, this.unit.now, onlyWhileWaiting],
    );
  }

  /** The request of somebody who was barred, or has lost the role since, no longer counts. */
  private async lapse({ bankId, kind, subjectId }: ActForTwo): Promise<void> {
    await this.unit.query(
      `update waiting_act a set state = 'lapsed', closed_at = $4, content = content - $5::text[]
        where bank_id = $1 and kind = $2 and subject_id = $3 and state = 'waits' and (waits_until <= $4 or not ${askerStands('a')})`,
      [bankId, kind, subjectId, this.unit.now, onlyWhileWaiting],
    );
  }
}

/** SQL: whether who asked may still ask for it. Roles in the whole city count in every bank. */
export const askerStands = (act: string) =>
  `exists (select from role r join person p using (person_id) where r.person_id = ${act}.asked_by and p.disabled_at is null
     and (r.role = any (${act}.roles) and coalesce(r.bank_id, ${act}.bank_id) = ${act}.bank_id
       or r.bank_id is null and 'city ' || r.role = any (${act}.roles)))`;
