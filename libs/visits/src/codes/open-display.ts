import { Inject, Injectable } from '@nestjs/common';
import { Locator, Sealer, type Actor } from '@timebank/access';
import { refuse, type Display, type DisplayInput } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { randomCode } from '@timebank/kernel';
import { DisplayRow } from './card.entity';
import { LockClient } from '../lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

const screenLength = 16;

/**
 * Opens a display: for one client's or family's phone, or for every visit of a bank at a service point or a group activity. Its screen is an address
 * with a secret of 80 bits, answered only here and kept as a keyed hash: it shows the codes and can do nothing else. Refuses `members/not_found`,
 * `cards/not_a_client`; a used id is `displays/id_reused`, since the screen's address cannot be answered again.
 */
@Injectable()
export class OpenDisplay {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lockClient: LockClient,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(actor: Actor, bankId: string, displayId: string, input: DisplayInput): Promise<{ first: true; value: Display }> {
    const { clientId = null, name } = input;
    return this.unit.run([bankId], async () => {
      if (clientId !== null) await this.lockClient.run(bankId, clientId, 'body.clientId');
      const opened = { openedBy: actor.personId, openedAt: this.unit.now, contentHash: contentHash(input) };
      const made = await this.unit.insertNew(DisplayRow, { bankId, displayId, clientId, name, ...opened });
      const place = { bankId, id: displayId };
      // The id may be another bank's display, which only the locator sees.
      if (!made || !(await this.locator.put('display', this.sealer.seal('display', displayId), place))) throw refuse('displays/id_reused');
      const screen = randomCode(screenLength);
      await this.locator.put('screen', this.sealer.seal('screen', screen), place);
      this.unit.tell(bankId, 'displays/opened', { displayId, clientId });
      return { first: true as const, value: { displayId, clientId, name, screenUrl: `${this.options.origin}/screen/${screen}` } };
    });
  }
}
