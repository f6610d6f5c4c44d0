import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { refuse, type Bank, type BankInput, type Stored } from '@timebank/contract';
import { contentHash, deriveId, UnitOfWork } from '@timebank/database';
import { OpenAccounts } from '@timebank/ledger';
import { bankAnswer } from './bank.answer.rules';
import { CheckZone } from './check-zone';
import { bankColumns, type KnownBank } from './bank.entity';

/**
 * Opens a time bank with its four accounts: fund, pool and honour may not fall below zero, issuance may, since minutes
 * come into being there. One transaction; idempotent by id; refuses `banks/id_reused`,
 * and a time zone that code and Postgres do not read alike. The door lets city admins only.
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
      const first = (await this.find(bankId)) === null && (await this.open(bankId, input, hash));
      const row = await this.find(bankId);
      if (!row?.contentHash.equals(hash)) throw refuse('banks/id_reused');
      return { first, value: bankAnswer(row, this.unit.now) };
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
    const made = await this.unit.one(
      `insert into bank (bank_id, name, phone, time_zone, fund_account_id, pool_account_id, honour_account_id, issuance_account_id, content_hash, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (bank_id) do nothing returning bank_id`,
      [bankId, input.name, input.phone, input.timeZone, fund, pool, honour, issuance, hash, this.unit.now],
    );
    if (!made) return false;
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
