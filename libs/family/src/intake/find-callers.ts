import { Injectable } from '@nestjs/common';
import type { Callers } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { olderSpellings } from '@timebank/kernel';
import { callersSql, lastHelpSql, openContactSql, toConfirmSql } from './callers.sql';
import { strongest } from './callers.rules';

type Item = Callers['items'][number];
type FoundCaller = Omit<Item, 'last' | 'toConfirm'>;
type LastHelp = Omit<NonNullable<Item['last']>, 'helper'> & { clientId: string; helperId: string | null; helperName: string | null };
type EndedVisit = NonNullable<Item['toConfirm']> & { clientId: string };

/**
 * About whom a call from a number may be: whose it is, for whom its owner acts, and who is reached by it; with what each was last helped with. A landline of
 * several people shows all of them. In whatever spelling, also those of older rows.
 */
@Injectable()
export class FindCallers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, phone: string): Promise<Callers> {
    const spellings = olderSpellings(phone);
    const digits = spellings.map((spelling) => spelling.replace(/\D/g, ''));
    return this.unit.run([bankId], async () => {
      const found = strongest(await this.unit.query<FoundCaller>(callersSql, [bankId, spellings, digits, this.unit.now]));
      const clients = found.filter(({ isClient }) => isClient).map(({ memberId }) => memberId);
      const [last, ended, contact] = await this.unit.together(
        this.unit.query<LastHelp & { startsAt: Date }>(lastHelpSql, [bankId, clients, this.unit.now]),
        this.unit.query<EndedVisit & { plannedStart: Date }>(toConfirmSql, [bankId, clients, this.unit.now]),
        this.unit.one<{ contactId: string }>(openContactSql, [bankId, spellings]),
      );
      const items = found.map((caller) => ({
        ...caller,
        last: lastOf(last.find(({ clientId }) => clientId === caller.memberId)),
        toConfirm: confirmOf(ended.find(({ clientId }) => clientId === caller.memberId)),
      }));
      return { phone, items, contactId: contact?.contactId ?? null };
    });
  }
}

function lastOf(row: (LastHelp & { startsAt: string | Date }) | undefined): Item['last'] {
  if (!row) return null;
  const { clientId: _, helperId, helperName, startsAt, ...last } = row;
  const helper = helperId !== null && helperName !== null ? { memberId: helperId, name: helperName } : null;
  return { ...last, startsAt: new Date(startsAt).toISOString(), helper };
}

function confirmOf(row: (EndedVisit & { plannedStart: string | Date }) | undefined): Item['toConfirm'] {
  if (!row) return null;
  const { clientId: _, plannedStart, ...visit } = row;
  return { ...visit, plannedStart: new Date(plannedStart).toISOString() };
}
