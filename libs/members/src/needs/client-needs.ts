import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isCityAdmin, isOneself } from '@timebank/access';
import { type Needs, type NeedsInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { KeepDisclosure } from '../disclosures/keep-disclosure';
import { ClientNeedsRow } from './client-needs.entity';

type Fields = Omit<Needs, 'memberId' | 'version'>;

const names = ['door', 'hearing', 'pets', 'allergy', 'emergencyName', 'emergencyPhone'] as const satisfies (keyof Fields)[];
const none = { door: null, hearing: null, pets: null, allergy: null, emergencyName: null, emergencyPhone: null, version: 0 };

/**
 * What a helper has to know of a client: written by the client themselves, or the desk. Every look by somebody else is kept as a disclosure, with the fields
 * that said something. Refuses `members/not_found`, `access/not_allowed` to other members, and `members/stale`.
 */
@Injectable()
export class ClientNeeds {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keepDisclosure: KeepDisclosure,
  ) {}

  async read(actor: Actor, bankId: string, memberId: string): Promise<Needs> {
    this.check(actor, bankId, memberId);
    return this.unit.run([bankId], () => this.show(actor, bankId, memberId, null));
  }

  async put(actor: Actor, bankId: string, memberId: string, { version = 0, ...input }: NeedsInput): Promise<Stored<Needs>> {
    this.check(actor, bankId, memberId);
    const said = Object.fromEntries(names.map((name) => [name, input[name] ?? null])) as Fields;
    return this.unit.run([bankId], async () => {
      const client = await this.unit.one('select from member where bank_id = $1 and member_id = $2 for no key update', [bankId, memberId]);
      if (!client) throw refuse('members/not_found');
      const before = await this.find(bankId, memberId);
      const isSame = before !== null && names.every((name) => before[name] === said[name]);
      if (!isSame && version !== (before?.version ?? 0)) throw refuse('members/stale', { version: before?.version ?? 0 }, 'body.version');
      if (before === null) await this.unit.insertRow(ClientNeedsRow, { bankId, memberId, ...said });
      else if (!isSame) await this.unit.updateRow(ClientNeedsRow, { bankId, memberId }, said);
      return { first: before === null, value: { memberId, ...none, ...(await this.find(bankId, memberId)) } };
    });
  }

  /** In the caller's unit, who has asked whether the actor may see it. A look at nothing is none. */
  async show(actor: Actor, bankId: string, memberId: string, visitId: string | null): Promise<Needs> {
    const client = await this.unit.one('select from member where bank_id = $1 and member_id = $2', [bankId, memberId]);
    if (!client) throw refuse('members/not_found');
    const found = await this.find(bankId, memberId);
    const fields = names.filter((name) => found !== null && found[name] !== null);
    if (fields.length > 0 && !isOneself(actor, memberId))
      await this.keepDisclosure.run(actor, bankId, { kind: 'needs', memberId, visitId, fields });
    return { memberId, ...none, ...found };
  }

  private check(actor: Actor, bankId: string, memberId: string): void {
    const isStaff = isCityAdmin(actor) || hasRole(actor, 'coordinator', bankId) || hasRole(actor, 'admin', bankId);
    if (!isStaff && !isOneself(actor, memberId)) throw refuse('access/not_allowed');
  }

  private find(bankId: string, memberId: string): Promise<(Fields & { version: number }) | null> {
    return this.unit.one<Fields & { version: number }>(
      `select door, hearing, pets, allergy, emergency_name, emergency_phone, version from client_needs where bank_id = $1 and member_id = $2`,
      [bankId, memberId],
    );
  }
}
