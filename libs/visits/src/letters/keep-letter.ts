import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type ScanInput } from '@timebank/contract';
import { isRepeat, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { GatherEvidence, type Evidence } from '../evidence/gather-evidence';
import { LetterRow } from './letter.entity';
import { recordingDeadline } from '../recording-deadline.rules';
import { claimedAt, letterCodeOf, type ScanOutcome } from '../evidence/scan.rules';
import type { LockedVisit } from '../visit-lock';

/** An event as it came: whose it is, and what it is called. */
type LetterToKeep = { bankId: string; visitId: string; eventId: string; actorId: string; memberId: string | null; hash: Buffer };

/** Open letters of one volunteer in a bank. Beyond that the phone keeps its scans and asks again; nothing is lost and nobody is flooded. */
const mostOpen = 100;
const retryAfterSeconds = 300;

/**
 * Gives an offline scan that changed nothing to the coordinators as a letter, in the caller's unit. With a used id it changes nothing. Refuses
 * `letters/too_many_open`, to be tried again. Otherwise every event is recorded and none refused.
 */
@Injectable()
export class KeepLetter {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly gatherEvidence: GatherEvidence,
  ) {}

  /** For a visit that the bank knows, whoever's it is; does nothing where the scan changed something. */
  async ofVisit(sent: LetterToKeep, visit: LockedVisit, kind: ScanInput['kind'], outcome: ScanOutcome, evidence: Evidence): Promise<void> {
    const { clientTime, receivedAt, window, card, device } = evidence;
    const code = letterCodeOf(outcome, clientTime);
    if (code === null || clientTime === null) return;
    const { earliest = null, latest = receivedAt } = window ?? {};
    const proof = device?.proof ?? null;
    const letter = { kind, code, clientTime, receivedAt, earliest, latest, proof, via: card.via, cardId: card.cardId };
    await this.lay(sent, letter, localDate(visit.plannedEnd, visit.zone));
  }

  /**
   * For a visit that has as many scans as are kept: this one is kept as a letter only, even if it merely repeats the first. An online scan is not
   * kept: its answer says why, and it can be made again.
   */
  async ofCrowdedVisit(
    sent: LetterToKeep,
    visit: LockedVisit,
    kind: ScanInput['kind'],
    outcome: ScanOutcome,
    evidence: Evidence,
  ): Promise<void> {
    if (evidence.clientTime === null) return;
    const { bankId, eventId, hash } = sent;
    if (await isRepeat(this.unit, LetterRow, { bankId, eventId }, { hash, reused: 'scans/id_reused' })) return;
    const again = kind === 'in' ? 'visits/already_started' : 'visits/already_ended';
    await this.ofVisit(
      sent,
      visit,
      kind,
      outcome.code === null ? { ...outcome, outcome: 'duplicate', code: again, thrown: false } : outcome,
      evidence,
    );
  }

  /** For a visit that the bank does not know: cancelled on another phone, of another bank, or nobody's. */
  async ofStray(sent: LetterToKeep, input: ScanInput, clientTime: Date): Promise<void> {
    const { zone } = await this.readBank.run(sent.bankId);
    const stray = { bankId: sent.bankId, visitId: sent.visitId, zone };
    const { receivedAt, earliest, latest, card, device } = await this.gatherEvidence.ofStray(
      sent.actorId,
      stray,
      sent.eventId,
      input,
      clientTime,
    );
    const evidence = { clientTime, receivedAt, earliest, latest, via: card.via, cardId: card.cardId, proof: device?.proof ?? null };
    const day = localDate(claimedAt({ clientTime, earliest, latest }), zone);
    await this.lay(sent, { kind: input.kind, code: 'visits/not_found', ...evidence }, day);
  }

  /** `day` is that of the service, in the bank's zone: the deadline is counted from there. */
  private async lay(
    sent: LetterToKeep,
    letter: Omit<LetterRow, 'deadline' | 'contentHash' | 'personId' | 'volunteerId' | keyof LetterToKeep>,
    day: string,
  ): Promise<void> {
    await this.checkRoom(sent.bankId, sent.actorId);
    const { recordingDeadlineWorkingDays } = await this.readPolicy.run(sent.bankId, day);
    const { bankId, eventId, visitId, actorId: personId, memberId, hash } = sent;
    const deadline = recordingDeadline(day, recordingDeadlineWorkingDays);
    // The door lets members only.
    const row = { bankId, eventId, visitId, personId, volunteerId: memberId as string, ...letter, deadline, contentHash: hash };
    await this.unit.insertNew(LetterRow, row, ['bankId', 'eventId']);
  }

  private async checkRoom(bankId: string, personId: string): Promise<void> {
    // One volunteer's phones take turns, so that many at once do not slip past the count.
    await this.unit.query('select pg_advisory_xact_lock(hashtextextended($1::text, 22))', [personId]);
    const row = await this.unit.one<{ open: number }>(
      `select count(*) as open from letter l where l.bank_id = $1 and l.person_id = $2
         and not exists (select from letter_answer n where n.bank_id = l.bank_id and n.event_id = l.event_id)`,
      [bankId, personId],
    );
    if ((row?.open ?? 0) >= mostOpen) throw refuse('letters/too_many_open', { retryAfterSeconds });
  }
}
