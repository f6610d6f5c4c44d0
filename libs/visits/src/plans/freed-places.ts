import { Injectable } from '@nestjs/common';
import type { Events } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { RequestLock } from '@timebank/requests';

type FreedPlace = Events['visits/place_free'] & { bankId: string };
type Listener = (place: FreedPlace) => Promise<void>;

/**
 * After a visit of a request was called off: its place is free, and while the request is still to come, that is told (`visits/place_free`). Rooms above,
 * which may know somebody for it, register; they are called in the caller's unit, which does not see everybody's banks.
 */
@Injectable()
export class FreedPlaces {
  private readonly listeners: Listener[] = [];

  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
  ) {}

  register(listener: Listener): void {
    this.listeners.push(listener);
  }

  async run(bankId: string, requestId: string): Promise<void> {
    await this.requests.settle(bankId, [requestId]);
    const open = await this.unit.one<Omit<FreedPlace, 'startsAt'> & { startsAt: Date }>(
      `select bank_id, request_id, client_id, service_kind, starts_at from request
        where bank_id = $1 and request_id = $2 and state = 'open' and ends_at > $3`,
      [bankId, requestId, this.unit.now],
    );
    if (!open) return;
    const { bankId: _, ...place } = { ...open, startsAt: open.startsAt.toISOString() };
    this.unit.tell(bankId, 'visits/place_free', place);
    for (const listener of this.listeners) await listener({ bankId, ...place });
  }
}
