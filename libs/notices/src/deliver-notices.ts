import { Inject, Injectable } from '@nestjs/common';
import { Outbox, type OutboxEvent, UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { FindReaders } from './find-readers';
import type { NoticeRow } from './notice.entity';
import { handOver, NOTICE_DRIVER, type NoticeDriver } from './notice-driver';
import { noticesOf } from './telling.rules';

type DeliveryCount = { events: number; notices: number };

const batch = 50;
const mostBatches = 200;

/**
 * Makes notices of what a bank's rooms told and marks the events delivered, batch by batch, oldest first; for a job. Atomic: an event is delivered
 * with its notices or waits again, so a kill in between loses and doubles nothing; of an event delivered twice a person keeps one notice about each
 * thing. Two processes at once share the work. An event that tells nobody is delivered all the same. People who cannot sign in get none. The driver
 * runs after the commit and holds nothing up.
 */
@Injectable()
export class DeliverNotices {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly findReaders: FindReaders,
    @Inject(NOTICE_DRIVER) private readonly driver: NoticeDriver,
  ) {}

  async run(bankId: string): Promise<DeliveryCount> {
    const done = { events: 0, notices: 0 };
    for (let turn = 0; turn < mostBatches; turn += 1) {
      const { events, notices } = await this.unit.run([bankId], () => this.deliver(bankId));
      done.events += events;
      done.notices += notices;
      if (events < batch) break;
    }
    return done;
  }

  private async deliver(bankId: string): Promise<DeliveryCount> {
    const events = await this.outbox.take(bankId, batch);
    if (events.length === 0) return { events: 0, notices: 0 };
    const laid = await this.lay(bankId, await this.noticesOf(bankId, events));
    await this.outbox.markDelivered(
      bankId,
      events.map(({ eventId }) => eventId),
    );
    this.unit.afterCommit(() => {
      for (const notice of laid) void handOver(this.driver, { bankId, ...notice });
    });
    return { events: events.length, notices: laid.length };
  }

  private async noticesOf(bankId: string, events: readonly OutboxEvent[]): Promise<Omit<NoticeRow, 'readAt'>[]> {
    const drafts = events.flatMap((event) => noticesOf(event).map((draft) => ({ event, ...draft })));
    const readers = await this.findReaders.run(
      bankId,
      drafts.map(({ to }) => to),
    );
    const made = drafts.flatMap(({ event: { eventId, happenedAt }, to, exceptPersonId, subjectId, kind, parameters }) =>
      readers(to)
        .filter(({ personId }) => personId !== exceptPersonId)
        .map(({ personId, forId }) => {
          const said = forId === null ? parameters : { ...parameters, forId };
          return { bankId, personId, eventId, subjectId, kind, parameters: said, createdAt: happenedAt };
        }),
    );
    // Ids in the order of the events: what happened at one moment is listed as it happened.
    const ids = made.map(() => newId()).sort();
    return made.map((notice, index) => ({ ...notice, noticeId: ids[index] as string }));
  }

  /** One statement for any number of notices; those that an earlier delivery stored are left out of the answer. */
  private async lay(
    bankId: string,
    notices: readonly Omit<NoticeRow, 'readAt'>[],
  ): Promise<Pick<NoticeRow, 'noticeId' | 'personId' | 'kind'>[]> {
    if (notices.length === 0) return [];
    return this.unit.query(
      `insert into notice (bank_id, notice_id, person_id, event_id, subject_id, kind, parameters, created_at)
       select $1, n.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[], $8::timestamptz[]) n
       on conflict (bank_id, event_id, subject_id, person_id) do nothing returning notice_id, person_id, kind`,
      [
        bankId,
        notices.map(({ noticeId }) => noticeId),
        notices.map(({ personId }) => personId),
        notices.map(({ eventId }) => eventId),
        notices.map(({ subjectId }) => subjectId),
        notices.map(({ kind }) => kind),
        notices.map(({ parameters }) => JSON.stringify(parameters)),
        notices.map(({ createdAt }) => createdAt),
      ],
    );
  }
}
