import { Inject, Injectable } from '@nestjs/common';
import { Locator, Sealer } from '@timebank/access';
import { refuse, type Screen } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { normalizeCode } from '@timebank/kernel';
import { groupCode } from './card-text.rules';
import { drawSvg } from './draw-card';
import { RotatingCodes } from './rotating-codes';
import { leftOf, stepAt } from './rotating.rules';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

/**
 * What a display's screen shows now: the code, its typed twin where many check in, how long they last, whose it is. Real time. Changes nothing; `displays/not_found` for anything else,
 * also a closed one.
 */
@Injectable()
export class ReadScreen {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
    private readonly codes: RotatingCodes,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(text: string): Promise<Screen> {
    const screen = normalizeCode(text);
    const place = screen === null ? null : await this.locator.find('screen', this.sealer.seal('screen', screen));
    if (!place) throw refuse('displays/not_found');
    const display = await this.unit.run([place.bankId], () =>
      this.unit.one<{ name: string; bankName: string; bankPhone: string; isShared: boolean }>(
        `select d.name, b.name as bank_name, b.phone as bank_phone, d.client_id is null as is_shared from display d join bank b on b.bank_id = d.bank_id
         where d.bank_id = $1 and d.display_id = $2 and d.closed_at is null`,
        [place.bankId, place.id],
      ),
    );
    if (!display) throw refuse('displays/not_found');
    const real = Date.now();
    const shown = { displayId: place.id, step: stepAt(real) };
    const url = `${this.options.origin}/r/${this.codes.make(shown)}`;
    const typed = display.isShared ? groupCode(this.codes.typed(shown)) : null;
    return { ...display, url, typed, svg: await drawSvg(url), lastsMilliseconds: leftOf(real) };
  }
}
