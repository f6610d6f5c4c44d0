import { Inject, Injectable } from '@nestjs/common';
import type { ScanInput } from '@timebank/contract';
import { CLOCK, UnitOfWork } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { Challenges } from './challenges';
import { CheckDevice } from './check-device';
import type { DeviceEvidence, Distance } from './exceptions.rules';
import { FindCard, type FoundCard } from './find-card';
import { MeasureDistance } from './measure-distance';
import { readBetween } from './rotating.rules';
import { windowOf, type Scan, type Window } from './scan.rules';
import type { LockedVisit } from './visit-lock';

/** What comes with a scan, looked up. `window` is null online. */
export type Evidence = {
  receivedAt: Date;
  clientTime: Date | null;
  attested: Scan['attested'];
  window: Window | null;
  card: FoundCard;
  device: DeviceEvidence | null;
  distance: Distance | null;
};

/** Looks up everything that a scan brings as evidence: its code, its phone, and when it must have happened. In the caller's unit; changes nothing. */
@Injectable()
export class GatherEvidence {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findCard: FindCard,
    private readonly checkDevice: CheckDevice,
    private readonly measureDistance: MeasureDistance,
    private readonly challenges: Challenges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(personId: string, visit: LockedVisit, eventId: string, input: ScanInput): Promise<Evidence> {
    const receivedAt = this.unit.now;
    const clientTime = input.clientTime ? new Date(input.clientTime) : null;
    const [card, device, distance] = await Promise.all([
      this.findCard.run(visit, input.card, personId, clientTime !== null),
      this.checkDevice.run(personId, visit, eventId, input, clientTime ?? receivedAt),
      this.measureDistance.run(personId, visit, input.location),
    ]);
    const handedOut = this.challenges.issuedAt(visit.visitId, personId, input.challenge);
    const read = card.shown && readBetween(card.shown.step, receivedAt, Date.now(), this.clock.speed);
    const after = [handedOut, read?.after].filter((known) => known instanceof Date).sort((left, right) => +right - +left)[0] ?? null;
    const attested = { after, before: read?.before ?? null };
    const window = windowOf(visit, { kind: input.kind, clientTime, receivedAt, attested });
    return { receivedAt, clientTime, attested, window, card, device, distance };
  }
}
