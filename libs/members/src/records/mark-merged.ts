import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { MemberRecord } from '../member.entity';

/** Writes down as whom somebody goes on who was registered twice, or that they do not, in the caller's unit of work, which holds the member. */
@Injectable()
export class MarkMerged {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberId: string, mergedInto: string | null): Promise<void> {
    await this.unit.updateRow(MemberRecord, { bankId, memberId }, { mergedInto });
  }
}
