import { Injectable } from '@nestjs/common';
import { type Actor, SecondPerson } from '@timebank/access';
import { type Bank, isWaiting, type ReopeningInput, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { BankRow } from './bank.entity';
import { BankClosingRow } from './bank-closing.entity';
import { ReadBank } from './read-bank';

type Act = BankClosingRow['act'];
type ReasonGiven = ReopeningInput & { on?: string };

const kinds = { closed: 'closing', reopened: 'reopening' } as const;

/** What closing and reopening share, while the bank is locked: two admins of the city want it, and a row records it. */
@Injectable()
export class ClosingByTwo {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly secondPerson: SecondPerson,
  ) {}

  /** Whether this very call brought the bank to its present state. */
  async wasLast(bankId: string, act: Act, { on, reasonCode, note }: ReasonGiven): Promise<boolean> {
    const last = await this.unit.one<BankClosingRow>('select * from bank_closing where bank_id = $1 order by closing_number desc limit 1', [
      bankId,
    ]);
    return last?.act === act && last.closedOn === (on ?? null) && last.reasonCode === reasonCode && last.note === (note ?? null);
  }

  async run(actor: Actor, bankId: string, act: Act, said: ReasonGiven): Promise<Bank | Waiting> {
    const forTwo = { bankId, kind: kinds[act], subjectId: bankId, content: said, memberId: null, roles: ['city admin'] as const };
    const asked = await this.secondPerson.run(actor, forTwo);
    if (isWaiting(asked)) return asked;
    const { on = null, reasonCode, note = null } = said;
    const by = { askedBy: asked.askedBy, doneBy: actor.personId, doneAt: this.unit.now };
    await this.unit.insertRow(BankClosingRow, { bankId, act, closedOn: on, reasonCode, note, ...by });
    await this.unit.updateRow(BankRow, { bankId }, { closedOn: on });
    this.unit.tell(bankId, `banks/${act}`, { bankId, askedBy: asked.askedBy, actorId: actor.personId });
    return this.readBank.answer(bankId);
  }
}
