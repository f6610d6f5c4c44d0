import { Injectable } from '@nestjs/common';
import { refuse, type BankKind, type BankKindInput, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { checkVersion } from './kind.rules';
import { ListBankKinds } from './list-bank-kinds';
import { BankServiceKindRow } from './service-kind.entity';

/**
 * Switches a kind of service on or off in a bank, and gives it the bank's own usual minutes and place in the list. Once it is off, nobody asks for it
 * anew; what was asked for stays. The same content again changes nothing. Refuses `service_kinds/not_found`, and `service_kinds/stale` when another
 * version is there than the one that was read, or one where none was read.
 */
@Injectable()
export class PutBankKind {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ListBankKinds,
  ) {}

  async run(bankId: string, code: string, input: BankKindInput): Promise<Stored<BankKind>> {
    const { version = 0, isOffered, usualMinutes = null, position = null } = input;
    return this.unit.run([bankId], async () => {
      const found = await this.unit.one('select from service_kind where code = $1 for key share', [code]);
      if (!found) throw refuse('service_kinds/not_found');
      const sent = { bankId, code, isOffered, usualMinutes, position };
      const first = version === 0 && (await this.unit.insertNew(BankServiceKindRow, sent));
      if (!first) await this.change(sent, version);
      return { first, value: (await this.kinds.one(bankId, code)) as BankKind };
    });
  }

  private async change(sent: Omit<BankServiceKindRow, 'version'>, readVersion: number): Promise<void> {
    const { bankId, code, ...set } = sent;
    const before = await this.unit.one<BankServiceKindRow>(
      'select is_offered, usual_minutes, position, version from bank_service_kind where bank_id = $1 and code = $2 for no key update',
      [bankId, code],
    );
    if (before && (Object.keys(set) as (keyof typeof set)[]).every((name) => before[name] === set[name])) return;
    checkVersion(readVersion, before?.version);
    await this.unit.updateRow(BankServiceKindRow, { bankId, code }, set);
  }
}
