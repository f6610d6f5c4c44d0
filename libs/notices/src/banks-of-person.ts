import { Injectable } from '@nestjs/common';
import { type Actor, isCityAdmin, Locator } from '@timebank/access';

/** Every bank in which a person may have been told something, each once: where they have a role, and every one for who runs the city. */
@Injectable()
export class BanksOfPerson {
  constructor(private readonly locator: Locator) {}

  async run(actor: Actor): Promise<string[]> {
    if (isCityAdmin(actor)) return this.locator.banks();
    return [...new Set(actor.roles.flatMap(({ bankId }) => bankId ?? []))];
  }
}
