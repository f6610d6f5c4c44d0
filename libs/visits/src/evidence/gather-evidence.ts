import { Inject, Injectable } from '@nestjs/common';
import type { ScanInput } from '@timebank/contract';
import { CLOCK, UnitOfWork } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { Challenges } from './challenges';
import { CheckDevice } from './check-device';
import type { DeviceEvidence, Distance } from './evidence';
import { FindCard, type FoundCard } from './find-card';
import { MeasureDistance } from './measure-distance';
import { readBetween } from '../codes/rotating.rules';
import { windowOf, type Scan, type Window } from './scan.rules';
import type { LockedVisit } from '../visit-lock';

type StrayVisit = Pick<LockedVisit, 'bankId' | 'visitId' | 'zone'>;

/** A scan's evidence, looked up. `window` is null online. */
export type Evidence = {
  receivedAt: Date;
  clientTime: Date | null;
  attested: Scan['attested'];
  window: Window | null;
  /** Whether something shows what an offline scan came after. */
  dated: boolean;
  card: FoundCard;
  device: DeviceEvidence | null;
  distance: Distance | null;
};

/** The evidence of a scan for a visit that the bank does not know. `earliest` is null where nothing vouches for it. */
export type StrayEvidence = Pick<Evidence, 'receivedAt' | 'device'> & {
  card: Pick<FoundCard, 'via' | 'cardId'>;
  earliest: Date | null;
  latest: Date;
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
    const [card, device, distance] = await this.unit.together(
      this.findCard.run(visit, input.card, personId, clientTime !== null),
      this.checkDevice.run(personId, visit, eventId, input, clientTime ?? receivedAt),
      this.measureDistance.run(personId, visit, input.location),
    );
    const attested = this.attested(personId, visit.visitId, input, card);
    const window = windowOf(visit, { kind: input.kind, clientTime, receivedAt, attested });
    return { receivedAt, clientTime, attested, window, dated: attested.after !== null, card, device, distance };
  }

  /** The same without a visit, for an offline scan: all that helps a person to find out what it was. */
  async ofStray(personId: string, stray: StrayVisit, eventId: string, input: ScanInput, clientTime: Date): Promise<StrayEvidence> {
    const receivedAt = this.unit.now;
    const card = await this.findCard.alone(stray.bankId, input.card);
    const { after, before } = this.attested(personId, stray.visitId, input, card);
    const device = await this.checkDevice.run(personId, stray, eventId, input, clientTime);
    const latest = before && before < receivedAt ? before : receivedAt;
    return { receivedAt, card, device, earliest: after && after < latest ? after : null, latest };
  }

  /** The visit's challenge and a rotating code date a scan, whatever the phone's clock says. */
  private attested(personId: string, visitId: string, input: ScanInput, { shown }: Pick<FoundCard, 'shown'>): Scan['attested'] {
    const handedOut = this.challenges.issuedAt(visitId, personId, input.challenge);
    const read = shown && readBetween(shown.step, this.unit.now, Date.now(), this.clock.speed);
    const after = [handedOut, read?.after].filter((known) => known instanceof Date).sort((left, right) => +right - +left)[0] ?? null;
    return { after, before: read?.before ?? null };
  }
}
