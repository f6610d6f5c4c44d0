import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type AnswerOf, type Contact, type ContactInput, type ContactQuery, refuse, type Stored } from '@timebank/contract';
import { contentHash, once, pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { FindMembers } from '@timebank/members';
import { ContactRow } from './contact.entity';

type Row = ContactRow & { clientName: string | null; recordedByName: string | null };

const select = `
  select c.*, m.name as client_name, (select h.name from helper h where h.bank_id = c.bank_id and h.person_id = c.recorded_by limit 1) as recorded_by_name
    from contact c left join member m on m.bank_id = c.bank_id and m.member_id = c.client_id where c.bank_id = $1`;

/**
 * Who called, written down before anybody knows who it was, and numbers of others by which a client is reached. What is sent is the whole of it; a change says
 * which version it read. Refuses `contacts/id_reused`, `contacts/not_found`, `contacts/stale`, and `members/not_found` for a client of no such bank.
 */
@Injectable()
export class Contacts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findMembers: FindMembers,
  ) {}

  async put(actor: Actor, bankId: string, contactId: string, { version, closed, ...content }: ContactInput): Promise<Stored<Contact>> {
    const hash = contentHash({ ...content, closed });
    return this.unit.run([bankId], async () => {
      const { phone, name = null, note = null, clientId = null } = content;
      if (clientId !== null && (await this.findMembers.run(bankId, [clientId])).length === 0)
        throw refuse('members/not_found', {}, 'body.clientId');
      const row = { phone, name, note, clientId, closedAt: closed ? this.unit.now : null, contentHash: hash };
      if (version !== undefined) {
        await this.change(bankId, contactId, version, row);
        return { first: false, value: await this.one(bankId, contactId) };
      }
      const by = { recordedBy: actor.personId, recordedAt: this.unit.now };
      const sent = { hash, reused: 'contacts/id_reused' as const };
      const first = await once(this.unit, ContactRow, { bankId, contactId }, sent, () =>
        this.unit.insertNew(ContactRow, { bankId, contactId, ...row, ...by }, ['bankId', 'contactId']),
      );
      return { first, value: await this.one(bankId, contactId) };
    });
  }

  async list(bankId: string, { clientId, state, ...page }: ContactQuery): Promise<AnswerOf<'listContacts'>> {
    const after = readCursor(page.cursor, ['instant', 'uuid']);
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Row>(
        `${select} and ($2::uuid is null or c.client_id = $2) and ($3::text is null or (c.client_id is null and c.closed_at is null))
            and ($4::timestamptz is null or (c.recorded_at, c.contact_id) < ($4, $5::uuid))
          order by c.recorded_at desc, c.contact_id desc limit $6`,
        [bankId, clientId ?? null, state ?? null, after?.[0] ?? null, after?.[1] ?? null, page.limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, page.limit, ({ recordedAt, contactId }) => [recordedAt.toISOString(), contactId]);
      return { items: items.map(shown), nextCursor };
    });
  }

  /** A call that nobody could place is this client's now. In the caller's unit of work. */
  async belongsTo(bankId: string, contactId: string, clientId: string): Promise<void> {
    const row = await this.locked(bankId, contactId);
    if (row.clientId !== clientId) await this.unit.updateRow(ContactRow, { bankId, contactId }, { clientId });
  }

  private async change(bankId: string, contactId: string, version: number, set: Partial<ContactRow>): Promise<void> {
    const before = await this.locked(bankId, contactId);
    if (set.contentHash && before.contentHash.equals(set.contentHash)) return;
    if (before.version !== version) throw refuse('contacts/stale', { version: before.version }, 'body.version');
    await this.unit.updateRow(ContactRow, { bankId, contactId }, set);
  }

  private async locked(bankId: string, contactId: string): Promise<ContactRow> {
    const row = await this.unit.one<ContactRow>('select * from contact where bank_id = $1 and contact_id = $2 for no key update', [
      bankId,
      contactId,
    ]);
    if (!row) throw refuse('contacts/not_found');
    return row;
  }

  private async one(bankId: string, contactId: string): Promise<Contact> {
    const row = await this.unit.one<Row>(`${select} and c.contact_id = $2`, [bankId, contactId]);
    if (!row) throw refuse('contacts/not_found');
    return shown(row);
  }
}

function shown({ recordedAt, closedAt, ...row }: Row): Contact {
  return { ...row, recordedAt: recordedAt.toISOString(), closed: closedAt !== null };
}
