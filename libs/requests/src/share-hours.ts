import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';

const hourMs = 3_600_000;

/** An open request is for the bank's own volunteers first; guests of other banks see it after so many hours (policy `shareOpenAfterHours`). */
@Injectable()
export class ShareHours {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  /** By today's policy. In the caller's unit. */
  async run(bankId: string): Promise<number> {
    const { zone } = await this.readBank.run(bankId);
    return (await this.readPolicy.run(bankId, localDate(this.unit.now, zone))).shareOpenAfterHours;
  }

  /** What was asked for at this moment or earlier is shared by now. */
  async before(bankId: string): Promise<Date> {
    return new Date(this.unit.now.getTime() - (await this.run(bankId)) * hourMs);
  }
}
