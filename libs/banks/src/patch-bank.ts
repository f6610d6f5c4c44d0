import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Bank, type BankPatch } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ChangeZone } from './change-zone';
import { ReadBank } from './read-bank';

/** Changes a bank's name or phone, or its zone from a day on. Refuses as `ChangeZone`, `banks/not_found`, and `banks/stale` when somebody else changed it since. */
@Injectable()
export class PatchBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly changeZone: ChangeZone,
  ) {}

  async run(actor: Actor, bankId: string, patch: BankPatch): Promise<Bank> {
    return this.unit.run([bankId], async () => {
      const bank = await this.readBank.lock(bankId);
      const { version } = bank;
      if (version !== patch.version) throw refuse('banks/stale', { version }, 'body.version');
      if (patch.timeZone !== undefined) await this.changeZone.run(actor, bank, patch.timeZone, patch.validFrom);
      await this.unit.query(
        'update bank set name = coalesce($2, name), phone = coalesce($3, phone), version = version + 1 where bank_id = $1',
        [bankId, patch.name ?? null, patch.phone ?? null],
      );
      return this.readBank.answer(bankId);
    });
  }
}
