import { Inject, Injectable } from '@nestjs/common';
import { Locator, memberIn, Sealer, type Actor, type Place } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse, type CardPlace } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { readCardText } from './card-text.rules';
import { RotatingCodes } from './rotating-codes';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type OwnVisit = {
  visitId: string;
  clientName: string;
  plannedStart: Date;
  capturedIn: Date | null;
  state: 'planned' | 'in_progress';
  place: string | null;
  note: string | null;
};

/**
 * What the page behind a card shows. To anyone: the bank and whom to call. To a volunteer with a visit here within a day: also that visit, and what
 * scanning would do. It changes nothing, since link previews and neighbours open it too. Refuses `cards/not_found` for anything that is neither a
 * card's token nor a code that a display has shown.
 */
@Injectable()
export class ReadCardPlace {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
    private readonly codes: RotatingCodes,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(actor: Actor | null, text: string): Promise<CardPlace> {
    const found = await this.find(text);
    if (!found) throw refuse('cards/not_found');
    const { place, table } = found;
    const { bankId } = place;
    return this.unit.run([bankId], async () => {
      const bank = await this.banks.run(bankId);
      const card = await this.unit.one<{ clientId: string | null; revokedAt: Date | null }>(table, [bankId, place.id]);
      if (!card) throw refuse('cards/not_found');
      const me = actor && memberIn(actor, bankId);
      const visit = me && !card.revokedAt ? await this.ownVisit(bankId, me, card.clientId) : null;
      return { bankId, bankName: bank.name, bankPhone: bank.phone, revoked: card.revokedAt !== null, visit };
    });
  }

  /** A card by its token; a display by any code that it has shown. */
  private async find(text: string): Promise<{ place: Place; table: string } | null> {
    const read = readCardText(text, this.options.origin);
    if (read.via === 'card') {
      const place = await this.locator.find('card_token', this.sealer.seal('card_token', read.token));
      return place && { place, table: 'select client_id, revoked_at from service_card where bank_id = $1 and card_id = $2' };
    }
    const shown = this.codes.read(text);
    const place = shown && (await this.locator.find('display', this.sealer.seal('display', shown.displayId)));
    return place && { place, table: 'select client_id, closed_at as revoked_at from display where bank_id = $1 and display_id = $2' };
  }

  private async ownVisit(bankId: string, volunteerId: string, clientId: string | null): Promise<CardPlace['visit']> {
    const visit = await this.unit.one<OwnVisit>(
      `select v.visit_id, c.name as client_name, v.planned_start, v.captured_in, v.state, coalesce(r.place, c.home_address) as place, r.note
       from visit v join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
       join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
       where v.bank_id = $1 and v.volunteer_id = $2 and ($3::uuid is null or v.client_id = $3) and v.state in ('planned', 'in_progress')
         and v.planned_start < $4::timestamptz + interval '24 hours' and v.planned_end > $4::timestamptz - interval '24 hours'
       order by v.state = 'in_progress' desc, abs(extract(epoch from v.planned_start - $4::timestamptz)) limit 1`,
      [bankId, volunteerId, clientId, this.unit.now],
    );
    if (!visit) return null;
    const { state, plannedStart, capturedIn, ...rest } = visit;
    const times = { plannedStart: plannedStart.toISOString(), capturedIn: capturedIn?.toISOString() ?? null };
    return { ...rest, ...times, next: state === 'planned' ? 'in' : 'out' };
  }
}
