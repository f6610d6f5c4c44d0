import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type PastVisitInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, deriveId, once, UnitOfWork } from '@timebank/database';
import { minutesBetween } from '@timebank/kernel';
import { LayServedRequest } from '@timebank/requests';
import { Gate } from '../gate/gate';
import { reasonsAfterwards, refusalOf } from '../gate/gate.rules';
import { GetVisit } from '../reading/get-visit';
import { JudgePastVisit } from './judge-past-visit';
import { partiesOf } from '../told.rules';
import { VisitRow } from '../visit.entity';
import { WriteVisit } from '../write-visit';

type PastVisit = { bankId: string; visitId: string; start: Date; end: Date; hash: Buffer };

/**
 * A coordinator records a visit that took place without a live plan: from paper, a letter, a granted appeal. In one step it writes the visit (class
 * `manual`), its request (`served` from the beginning) and the hold, if the client has the minutes; else the visit waits, and whoever approves says
 * who pays. It is judged like any other: overlaps, caps, a related pair. Another person approves. Atomic; idempotent by the visit's id, other content
 * is `visits/id_reused`. It may lie before the members' registration and the bank's founding. Refuses `visits/manual_interval` (not over, or longer
 * than a day), `visits/recording_deadline` (MCA Order 67 (2020), article 11), people whom a request or a plan would refuse, one's own visit and a
 * relative's.
 */
@Injectable()
export class RecordPastVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: LayServedRequest,
    private readonly gate: Gate,
    private readonly pastVisit: JudgePastVisit,
    private readonly getVisit: GetVisit,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, input: PastVisitInput): Promise<Stored<Visit>> {
    const recorded = {
      bankId,
      visitId,
      start: new Date(input.startedAt),
      end: new Date(input.endedAt),
      hash: contentHash(input),
    };
    const banks = await this.gate.banks(bankId, input.volunteerId);
    return this.unit.run(banks, async () => {
      const sent = { hash: recorded.hash, reused: 'visits/id_reused' } as const;
      const first = await once(this.unit, VisitRow, { bankId, visitId }, sent, () => this.record(actor, recorded, input, banks));
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  /** False when the same id was used a moment ago: with this content it is done, with another it is refused. */
  private async record(actor: Actor, recorded: PastVisit, input: PastVisitInput, banks: string[]): Promise<boolean> {
    const { bankId, visitId, start, end, hash } = recorded;
    const { clientId, volunteerId, serviceKind, reasonCode } = input;
    await this.pastVisit.check(recorded);
    if (clientId === volunteerId) throw refuse('requests/own_request');
    const minutes = minutesBetween(start, end);
    const by = { createdBy: actor.personId, createdAt: this.unit.now, contentHash: hash };
    const request = {
      bankId,
      requestId: deriveId(visitId, 'request'),
      clientId,
      serviceKind,
      startsAt: start,
      endsAt: end,
      minutes,
      ...by,
    };
    await this.requests.run(request);
    const { found, homeBankId: volunteerHomeBankId } = await this.gate.hold(request, volunteerId, banks, reasonsAfterwards);
    const refusal = refusalOf(found, 'staff');
    if (refusal) throw refusal;
    const begun = await this.writeVisit.begin(bankId, visitId, 'ended', 'coordinator', {
      requestId: request.requestId,
      clientId,
      volunteerId,
      volunteerHomeBankId,
      serviceKind,
      plannedStart: start,
      plannedEnd: end,
      plannedMinutes: minutes,
      holdId: visitId,
      class: 'manual',
      plannedBy: actor.personId,
      enteredBy: actor.personId,
      enteredAt: this.unit.now,
      enteredHash: hash,
      manualReasonCode: reasonCode,
      manualNote: input.note ?? null,
      evidence: input.evidence ?? null,
      contentHash: hash,
      createdAt: this.unit.now,
    });
    if (!begun) return false;
    await this.pastVisit.run(actor, recorded, request);
    const parties = { visitId, requestId: request.requestId, clientId, volunteerId, serviceKind, plannedStart: start };
    this.unit.tell(bankId, 'visits/recorded', { ...partiesOf(parties), reasonCode, actorId: actor.personId });
    return true;
  }
}
