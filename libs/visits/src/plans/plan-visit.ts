import { Injectable } from '@nestjs/common';
import { hasRole, isOneself, memberIn, type Actor } from '@timebank/access';
import { refuse, type Stored, type Visit, type VisitInput } from '@timebank/contract';
import { contentHash, isRepeat, once, UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { RequestLock, type RequestRow } from '@timebank/requests';
import { Gate, type GateAnswer } from '../gate/gate';
import { GateOverruleRow } from '../gate/gate-overrule.entity';
import { forOneself, refusalOf } from '../gate/gate.rules';
import { GetVisit } from '../reading/get-visit';
import { HoldPlannedMinutes } from '../hold-planned-minutes';
import { partiesOf } from '../told.rules';
import { VisitRow } from '../visit.entity';
import { WriteVisit } from '../write-visit';

type PlannedBefore = Pick<VisitRow, 'volunteerId' | 'payerNote'>;

/**
 * A volunteer takes a place of a request, or a coordinator assigns one. Atomic: the visit is planned, the request taken when that was its last place,
 * and the planned minutes are held until `holdExpiryDays` after the planned end, on the account of whoever pays for this helper. Idempotent under the caller's id; other content is `visits/id_reused`. Refuses
 * what the gate finds, all of it at once; a coordinator may set aside what is soft and was seen, of another person, with a reason that is kept. Refuses
 * `ledger/overdraft`.
 */
@Injectable()
export class PlanVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
    private readonly gate: Gate,
    private readonly holdMinutes: HoldPlannedMinutes,
    private readonly getVisit: GetVisit,
    private readonly writeVisit: WriteVisit,
  ) {}

  /** What a unit must see that plans for somebody. */
  banks(bankId: string, volunteerId: string): Promise<string[]> {
    return this.gate.banks(bankId, volunteerId);
  }

  /**
   * `instead`: the visit of this request in whose place it comes, called off in the caller's unit. Who pays for it was decided there, and stays; to the same
   * person it is moved.
   */
  async run(actor: Actor, bankId: string, visitId: string, input: VisitInput, instead?: PlannedBefore): Promise<Stored<Visit>> {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== input.volunteerId)
      throw refuse('access/not_allowed', {}, 'body.volunteerId');
    if (input.overruleNote !== undefined && !hasRole(actor, 'coordinator', bankId))
      throw refuse('access/not_allowed', {}, 'body.overruleNote');
    if (input.payer !== undefined && !hasRole(actor, 'coordinator', bankId)) throw refuse('access/not_allowed', {}, 'body.payer');
    const sent = { hash: contentHash(input), reused: 'visits/id_reused' } as const;
    const banks = await this.banks(bankId, input.volunteerId);
    return this.unit.run(banks, async () => {
      const first = await once(this.unit, VisitRow, { bankId, visitId }, sent, async () => {
        const request = await this.requests.one(bankId, input.requestId);
        // The same call may have come twice; the second one waited for the request.
        if (await isRepeat(this.unit, VisitRow, { bankId, visitId }, sent)) return false;
        this.refuseReserved(actor, request, input.volunteerId);
        const answer = await this.gate.hold(request, input.volunteerId, banks);
        const overruled = this.pass(actor, bankId, answer, input);
        await this.plan(actor, visitId, request, input, answer, { hash: sent.hash, instead });
        if (overruled) await this.unit.insertRow(GateOverruleRow, { bankId, visitId, ...overruled });
        return true;
      });
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  /** What is a regular's to take is for others as if taken. A coordinator gives it to anybody. */
  private refuseReserved(actor: Actor, { bankId, reservedFor }: RequestRow, volunteerId: string): void {
    if (reservedFor === null || reservedFor === volunteerId || hasRole(actor, 'coordinator', bankId)) return;
    throw refuse('requests/not_open', { state: 'taken', gate: ['full'] });
  }

  /** Refuses what the gate found. What a coordinator may set aside, has seen, and does with a reason, is returned to be kept. */
  private pass(
    actor: Actor,
    bankId: string,
    answer: GateAnswer,
    { volunteerId, overruleNote: note, overrules = [] }: VisitInput,
  ): Omit<GateOverruleRow, 'bankId' | 'visitId'> | null {
    const isStaff = hasRole(actor, 'coordinator', bankId);
    const found = isOneself(actor, volunteerId) ? forOneself(answer.found) : answer.found;
    const refusal = refusalOf(found, isStaff ? 'staff' : 'volunteer');
    if (refusal === null) return null;
    const reasons = found.filter(({ strength }) => strength === 'soft').map(({ reason }) => reason);
    // A reason that came up since they looked was not weighed.
    const allSeen = reasons.every((reason) => overrules.includes(reason));
    if (note === undefined || !allSeen || refusal.parameters['mayOverrule'] !== true) throw refusal;
    return { reasons, note, overruledBy: actor.personId, overruledAt: this.unit.now };
  }

  private async plan(
    actor: Actor,
    visitId: string,
    request: RequestRow,
    { volunteerId, payer, payerNote: said }: VisitInput,
    { homeBankId, policy }: GateAnswer,
    { hash, instead }: { hash: Buffer; instead: PlannedBefore | undefined },
  ): Promise<void> {
    const { bankId, requestId, clientId } = request;
    const payerNote = said ?? instead?.payerNote ?? null;
    const byClient = payer === 'client' || payerNote !== null;
    const payerAccountId = await this.holdMinutes.forHelper(visitId, request, policy, byClient).catch((thrown: unknown) => {
      // How much there is, of the client or of the pool, is for staff to know.
      if (!(thrown instanceof Refusal) || thrown.code !== 'ledger/overdraft' || hasRole(actor, 'coordinator', bankId)) throw thrown;
      const { availableMinutes: _, ...parameters } = thrown.parameters;
      throw refuse('ledger/overdraft', parameters);
    });
    const { serviceKind, startsAt: plannedStart, endsAt: plannedEnd, minutes: plannedMinutes } = request;
    const who = memberIn(actor, bankId) === volunteerId ? 'volunteer' : 'coordinator';
    const begun = await this.writeVisit.begin(bankId, visitId, 'planned', who, {
      requestId,
      clientId,
      volunteerId,
      volunteerHomeBankId: homeBankId,
      serviceKind,
      plannedStart,
      plannedEnd,
      plannedMinutes,
      holdId: visitId,
      payerAccountId,
      payerNote,
      class: 'verified',
      plannedBy: actor.personId,
      contentHash: hash,
      createdAt: this.unit.now,
    });
    // The same id was used for another request at the same moment.
    if (!begun) throw refuse('visits/id_reused');
    await this.requests.settle(bankId, [requestId]);
    const visit = { visitId, requestId, clientId, volunteerId, serviceKind, plannedStart };
    const moved = instead?.volunteerId === volunteerId;
    this.unit.tell(bankId, 'visits/planned', { ...partiesOf(visit), actorId: actor.personId, ...(moved && { moved: true }) });
  }
}
