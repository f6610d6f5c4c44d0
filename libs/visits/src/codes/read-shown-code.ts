import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { type CardText, readCardText } from './card-text.rules';
import { faultOfStep, type ShownCode, typedSteps } from './rotating.rules';
import { RotatingCodes } from './rotating-codes';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

/**
 * Which screen of a bank showed a rotating code, scanned or typed, around now: for whoever says by it that they are at a course or an event, many at one
 * screen. The caller asks first whether it is the time and the person, so that guessing has nothing to aim at, and keeps display and step, so that one code
 * counts once a person. In the caller's unit; changes nothing. Refuses `visits/unknown_card` (also what a client's own screen showed),
 * `visits/card_revoked` and `visits/code_expired`.
 */
@Injectable()
export class ReadShownCode {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly codes: RotatingCodes,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(bankId: string, text: string, path: string): Promise<ShownCode> {
    const read = readCardText(text, this.options.origin);
    const shown = await this.shownBy(bankId, read);
    if (!shown) throw refuse('visits/unknown_card', {}, path);
    const display = await this.unit.one<{ clientId: string | null; closedAt: Date | null }>(
      'select client_id, closed_at from display where bank_id = $1 and display_id = $2',
      [bankId, shown.displayId],
    );
    if (!display || display.clientId !== null) throw refuse('visits/unknown_card', {}, path);
    if (display.closedAt) throw refuse('visits/card_revoked', {}, path);
    const fault = faultOfStep(shown.step, Date.now(), false);
    if (fault) throw refuse(fault, {}, path);
    return shown;
  }

  private async shownBy(bankId: string, read: CardText): Promise<ShownCode | null> {
    if (read.via === 'rotating') return this.codes.read(read.code);
    if (read.via !== 'typed') return null;
    const displays = await this.unit.query<{ displayId: string }>(
      'select display_id from display where bank_id = $1 and client_id is null and closed_at is null',
      [bankId],
    );
    const steps = typedSteps(Date.now());
    for (const { displayId } of displays)
      for (const step of steps) if (this.codes.typed({ displayId, step }) === read.code) return { displayId, step };
    return null;
  }
}
