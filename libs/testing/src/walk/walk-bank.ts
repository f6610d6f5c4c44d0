import { newId } from '@timebank/kernel';
import type { NewAccount, Posting } from '@timebank/ledger';
import { testStart } from '../test-rooms';

/** A source of whole numbers: seeded in the torture, from fast-check in specs, so that either can be replayed. */
export type Chance = { integer(least: number, most: number): number };

export const pickFrom = <Item>(chance: Chance, items: readonly Item[]): Item => items[chance.integer(0, items.length - 1)] as Item;

/** The accounts of one bank of a walk. A closed account stays; its place is taken by a new one. */
export class WalkBank {
  readonly bankId = newId();
  readonly fund = newId();
  readonly issuance = newId();
  readonly clearing = newId();
  readonly members: string[];
  pool = newId();

  constructor(
    members: number,
    private readonly actorId: string,
  ) {
    this.members = Array.from({ length: members }, () => newId());
  }

  firstAccounts(otherBankId: string): NewAccount[] {
    return [
      { accountId: this.fund, kind: 'fund', ownerId: null, floorMinutes: 0, ceilingMinutes: null },
      { accountId: this.issuance, kind: 'issuance', ownerId: null, floorMinutes: null, ceilingMinutes: null },
      { accountId: this.clearing, kind: 'clearing', ownerId: otherBankId, floorMinutes: -700, ceilingMinutes: null },
      this.poolAccount(),
      ...this.members.map((accountId) => this.memberAccount(accountId, 1_000)),
    ];
  }

  poolAccount(): NewAccount {
    return { accountId: this.pool, kind: 'pool', ownerId: null, floorMinutes: 0, ceilingMinutes: null };
  }

  memberAccount(accountId: string, ceilingMinutes: number): NewAccount {
    return { accountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes };
  }

  /** Minutes moved as a service, under new ids and without anything special, unless said otherwise. */
  posting(differences: Pick<Posting, 'debitAccountId' | 'creditAccountId' | 'minutes'> & Partial<Posting>): Posting {
    const isService = differences.kind === undefined;
    return {
      bankId: this.bankId,
      transferId: newId(),
      kind: 'service',
      class: isService ? 'verified' : null,
      visitId: isService ? newId() : null,
      reversesId: null,
      memoCode: null,
      actorId: this.actorId,
      effectiveAt: testStart,
      holdId: null,
      overflow: null,
      cover: null,
      ...differences,
    };
  }
}
