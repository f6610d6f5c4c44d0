import { Injectable } from '@nestjs/common';
import { contentHash, UnitOfWork } from '@timebank/database';
import type { PolicyLine } from './policy.entity';

/** Compares the policies of a bank, and of the city, with what was stored first. */
@Injectable()
export class AuditPolicies {
  constructor(private readonly unit: UnitOfWork) {}

  /** The first row whose content is no longer what was stored under its id, or null. */
  async firstEdited(bankId: string): Promise<string | null> {
    const lines = await this.unit.run([bankId], () =>
      this.unit.query<PolicyLine>('select * from policy where bank_id = $1 or bank_id is null order by policy_number', [bankId]),
    );
    const edited = lines.find(({ key, value, validFrom, source, bankId: owner, contentHash: laid }) => {
      return !contentHash({ bankId: owner, key, value, validFrom, source }).equals(laid);
    });
    return edited?.policyId ?? null;
  }
}
