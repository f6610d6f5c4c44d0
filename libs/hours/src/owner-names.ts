import { Injectable } from '@nestjs/common';
import { BankNames } from '@timebank/banks';
import { FindMembers } from '@timebank/members';

/** Names of account owners. The ledger holds ids only, so that a person can be forgotten without touching a transfer. */
@Injectable()
export class OwnerNames {
  constructor(
    private readonly findMembers: FindMembers,
    private readonly bankNames: BankNames,
  ) {}

  /** By owner id; an institution's account has no owner and no name. */
  async run(bankId: string, ownerIds: readonly (string | null)[]): Promise<(ownerId: string | null) => string | null> {
    const ids = [...new Set(ownerIds)].filter((id) => id !== null);
    const members = ids.length === 0 ? [] : await this.findMembers.run(bankId, ids);
    const names = new Map(members.map((member) => [member.memberId, member.name]));
    // A clearing account belongs to the bank that it is kept for.
    for (const [id, name] of await this.bankNames.run(ids.filter((owner) => !names.has(owner)))) names.set(id, name);
    return (ownerId) => (ownerId === null ? null : (names.get(ownerId) ?? null));
  }
}
