import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type CardSheetAnswer, type CardSheetInput, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CardSheetRow } from './card-sheet.entity';
import type { CardOfSheet, CardSheet } from './draw-card-sheet';
import { MakeCard } from './make-card';
import { LockClient } from '../lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type Client = { clientId: string; name: string; memberNumber: string; homeAddress: string | null };
type CardBefore = { cardId: string; clientId: string; version: number; revoked: boolean; scanned: boolean; isClient: boolean };
type KeptCards = CardSheetAnswer['kept'];
type Answer = { first: boolean; value: Omit<CardSheetAnswer, 'pdf'>; sheet: CardSheet };

/**
 * Issues cards for many clients at once, in one act, and says what to draw: the sheet holds their secrets, which nobody knows afterwards. Clients who hold a
 * valid card are left out, so two people who print at once give nobody two. The same call again makes the same sheet again: of the cards that this sheet
 * made, those are replaced that nobody has scanned or revoked since, and no others; so an answer that was lost is asked for once more. Refuses
 * `members/not_found` and `cards/not_a_client` (then nobody gets one), `card_sheets/id_reused`, and `card_sheets/saved` once somebody said that it was.
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

  async run(actor: Actor, bankId: string, sheetId: string, input: CardSheetInput): Promise<Answer> {
    return this.unit.run([bankId], async () => {
      const bank = await this.banks.run(bankId);
      const clientIds = [...new Set(input.clientIds)];
      const by = { madeBy: actor.personId, madeAt: this.unit.now };
      // Whoever sends the same call meanwhile waits here.
      const first = await this.unit.insertNew(CardSheetRow, { bankId, sheetId, clientIds, cardIds: [], ...by });
      const old = first ? [] : await this.madeBefore(bankId, sheetId, clientIds);
      const kept = old.flatMap((card) => keptOf(card));
      const lost = old.filter(({ cardId }) => !kept.some((card) => card.cardId === cardId));
      await this.makeCard.revoke(actor, bankId, lost);
      const wanted = first ? await this.without(bankId, clientIds) : lost.map(({ clientId }) => clientId);
      const { cards, drawn } = await this.make(actor, bankId, wanted);
      // Nothing new is nobody's sheet: whoever made the cards is whom to ask.
      if (cards.length > 0)
        await this.unit.updateRow(CardSheetRow, { bankId, sheetId }, { cardIds: [...kept, ...cards].map(({ cardId }) => cardId), ...by });
      const left = clientIds.length - kept.length - cards.length;
      return { first, value: { cards, kept, left }, sheet: { bankName: bank.name, bankPhone: bank.phone, cards: drawn } };
    });
  }

  /** The cards that stand on a sheet, with what has become of them; their clients are locked, in the order of their ids as everywhere. */
  private async madeBefore(bankId: string, sheetId: string, clientIds: string[]): Promise<CardBefore[]> {
    const sheet = await this.unit.one<{ clientIds: string[]; cardIds: string[]; savedAt: Date | null }>(
      'select client_ids, card_ids, saved_at from card_sheet where bank_id = $1 and sheet_id = $2 for no key update',
      [bankId, sheetId],
    );
    if (sheet?.clientIds.join() !== clientIds.join()) throw refuse('card_sheets/id_reused');
    if (sheet.savedAt) throw refuse('card_sheets/saved', { at: sheet.savedAt.toISOString() });
    await this.unit.query(
      'select member_id from member where bank_id = $1 and member_id = any ($2::uuid[]) order by member_id for no key update',
      [bankId, clientIds],
    );
    return this.unit.query<CardBefore>(
      `select k.card_id, k.client_id, k.version, k.revoked_at is not null as revoked,
              exists (select from role r where r.bank_id = k.bank_id and r.member_id = k.client_id and r.role = 'client') as is_client,
              exists (select from scan_event e where e.bank_id = k.bank_id and e.card_id = k.card_id and e.received_at >= k.issued_at) as scanned
         from unnest($2::uuid[]) with ordinality as w (card_id, place) join service_card k on k.bank_id = $1 and k.card_id = w.card_id order by w.place`,
      [bankId, sheet.cardIds],
    );
  }

  /** Those of these clients who hold no valid card, locked. */
  private async without(bankId: string, clientIds: string[]): Promise<string[]> {
    for (const clientId of clientIds.toSorted()) await this.lockClient.run(bankId, clientId, 'body.clientIds');
    const held = await this.unit.query<{ clientId: string }>(
      'select client_id from service_card where bank_id = $1 and client_id = any ($2::uuid[]) and revoked_at is null',
      [bankId, clientIds],
    );
    return clientIds.filter((clientId) => !held.some((card) => card.clientId === clientId));
  }

  private async make(actor: Actor, bankId: string, clientIds: string[]) {
    const clients = await this.unit.query<Client>(
      `select m.member_id as client_id, m.name, m.member_number, m.home_address
         from unnest($2::uuid[]) with ordinality as w (member_id, place) join member m on m.bank_id = $1 and m.member_id = w.member_id order by w.place`,
      [bankId, clientIds],
    );
    const cards: CardSheetAnswer['cards'] = [];
    const drawn: CardOfSheet[] = [];
    for (const { clientId, ...client } of clients) {
      const { cardId, version, token, code } = await this.makeCard.run(actor, bankId, clientId);
      cards.push({ clientId, cardId, version });
      drawn.push({ ...client, url: `${this.options.origin}/s/${token}`, code });
    }
    return { cards, drawn };
  }
}

/** A card that somebody scanned is in somebody's hands; one revoked had its reason. */
function keptOf({ cardId, clientId, version, ...is }: CardBefore): KeptCards {
  const why = is.revoked ? 'revoked' : is.scanned ? 'scanned' : is.isClient ? null : 'not_a_client';
  return why === null ? [] : [{ clientId, cardId, version, why }];
}
