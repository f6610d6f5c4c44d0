import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { CardSheetAnswer, CardSheetInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { CardOfSheet, CardSheet } from './draw-card-sheet';
import { MakeCard } from './make-card';
import { LockClient } from '../lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type Client = { clientId: string; name: string; memberNumber: string; homeAddress: string | null };

/**
 * Issues cards for many clients at once, in one act, and says what to draw: the sheet holds their secrets, which nobody knows afterwards. Clients who hold a
 * valid card are left out, or with `anew` lose it: so two people who print at once give nobody two cards, and a lost sheet can be made again.
 * Refuses `members/not_found` and `cards/not_a_client`; then nobody gets one.
 */
@Injectable()
export class IssueCards {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly lockClient: LockClient,
    private readonly makeCard: MakeCard,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    { clientIds, anew = false }: CardSheetInput,
  ): Promise<Omit<CardSheetAnswer, 'pdf'> & { sheet: CardSheet }> {
    return this.unit.run([bankId], async () => {
      const bank = await this.banks.run(bankId);
      const wanted = [...new Set(clientIds)];
      for (const clientId of wanted.toSorted()) await this.lockClient.run(bankId, clientId, 'body.clientIds');
      const held = await this.unit.query<{ cardId: string; clientId: string }>(
        'select card_id, client_id from service_card where bank_id = $1 and client_id = any ($2::uuid[]) and revoked_at is null order by card_id',
        [bankId, wanted],
      );
      if (anew) await this.makeCard.revoke(actor, bankId, held);
      const left = new Set(anew ? [] : held.map(({ clientId }) => clientId));
      const clients = await this.unit.query<Client>(
        `select m.member_id as client_id, m.name, m.member_number, m.home_address
           from unnest($2::uuid[]) with ordinality as w (member_id, place) join member m on m.bank_id = $1 and m.member_id = w.member_id order by w.place`,
        [bankId, wanted.filter((clientId) => !left.has(clientId))],
      );
      const cards: CardSheetAnswer['cards'] = [];
      const drawn: CardOfSheet[] = [];
      for (const { clientId, ...client } of clients) {
        const { cardId, version, token, code } = await this.makeCard.run(actor, bankId, clientId);
        cards.push({ clientId, cardId, version });
        drawn.push({ ...client, url: `${this.options.origin}/s/${token}`, code });
      }
      return { cards, left: left.size, sheet: { bankName: bank.name, bankPhone: bank.phone, cards: drawn } };
    });
  }
}
