import { Injectable } from '@nestjs/common';
import { banksOf, memberIn, type Actor } from '@timebank/access';
import { refuse, type RefusalCode, type ScanInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, isSame, UnitOfWork } from '@timebank/database';
import type { Refusal } from '@timebank/kernel';
import { homeOf } from '../reading/at-home.rules';
import { GatherEvidence, type Evidence } from '../evidence/gather-evidence';
import { JudgeVisit, type JudgedVisit } from '../judging/judge-visit';
import { ScanEventRow } from '../evidence/evidence.entity';
import { KeepLetter } from '../letters/keep-letter';
import { captureOf, decideScan, type ScanOutcome } from '../evidence/scan.rules';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { lineOf, visitLineSelect, visitOf, visitSelectUpToScan, type VisitLineRow, type VisitViewRow } from '../reading/visit-view';

type Answer = { refusal: { code: RefusalCode; parameters: Record<string, unknown> } } | { judged: JudgedVisit; duplicate: boolean };
/** Scans of one visit that changed nothing: a day of one wrong card a minute. Further ones become letters, or are only answered. */
const mostKept = 1_000;
const unknownVisit: Answer = { refusal: { code: 'visits/not_found', parameters: {} } };
type ScanAttempt = { bankId: string; visitId: string; eventId: string; hash: Buffer; actorId: string; memberId: string | null };
/**
 * Takes a scan in or out by the visit's volunteer. Atomic with the exceptions it causes. Idempotent by the event's id: the stored first answer again,
 * a refusal included; other content is `scans/id_reused`. Every attempt is kept, a refused one too, which is why a refusal here is thrown only after
 * the commit. Online the server's time counts; an unknown, wrong or revoked card, a forged signature and somebody else's visit are refused and leave
 * the visit as it was. Offline (`clientTime`) the visit's own volunteer is never refused, only flagged. We keep only the distance from the client's
 * home, and only with consent.
 */
