import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Letter, type LetterAnswerInput, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { GetLetter } from './get-letter';
import { LetterAnswerRow, type LetterRow } from './letter.entity';
import { claimedAt } from '../evidence/scan.rules';

type Answer = { actor: Actor; answerId: string; input: LetterAnswerInput; hash: Buffer };
type Subject = Pick<LetterRow, 'bankId' | 'eventId' | 'personId' | 'volunteerId' | 'visitId' | 'clientTime' | 'earliest' | 'latest'>;

/**
 * A coordinator closes a letter, once and for good, with its outcome. It changes no visit by itself: `entered` names the volunteer's visit whose
 * times were entered by hand before. Atomic; idempotent by the answer's id: the letter as it is now, other content is `letters/id_reused`. Refuses
 * `letters/not_found`, `letters/already_closed`, `letters/own_letter`, `letters/not_entered`. The volunteer is told, and about the visit only if it
 * is theirs.
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
      const first = await once(this.unit, LetterAnswerRow, { bankId, answerId }, { hash, reused: 'letters/id_reused' }, () =>
        this.keep(letter, { actor, answerId, input, hash }),
      );
      return { first, value: await this.getLetter.run(bankId, eventId) };
    });
  }

  /** False when somebody gave this very answer a moment earlier. */
  private async keep(letter: Subject, { actor, answerId, input, hash }: Answer): Promise<boolean> {
    const { bankId, eventId } = letter;
    await this.refuseClosed(letter, answerId);
    if (letter.personId === actor.personId) throw refuse('letters/own_letter');
    const visitId = input.outcome === 'entered' ? input.visitId : null;
    if (visitId !== null) await this.checkEntered(letter, visitId);
    const { outcome, reasonCode, note = null } = input;
    const by = { answeredBy: actor.personId, answeredAt: this.unit.now, contentHash: hash };
    const isLaid = await this.unit.insertNew(LetterAnswerRow, { bankId, answerId, eventId, outcome, visitId, reasonCode, note, ...by });
    if (isLaid) await this.tell(letter, actor, outcome, visitId);
    else await this.refuseClosed(letter, answerId);
    return isLaid;
  }

  /** By another answer than this one. */
  private async refuseClosed({ bankId, eventId }: Subject, answerId: string): Promise<void> {
    const other = await this.unit.one('select from letter_answer where bank_id = $1 and event_id = $2 and answer_id <> $3', [
      bankId,
      eventId,
      answerId,
    ]);
    if (other) throw refuse('letters/already_closed');
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
