import { Inject, Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { readCardText, type CardText } from '../codes/card-text.rules';
import type { ScanEventRow } from './evidence.entity';
import { RotatingCodes } from '../codes/rotating-codes';
import { faultOfStep, type ShownCode } from '../codes/rotating.rules';
import { typedCodeCounts, type CardFault } from './scan.rules';
import type { LockedVisit } from '../visit-lock';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

export type FoundCard = {
  via: ScanEventRow['via'];
  cardId: string | null;
  fault: CardFault | null;
  /** For a rotating code of this installation: where it was shown, and for which real time. */
  shown: ShownCode | null;
};

type FoundRow = { cardId: string; clientId: string; revokedAt: Date | null };
const nothing: FoundCard = { via: null, cardId: null, fault: 'visits/unknown_card', shown: null };

/** Which card a scanned or typed text is, and whether it is the visit's. In the caller's unit; changes nothing. */
@Injectable()
export class FindCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly codes: RotatingCodes,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  /** By its sealed text. Row security hides other banks' cards, which are then as unknown as any. */
  async run(visit: LockedVisit, text: string, personId: string, offline: boolean): Promise<FoundCard> {
    const read = readCardText(text, this.options.origin);
    if (read.via === null) return nothing;
    if (read.via === 'rotating') return this.rotating(visit, read.code, personId, offline);
    const { via } = read;
    if (via === 'typed' && !typedCodeCounts(visit, this.unit.now)) return { ...nothing, via, fault: 'visits/code_not_valid_now' };
    const card = await this.cardOf(visit.bankId, read);
    if (!card) return { ...nothing, via };
    const found = { via, cardId: card.cardId, shown: null };
    if (card.clientId !== visit.clientId) return { ...found, fault: 'visits/wrong_card' };
    return { ...found, fault: card.revokedAt ? 'visits/card_revoked' : null };
  }

  /** Which card of the bank a text is, when no visit says whose card to expect, and when a rotating code was made. */
  async alone(bankId: string, text: string): Promise<Pick<FoundCard, 'via' | 'cardId' | 'shown'>> {
    const read = readCardText(text, this.options.origin);
    if (read.via === null) return nothing;
    if (read.via === 'rotating') return { ...nothing, via: 'rotating', shown: this.codes.read(read.code) };
    return { via: read.via, cardId: (await this.cardOf(bankId, read))?.cardId ?? null, shown: null };
  }

  private cardOf(bankId: string, read: Extract<CardText, { via: 'card' | 'typed' }>): Promise<FoundRow | null> {
    const [kind, secret] = read.via === 'card' ? ['card_token', read.token] : ['card_code', read.code];
    return this.unit.one<FoundRow>(
      `select c.card_id, c.client_id, c.revoked_at from locator l
       join service_card c on c.bank_id = l.bank_id and c.card_id = l.id where l.kind = $1 and l.hash = $2 and c.bank_id = $3`,
      [kind, this.sealer.seal(kind, secret), bankId],
    );
  }

  /** A code that the visit's client or any screen of the bank has shown, around now, and not to this person before. */
  private async rotating(visit: LockedVisit, code: string, personId: string, offline: boolean): Promise<FoundCard> {
    const shown = this.codes.read(code);
    if (!shown) return { ...nothing, via: 'rotating' };
    const found = { via: 'rotating' as const, cardId: null, shown };
    const display = await this.unit.one<{ clientId: string | null; closedAt: Date | null; used: boolean }>(
      `select client_id, closed_at, exists (select from scan_event s where s.bank_id = $1 and s.display_id = $2 and s.step = $3
         and s.actor_id = $4 and s.outcome = 'accepted') as used
       from display where bank_id = $1 and display_id = $2`,
      [visit.bankId, shown.displayId, shown.step, personId],
    );
    if (!display) return { ...nothing, via: 'rotating' };
    if (display.clientId !== null && display.clientId !== visit.clientId) return { ...found, fault: 'visits/wrong_card' };
    if (display.closedAt) return { ...found, fault: 'visits/card_revoked' };
    return { ...found, fault: display.used ? 'visits/code_used' : faultOfStep(shown.step, Date.now(), offline) };
  }
}
