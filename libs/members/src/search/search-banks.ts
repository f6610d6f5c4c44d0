import { Injectable } from '@nestjs/common';
import { type Actor, Locator, staffBanksOf } from '@timebank/access';
import { type SearchAnswer, type SearchHit, searchKinds } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { FindThings } from './find-things';
import { SearchMembers } from './search-members';
import { idsMeantBy } from './sought.rules';

/** A page of the box. Whoever sees so many types another letter. */
const mostHits = 20;

/**
 * One box from anywhere, over every bank where the caller is staff: members by what a person would say of them, the best first, and then whatever has
 * that id or that code. The door lets staff only.
 */
@Injectable()
export class SearchBanks {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly searchMembers: SearchMembers,
    private readonly things: FindThings,
  ) {}

  async run(actor: Actor, text: string): Promise<SearchAnswer> {
    const where = staffBanksOf(actor);
    const banks = where === 'city' ? await this.locator.banks() : where;
    if (banks.length === 0) return { items: [] };
    return this.unit.run(banks, async () => {
      const members = await this.searchMembers.run(banks, text, mostHits);
      const things = await this.things.run({ banks, text, ids: idsMeantBy(text), limit: mostHits });
      const inOrder = things.sort((left, right) => placeOf(left) - placeOf(right));
      return { items: [...members, ...inOrder].slice(0, mostHits) };
    });
  }
}

const placeOf = ({ kind }: SearchHit) => searchKinds.indexOf(kind);
