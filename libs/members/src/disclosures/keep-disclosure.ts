import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isCityAdmin } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { DisclosureRow } from './disclosure.entity';

type Look = { fields: string[] } & (
  | { kind: 'insured_list'; people: number; onDay: string }
  | { kind: 'members_list'; people: number }
  | { kind: 'needs'; memberId: string; visitId: string | null }
);

/** Keeps that somebody was shown what few may see, in the caller's unit: what was shown and the trace of it are one. */
@Injectable()
export class KeepDisclosure {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, shown: Look): Promise<void> {
    await this.unit.insertRow(DisclosureRow, {
      bankId,
      disclosureId: newId(),
      memberId: null,
      people: 1,
      visitId: null,
      onDay: null,
      ...shown,
      seenBy: actor.personId,
      seenAs: 'visitId' in shown && shown.visitId !== null ? 'helper' : officeOf(actor, bankId),
      seenAt: this.unit.now,
    });
  }
}

/** In which office somebody looks who comes to nobody's home: by it a person learns of whom the bank keeps no name. */
const officeOf = (actor: Actor, bankId: string) => (hasRole(actor, 'coordinator', bankId) ? 'desk' : isCityAdmin(actor) ? 'city' : 'admin');
