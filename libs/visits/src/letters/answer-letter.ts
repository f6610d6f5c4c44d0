import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Letter, type LetterAnswerInput, type Stored } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { GetLetter } from './get-letter';
import type { LetterRow } from './letter.entity';
import { claimedAt } from '../evidence/scan.rules';

type Answer = { actor: Actor; answerId: string; input: LetterAnswerInput; hash: Buffer };
type Subject = Pick<LetterRow, 'bankId' | 'eventId' | 'personId' | 'volunteerId' | 'visitId' | 'clientTime' | 'earliest' | 'latest'>;

/**
 * A coordinator closes a letter, once and for good, with what came of it. It changes no visit by itself: `entered` names the
 * volunteer's visit whose times were entered by hand before. Atomic; idempotent by the answer's id: the letter as it is now, other
 * content is `letters/id_reused`. Refuses `letters/not_found`, `letters/already_closed`, `letters/own_letter`, `letters/not_entered`.
 * The volunteer is told; of a visit only when it is theirs.
 */
@Injectable()
export class AnswerLetter {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly getLetter: GetLetter,
  ) {}

  async run(actor: Actor, bankId: string, eventId: string, answerId: string, input: LetterAnswerInput): Promise<Stored<Letter>> {
    const hash = contentHash({ ...input, eventId, personId: actor.personId });
    return this.unit.run([bankId], async () => {
      const letter = await this.unit.one<Subject>('select * from letter where bank_id = $1 and event_id = $2', [bankId, eventId]);
      if (!letter) throw refuse('letters/not_found');
      const first = await this.keep(letter, { actor, answerId, input, hash });
      return { first, value: await this.getLetter.run(bankId, eventId) };
    });
  }

  private async keep(letter: Subject, { actor, answerId, input, hash }: Answer): Promise<boolean> {
    const { bankId, eventId } = letter;
    if (await this.isKept(letter, answerId, hash)) return false;
    if (letter.personId === actor.personId) throw refuse('letters/own_letter');
    const visitId = input.outcome === 'entered' ? input.visitId : null;
    if (visitId !== null) await this.checkEntered(letter, visitId);
    const laid = await this.unit.one(
      `insert into letter_answer (bank_id, answer_id, event_id, outcome, visit_id, reason_code, note, answered_by, answered_at, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning answer_id`,
      [bankId, answerId, eventId, input.outcome, visitId, input.reasonCode, input.note ?? null, actor.personId, this.unit.now, hash],
    );
    // Somebody else was quicker by a moment, perhaps with this very answer.
    if (!laid) return !(await this.isKept(letter, answerId, hash));
    await this.tell(letter, actor, input.outcome, visitId);
    return true;
  }

  private async isKept({ bankId, eventId }: Subject, answerId: string, hash: Buffer): Promise<boolean> {
    const kept = await this.unit.query<{ answerId: string; contentHash: Buffer }>(
      'select answer_id, content_hash from letter_answer where bank_id = $1 and (answer_id = $2 or event_id = $3)',
      [bankId, answerId, eventId],
    );
    const same = kept.find((row) => row.answerId === answerId);
    if (same && !same.contentHash.equals(hash)) throw refuse('letters/id_reused');
    if (!same && kept.length > 0) throw refuse('letters/already_closed');
    return same !== undefined;
  }

  private async checkEntered({ bankId, volunteerId }: Subject, visitId: string): Promise<void> {
    const entered = await this.unit.one(
      `select from visit where bank_id = $1 and visit_id = $2 and volunteer_id = $3 and class = 'manual'`,
      [bankId, visitId, volunteerId],
    );
    if (!entered) throw refuse('letters/not_entered', {}, 'body.visitId');
  }

  private async tell(letter: Subject, actor: Actor, outcome: LetterAnswerInput['outcome'], entered: string | null): Promise<void> {
    const own = await this.unit.one('select from visit where bank_id = $1 and visit_id = $2 and volunteer_id = $3', [
      letter.bankId,
      letter.visitId,
      letter.volunteerId,
    ]);
    const visitId = entered ?? (own ? letter.visitId : null);
    this.unit.tell(letter.bankId, 'letters/closed', {
      letterId: letter.eventId,
      volunteerId: letter.volunteerId,
      ...(visitId === null ? {} : { visitId }),
      at: claimedAt(letter).toISOString(),
      outcome,
      actorId: actor.personId,
    });
  }
}
