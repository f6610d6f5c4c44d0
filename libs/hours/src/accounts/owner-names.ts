import { Injectable } from '@nestjs/common';
import { BankNames } from '@timebank/banks';
import { FindMembers, NameMembers } from '@timebank/members';

/** Names of account owners. The ledger holds ids only, so that a person can be forgotten without touching a transfer. */
@Injectable()
export class OwnerNames {
  constructor(
    private readonly nameMembers: NameMembers,
    private readonly bankNames: BankNames,
    private readonly findMembers: FindMembers,
  ) {}

  /** By owner id; an institution's account has no owner and no name. */
  async run(bankId: string, ownerIds: readonly (string | null)[]): Promise<(ownerId: string | null) => string | null> {
    const ids = [...new Set(ownerIds)].filter((id) => id !== null);
    const names = ids.length === 0 ? new Map<string, string>() : await this.nameMembers.run(bankId, ids);
    // A clearing account bears the name of the other bank.
    for (const [id, name] of await this.bankNames.run(ids.filter((owner) => !names.has(owner)))) names.set(id, name);
    return (ownerId) => (ownerId === null ? null : (names.get(ownerId) ?? null));
  }

  /** A member's number; null for an institution's account and for a clearing account. */
  async numberOf(bankId: string, ownerId: string | null): Promise<string | null> {
    const [owner] = ownerId === null ? [] : await this.findMembers.run(bankId, [ownerId]);
    return owner?.memberNumber ?? null;
  }
}
