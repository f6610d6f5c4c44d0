import { Inject, Injectable } from '@nestjs/common';
import { banksOf, memberIn, Sealer, type Actor } from '@timebank/access';
import { refuse, type RefusalCode, type ScanInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import type { Refusal } from '@timebank/kernel';
import { readCardText } from './card-text.rules';
import type { ScanEventRow } from './evidence.entity';
import { JudgeVisit, type Judged } from './judge-visit';
import { captureOf, decideScan, typedCodeCounts, type CardFault, type ScanOutcome } from './scan.rules';
import { partiesOf } from './told.rules';
import { VisitLock, type LockedVisit } from './visit-lock';
import { lineOf, visitLineSelect, visitOf, visitSelect, type VisitLineRow, type VisitViewRow } from './visit-view';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

type FoundCard = { via: ScanEventRow['via']; cardId: string | null; fault: CardFault | null };
type Answer = { refusal: { code: RefusalCode; parameters: Record<string, unknown> } } | { judged: Judged; duplicate: boolean };
type Kept = { bankId: string; visitId: string; eventId: string; hash: Buffer; actorId: string };

/**
 * Takes a scan in or out by the visit's volunteer. Atomic with the exceptions it causes. Idempotent by the event's id: the
 * stored first answer again, a refusal included; other content is `scans/id_reused`. Every attempt is kept, a
 * refused one too, which is why a refusal here is thrown only after the commit.
 * Online the server's time counts; an unknown, wrong or revoked card and somebody else's visit are refused and leave the
 * visit as it was. Offline (`clientTime`) is never refused to the visit's own volunteer, only flagged. A location is not
 * kept: it needs a consent that nobody can give yet. Source: visits.md, "A scan"; http.md, "Scans".
 */
@Injectable()
export class ScanCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly sealer: Sealer,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, eventId: string, input: ScanInput): Promise<Stored<Visit>> {
    const kept: Kept = {
      bankId,
      visitId,
      eventId,
      actorId: actor.personId,
      hash: contentHash({ ...input, visitId, actorId: actor.personId }),
    };
    const me = memberIn(actor, bankId);
    const result = await this.unit.run(banksOf(actor, bankId), async () => {
      const visit = await this.lock.one(bankId, visitId);
      return (await this.repeat(kept)) ?? this.take(kept, visit, me === visit.volunteerId, input);
    });
    if ('refusal' in result) throw result.refusal;
    return result;
  }

  private async repeat(kept: Kept): Promise<Stored<Visit> | { refusal: Refusal } | null> {
    const event = await this.unit.one<{ contentHash: Buffer; answer: Answer }>(
      'select content_hash, answer from scan_event where bank_id = $1 and event_id = $2',
      [kept.bankId, kept.eventId],
    );
    if (!event) return null;
    if (!event.contentHash.equals(kept.hash)) throw refuse('scans/id_reused');
    return this.answer(kept, event.answer, false);
  }

  private async take(kept: Kept, visit: LockedVisit, isOwn: boolean, input: ScanInput): Promise<Stored<Visit> | { refusal: Refusal }> {
    const receivedAt = this.unit.now;
    const clientTime = input.clientTime ? new Date(input.clientTime) : null;
    const card = await this.find(visit, input.card);
    const outcome: ScanOutcome = isOwn
      ? decideScan(visit, { kind: input.kind, clientTime, receivedAt, cardFault: card.fault })
      : { outcome: 'refused', at: receivedAt, code: 'visits/not_yours', parameters: {}, thrown: true };
    const answer = await this.apply(visit, input.kind, outcome, { receivedAt, clientTime });
    await this.keep(kept, input.kind, { ...outcome, receivedAt, clientTime }, card, answer);
    return this.answer(kept, answer, outcome.outcome === 'accepted' && clientTime === null);
  }

  private async apply(
    visit: LockedVisit,
    kind: 'in' | 'out',
    outcome: ScanOutcome,
    times: { receivedAt: Date; clientTime: Date | null },
  ): Promise<Answer> {
    if (outcome.outcome === 'refused' && outcome.thrown) return { refusal: { code: outcome.code, parameters: outcome.parameters } };
    if (outcome.outcome !== 'accepted') return { judged: await this.standing(visit), duplicate: outcome.outcome === 'duplicate' };
    const capture = captureOf({ at: outcome.at, code: outcome.code, ...times });
    const judged = await this.judgeVisit.run(visit, { [kind]: capture, ended: outcome.target === 'ended' });
    await this.unit.tell(visit.bankId, 'visits/scanned', {
      ...partiesOf(visit),
      kind,
      at: outcome.at.toISOString(),
      state: judged.state,
      actorId: visit.volunteerPersonId,
    });
    return { judged, duplicate: false };
  }

  /** The visit as it stands, for the first answer of an event that changes nothing. */
  private async standing({ bankId, visitId }: LockedVisit): Promise<Judged> {
    const row = await this.unit.one<VisitLineRow>(`${visitLineSelect} and v.visit_id = $2`, [bankId, visitId]);
    if (!row) throw refuse('visits/not_found');
    const { state, lane, assurance, capturedIn, capturedOut, creditedStart, creditedEnd, creditedMinutes, exceptions, version, ...line } =
      lineOf(row);
    const times = { capturedIn, capturedOut, creditedStart, creditedEnd, creditedMinutes };
    return { state, lane, assurance, class: line.class, ...times, exceptions, version };
  }

  private async keep(
    kept: Kept,
    kind: 'in' | 'out',
    event: Pick<ScanOutcome, 'outcome' | 'code' | 'at'> & { receivedAt: Date; clientTime: Date | null },
    card: FoundCard,
    answer: Answer,
  ): Promise<void> {
    const row = await this.unit.one(
      `insert into scan_event (bank_id, event_id, visit_id, kind, outcome, code, at, received_at, client_time, via, card_id, actor_id, content_hash, answer)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (bank_id, event_id) do nothing returning event_id`,
      [
        kept.bankId,
        kept.eventId,
        kept.visitId,
        kind,
        event.outcome,
        event.code,
        event.at,
        event.receivedAt,
        event.clientTime,
        card.via,
        card.cardId,
        kept.actorId,
        kept.hash,
        JSON.stringify(answer),
      ],
    );
    // The same id was used for another visit at the same moment.
    if (!row) throw refuse('scans/id_reused');
  }

  /** The card by its sealed text. Row security hides other banks' cards, which are then as unknown as any. */
  private async find(visit: LockedVisit, text: string): Promise<FoundCard> {
    const read = readCardText(text, this.options.origin);
    if (read.via === null || read.via === 'rotating') return { via: read.via, cardId: null, fault: 'visits/unknown_card' };
    if (read.via === 'typed' && !typedCodeCounts(visit, this.unit.now))
      return { via: 'typed', cardId: null, fault: 'visits/code_not_valid_now' };
    const [kind, secret] = read.via === 'card' ? ['card_token', read.token] : ['card_code', read.code];
    const card = await this.unit.one<{ cardId: string; clientId: string; revokedAt: Date | null }>(
      `select c.card_id, c.client_id, c.revoked_at from locator l
       join service_card c on c.bank_id = l.bank_id and c.card_id = l.id where l.kind = $1 and l.hash = $2 and c.bank_id = $3`,
      [kind, this.sealer.seal(kind, secret), visit.bankId],
    );
    if (!card) return { via: read.via, cardId: null, fault: 'visits/unknown_card' };
    if (card.clientId !== visit.clientId) return { via: read.via, cardId: card.cardId, fault: 'visits/wrong_card' };
    return { via: read.via, cardId: card.cardId, fault: card.revokedAt ? 'visits/card_revoked' : null };
  }

  /** The visit with what this event's first answer said, and its events up to this one. */
  private async answer(kept: Kept, answer: Answer, first: boolean): Promise<Stored<Visit> | { refusal: Refusal }> {
    if ('refusal' in answer) return { refusal: refuse(answer.refusal.code, answer.refusal.parameters) };
    const row = await this.unit.one<VisitViewRow>(`${visitSelect} and v.visit_id = $2`, [kept.bankId, kept.visitId]);
    if (!row) throw refuse('visits/not_found');
    const visit = visitOf(row);
    const last = visit.events.findIndex(({ eventId }) => eventId === kept.eventId);
    const value = {
      ...visit,
      ...answer.judged,
      decision: null,
      events: visit.events.slice(0, last + 1),
      ...(answer.duplicate ? { duplicate: true } : {}),
    };
    return { first, value };
  }
}
