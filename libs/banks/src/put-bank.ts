import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import type { Bank, BankInput, Stored } from '@timebank/contract';
import { contentHash, deriveId, once, UnitOfWork } from '@timebank/database';
import { OpenAccounts } from '@timebank/ledger';
import { bankAnswer } from './bank.answer.rules';
import { CheckZone } from './check-zone';
import { bankColumns, BankRow, type KnownBank } from './bank.entity';

/**
 * Opens a time bank with its four accounts. Fund, pool and honour may not fall below zero; issuance may, since it is where minutes begin. One
 * transaction; idempotent by id. Refuses `banks/id_reused`, and a time zone that the program and Postgres read differently. The door lets city admins
 * only.
 */
@Injectable()
export class PutBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly openAccounts: OpenAccounts,
    private readonly locator: Locator,
    private readonly checkZone: CheckZone,
  ) {}

  /** Inside a unit that sees the bank. */
  async isThere(bankId: string): Promise<boolean> {
    return (await this.find(bankId)) !== null;
  }

  async run(bankId: string, input: Omit<BankInput, 'sameName'>): Promise<Stored<Bank>> {
    const hash = contentHash(input);
    return this.unit.run([bankId], async () => {
      const first = await once(this.unit, BankRow, { bankId }, { hash, reused: 'banks/id_reused' }, () => this.open(bankId, input, hash));
      return { first, value: bankAnswer((await this.find(bankId)) as KnownBank, this.unit.now) };
    });
  }

  private find(bankId: string): Promise<KnownBank | null> {
    return this.unit.one<KnownBank>(`select ${bankColumns} from bank b where b.bank_id = $1`, [bankId]);
  }

  /** False when another call with this id came first; it has committed by then. */
  private async open(bankId: string, input: Omit<BankInput, 'sameName'>, hash: Buffer): Promise<boolean> {
    await this.checkZone.refuseUnsound(input.timeZone);
    const [fund, pool, honour, issuance] = ['fund', 'pool', 'honour', 'issuance'].map((kind) => deriveId(bankId, kind)) as [
      string,
      string,
      string,
      string,
    ];
    const { name, phone, timeZone } = input;
    const accounts = { fundAccountId: fund, poolAccountId: pool, honourAccountId: honour, issuanceAccountId: issuance };
    const bank = { bankId, name, phone, timeZone, ...accounts, contentHash: hash, createdAt: this.unit.now };
    if (!(await this.unit.insertNew(BankRow, bank, ['bankId']))) return false;
    const common = { ownerId: null, ceilingMinutes: null };
    await this.openAccounts.run(bankId, [
      { accountId: fund, kind: 'fund', floorMinutes: 0, ...common },
      { accountId: pool, kind: 'pool', floorMinutes: 0, ...common },
      { accountId: honour, kind: 'honour', floorMinutes: 0, ...common },
      { accountId: issuance, kind: 'issuance', floorMinutes: null, ...common },
    ]);
    await this.locator.put('bank', Buffer.from(bankId.replaceAll('-', ''), 'hex'), { bankId, id: bankId });
    return true;
  }
}
