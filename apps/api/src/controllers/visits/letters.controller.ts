import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Letter, Stored } from '@timebank/contract';
import { AnswerLetter, GetLetter, ListLetters, ListVisitScans } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Offline scans that changed nothing, and what the desk made of them. */
@Controller()
export class LettersController {
  constructor(
    private readonly listLetters: ListLetters,
    private readonly getLetter: GetLetter,
    private readonly answerLetter: AnswerLetter,
    private readonly listVisitScans: ListVisitScans,
  ) {}

  @Endpoint('listLetters')
  list(@Input() { params, query }: InputOf<'listLetters'>): Promise<AnswerOf<'listLetters'>> {
    return this.listLetters.run(params.bankId, query);
  }

  @Endpoint('getLetter')
  get(@Input() { params }: InputOf<'getLetter'>): Promise<Letter> {
    return this.getLetter.run(params.bankId, params.eventId);
  }

  @Endpoint('putLetterAnswer')
  answer(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putLetterAnswer'>): Promise<Stored<Letter>> {
    return this.answerLetter.run(caller, params.bankId, params.eventId, params.answerId, body);
  }

  /** A visit's own answer carries only the newest of its scans. */
  @Endpoint('listVisitScans')
  scans(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listVisitScans'>): Promise<AnswerOf<'listVisitScans'>> {
    return this.listVisitScans.run(caller, params.bankId, params.visitId, query);
  }
}
