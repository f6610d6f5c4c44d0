import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { zoneAt } from '@timebank/kernel';
import { UnitOfWork } from '@timebank/database';
import type { KnownBank } from './bank.entity';
import { CheckZone } from './check-zone';
import { ReadBank } from './read-bank';

/** A bank that a report over several goes without, and why. */
export type LeftOut = { bankId: string; bankName: string; timeZone: string; reason: 'time_zone' };

/**
 * Reads the banks that a report is about. A bank whose zone Postgres does not know, or reads differently, is named and left out, so it does not spoil
 * the report of all the others. Alone it is refused with `banks/zone_unreadable`. Inside a unit of work.
 */
@Injectable()
export class SoundBanks {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly checkZone: CheckZone,
  ) {}

  async run(bankIds: readonly string[]): Promise<{ banks: KnownBank[]; leftOut: LeftOut[] }> {
    const banks: KnownBank[] = [];
    for (const bankId of bankIds) banks.push(await this.readBank.run(bankId));
    const sick = await this.checkZone.sick(banks);
    const leftOut = banks.filter(({ bankId }) => sick.has(bankId)).map((bank) => this.leftOut(bank));
    const [only] = leftOut;
    if (only && bankIds.length === 1) throw refuse('banks/zone_unreadable', { timeZone: only.timeZone });
    return { banks: banks.filter(({ bankId }) => !sick.has(bankId)), leftOut };
  }

  private leftOut({ bankId, name, zone }: KnownBank): LeftOut {
    return { bankId, bankName: name, timeZone: zoneAt(zone, this.unit.now), reason: 'time_zone' };
  }
}
