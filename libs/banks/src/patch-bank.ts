import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Bank, type BankPatch } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ChangeZone } from './change-zone';
import { OneName } from './one-name';
import { ReadBank } from './read-bank';

/**
 * Changes a bank's name, phone or address, or its zone from a day on. Refuses as `ChangeZone`, `banks/not_found`, `banks/stale` when somebody else
 * has changed it, and `banks/same_name`.
 */
@Injectable()
export class PatchBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly changeZone: ChangeZone,
    private readonly oneName: OneName,
  ) {}

  async run(actor: Actor, bankId: string, patch: BankPatch): Promise<Bank> {
    return this.unit.run([bankId], async () => {
      const bank = await this.readBank.lock(bankId);
      const { version } = bank;
      if (version !== patch.version) throw refuse('banks/stale', { version }, 'body.version');
      if (patch.timeZone !== undefined) await this.changeZone.run(actor, bank, patch.timeZone, patch.validFrom);
      if (patch.name !== undefined && patch.name !== bank.name) {
        await this.oneName.run(bankId, patch.name, patch.sameName === true);
      }
      await this.unit.query(
        `update bank set name = coalesce($2, name), phone = coalesce($3, phone), address = case when $4 then $5 else address end, version = version + 1
          where bank_id = $1`,
        [bankId, patch.name ?? null, patch.phone ?? null, patch.address !== undefined, patch.address ?? null],
      );
      return this.readBank.answer(bankId);
    });
  }
}