@Injectable()
export class ScanCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly gatherEvidence: GatherEvidence,
    private readonly keepLetter: KeepLetter,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, eventId: string, input: ScanInput): Promise<Stored<Visit>> {
    const kept: ScanAttempt = {
      bankId,
      visitId,
      eventId,
      actorId: actor.personId,
      memberId: memberIn(actor, bankId),
      hash: contentHash({ ...input, visitId, actorId: actor.personId }),
    };
    const result = await this.unit.run(banksOf(actor, bankId), async () => {
      const visit = await this.lock.find(bankId, visitId);
      const gathering = visit && this.gatherEvidence.run(actor.personId, visit, eventId, input);
      const [first, evidence] = await this.unit.together(this.firstAnswer(kept), gathering);
      if (first) return this.answer(kept, first, false);
      return visit && evidence
        ? this.take(kept, visit, kept.memberId === visit.volunteerId, input.kind, evidence)
        : this.stray(kept, input);
    });
    if ('refusal' in result) throw result.refusal;
    return result;
  }

  /** What this event was answered when it first came. */
  private async firstAnswer(kept: ScanAttempt): Promise<Answer | null> {
    const event = await this.unit.one<{ contentHash: Buffer; answer: Answer }>(
      `select content_hash, answer from scan_event where bank_id = $1 and event_id = $2
       union all
       select content_hash, $3::jsonb from letter where bank_id = $1 and event_id = $2 and code = 'visits/not_found'`,
      [kept.bankId, kept.eventId, JSON.stringify(unknownVisit)],
    );
    return event && isSame(event.contentHash, { hash: kept.hash, reused: 'scans/id_reused' }) ? event.answer : null;
  }

  private async take(
    kept: ScanAttempt,
    visit: LockedVisit,
    isOwn: boolean,
    kind: 'in' | 'out',
    evidence: Evidence,
  ): Promise<Stored<Visit> | { refusal: Refusal }> {
    const { receivedAt, clientTime, attested, card, device } = evidence;
    const scan = {
      kind,
      clientTime,
      receivedAt,
      attested,
      cardFault: card.fault,
      signatureIsForged: device?.proof === 'invalid',
    };
    const outcome: ScanOutcome = isOwn
      ? decideScan(visit, scan)
      : { outcome: 'refused', at: receivedAt, code: 'visits/not_yours', parameters: {}, thrown: true };
    const answer = await this.apply(visit, kind, outcome, evidence);
    if (outcome.outcome !== 'accepted' && (await this.isCrowded(kept))) {
      await this.keepLetter.ofCrowdedVisit(kept, visit, kind, outcome, evidence);
      return this.answer(kept, answer, false);
    }
    const isFirst = outcome.outcome === 'accepted' && clientTime === null;
    const [, , answered] = await this.unit.together(
      this.keep(kept, kind, outcome, evidence, answer),
      this.keepLetter.ofVisit(kept, visit, kind, outcome, evidence),
      this.answer(kept, answer, isFirst),
    );
    return answered;
  }

  /** Whether a visit already has as many scans without effect as are kept. Scans that count are always taken. */
  private async isCrowded({ bankId, visitId }: ScanAttempt): Promise<boolean> {
    const row = await this.unit.one<{ kept: number }>(
      `select count(*) as kept from (select from scan_event where bank_id = $1 and visit_id = $2 and outcome <> 'accepted' limit ${mostKept}) e`,
      [bankId, visitId],
    );
    return (row?.kept ?? 0) >= mostKept;
  }

  /** An offline scan for a visit that this bank does not know is kept all the same, and its answer says no more than it would online. */
  private async stray(kept: ScanAttempt, input: ScanInput): Promise<Stored<Visit> | { refusal: Refusal }> {
    if (!input.clientTime) throw refuse('visits/not_found');
    await this.keepLetter.ofStray(kept, input, new Date(input.clientTime));
    const first = await this.firstAnswer(kept);
    return first ? this.answer(kept, first, false) : { refusal: refuse('visits/not_found') };
  }

  private async apply(visit: LockedVisit, kind: 'in' | 'out', outcome: ScanOutcome, evidence: Evidence): Promise<Answer> {
    if (outcome.outcome === 'refused' && outcome.thrown) return { refusal: { code: outcome.code, parameters: outcome.parameters } };
    if (outcome.outcome !== 'accepted') return { judged: await this.standing(visit), duplicate: outcome.outcome === 'duplicate' };
    const capture = captureOf({ at: outcome.at, code: outcome.code, via: evidence.card.via, ...evidence });
    const judged = await this.judgeVisit.run(visit, { by: 'volunteer', [kind]: capture, ended: outcome.target === 'ended' });
    this.unit.tell(visit.bankId, 'visits/scanned', {
      ...partiesOf(visit),
      kind,
      at: outcome.at.toISOString(),
      state: judged.state,
      actorId: visit.volunteerPersonId,
    });
    return { judged, duplicate: false };
  }

  /** The visit as it is, for the first answer to an event that changes nothing. */
  private async standing({ bankId, visitId }: LockedVisit): Promise<JudgedVisit> {
    const row = await this.unit.one<VisitLineRow>(`${visitLineSelect} and v.visit_id = $2`, [bankId, visitId]);
    if (!row) throw refuse('visits/not_found');
    const { state, lane, assurance, capturedIn, capturedOut, creditedStart, creditedEnd, creditedMinutes, exceptions, version, ...line } =
      lineOf(row, 'client', this.unit.now);
    const times = { capturedIn, capturedOut, creditedStart, creditedEnd, creditedMinutes };
    return { state, lane, assurance, class: line.class, ...times, exceptions, version };
  }

  private async keep(kept: ScanAttempt, kind: 'in' | 'out', outcome: ScanOutcome, evidence: Evidence, answer: Answer): Promise<void> {
    const { receivedAt, clientTime, window, dated, card, device, distance } = evidence;
    const row = {
      bankId: kept.bankId,
      eventId: kept.eventId,
      visitId: kept.visitId,
      kind,
      outcome: outcome.outcome,
      code: outcome.code,
      at: outcome.at,
      receivedAt,
      clientTime,
      via: card.via,
      cardId: card.cardId,
      actorId: kept.actorId,
      contentHash: kept.hash,
      answer,
      device,
      earliest: window?.earliest ?? null,
      latest: window?.latest ?? null,
      displayId: card.shown?.displayId ?? null,
      step: card.shown?.step ?? null,
      distanceMeters: distance?.meters ?? null,
      accuracyMeters: distance?.accuracyMeters ?? null,
      dated: clientTime && dated,
    };
    const isNew = await this.unit.insertNew(ScanEventRow, row, ['bankId', 'eventId']);
    // The same id was used for another visit at the same moment.
    if (!isNew) throw refuse('scans/id_reused');
  }

  /** The visit with what this event's first answer said, and its events up to this one. */
  private async answer(kept: ScanAttempt, answer: Answer, first: boolean): Promise<Stored<Visit> | { refusal: Refusal }> {
    if ('refusal' in answer) return { refusal: refuse(answer.refusal.code, answer.refusal.parameters) };
    const row = await this.unit.one<VisitViewRow>(visitSelectUpToScan, [kept.bankId, kept.visitId, kept.eventId]);
    if (!row) throw refuse('visits/not_found');
    const visit = visitOf(row, 'client', this.unit.now);
    const last = visit.events.findIndex(({ eventId }) => eventId === kept.eventId);
    const value = {
      ...visit,
      ...homeOf(row, 'volunteer', this.unit.now),
      ...answer.judged,
      decision: null,
      clientAnswer: null,
      events: last < 0 ? visit.events : visit.events.slice(0, last + 1),
      ...(answer.duplicate ? { duplicate: true } : {}),
    };
    return { first, value };
  }
}
