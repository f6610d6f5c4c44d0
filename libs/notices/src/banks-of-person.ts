import { Injectable } from '@nestjs/common';
import { type Actor, isCityAdmin, Locator } from '@timebank/access';

/** Every bank in which a person may have notices, once each: where they have a role, and every bank for people who run the city. */
@Injectable()
export class BanksOfPerson {
  constructor(private readonly locator: Locator) {}

  async run(actor: Actor): Promise<string[]> {
    if (isCityAdmin(actor)) return this.locator.banks();
    return [...new Set(actor.roles.flatMap(({ bankId }) => bankId ?? []))];
  }
}
