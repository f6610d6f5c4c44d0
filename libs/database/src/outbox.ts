import { Injectable } from '@nestjs/common';
import type { EventKind, Events } from '@timebank/contract';
import { UnitOfWork } from './unit-of-work';

/** An event that a room told by `UnitOfWork.tell`. */
export type OutboxEvent = { [Kind in EventKind]: { eventId: string; kind: Kind; payload: Events[Kind]; happenedAt: Date } }[EventKind];

/** Reads told events for delivery; inside a unit of work that sees the bank. */
@Injectable()
export class Outbox {
  constructor(private readonly unit: UnitOfWork) {}

  /**
   * Up to `limit` events of a bank that are not delivered yet, oldest first, locked until the unit ends. Those that another deliverer has
   * in hand are passed over, so that two share the work; when a unit breaks off, its events are waiting again.
   */
  async take(bankId: string, limit: number): Promise<OutboxEvent[]> {
    return this.unit.query<OutboxEvent>(
      `select event_id, kind, payload, happened_at from outbox where bank_id = $1 and delivered_at is null
        order by happened_at, event_id limit $2 for update skip locked`,
      [bankId, limit],
    );
  }

  async markDelivered(bankId: string, eventIds: readonly string[]): Promise<void> {
    await this.unit.query('update outbox set delivered_at = $3 where bank_id = $1 and event_id = any ($2::uuid[])', [
      bankId,
      eventIds,
      this.unit.now,
    ]);
  }
}
