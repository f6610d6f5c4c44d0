import { Injectable } from '@nestjs/common';
import { refuse, type BankKind, type BankKindInput, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ListBankKinds } from './list-bank-kinds';
import { BankServiceKindRow } from './service-kind.entity';

/**
 * Switches a kind of service on or off in a bank, and gives it the bank's own usual minutes and place in the list. Once it is off, nobody asks for it
 * anew; what was asked for stays. The same content again changes nothing. Refuses `service_kinds/not_found` and `service_kinds/stale`.
 */
@Injectable()
export class PutBankKind {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ListBankKinds,
  ) {}

  async run(bankId: string, code: string, input: BankKindInput): Promise<Stored<BankKind>> {
    const { version, isOffered, usualMinutes = null, position = null } = input;
    return this.unit.run([bankId], async () => {
      const found = await this.unit.one('select from service_kind where code = $1 for key share', [code]);
      if (!found) throw refuse('service_kinds/not_found');
      const first = await this.unit.insertNew(BankServiceKindRow, { bankId, code, isOffered, usualMinutes, position });
      if (!first) await this.change({ bankId, code, isOffered, usualMinutes, position }, version);
      return { first, value: (await this.kinds.one(bankId, code)) as BankKind };
    });
  }

  private async change(sent: Omit<BankServiceKindRow, 'version'>, readVersion: number | undefined): Promise<void> {
    const { bankId, code, ...set } = sent;
    const before = (await this.unit.one<BankServiceKindRow>(
      'select is_offered, usual_minutes, position, version from bank_service_kind where bank_id = $1 and code = $2 for no key update',
      [bankId, code],
    )) as BankServiceKindRow;
    if ((Object.keys(set) as (keyof typeof set)[]).every((name) => before[name] === set[name])) return;
    if ((readVersion ?? before.version) !== before.version)
      throw refuse('service_kinds/stale', { version: before.version }, 'body.version');
    await this.unit.updateRow(BankServiceKindRow, { bankId, code }, set);
  }
}
