import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { foldName } from '@timebank/kernel';
import type { Candidate } from './planned';

/** Whom a row means: by a number of ours or from before, or by name and birth date. */
export type PersonNamed = { number: string | null; name: string | null; birthDate: string | null };
export type FoundPerson = Candidate & { personId: string; accountId: string; leftOn: string | null; by: 'number' | 'name' };

export type FoundPeople = { byNumber: FoundPerson[]; byName: FoundPerson[] };

export const nobody: FoundPeople = { byNumber: [], byName: [] };
export const idsOf = (found: readonly FoundPeople[]): string[] =>
  found.flatMap(({ byNumber, byName }) => [...byNumber, ...byName].map(({ memberId }) => memberId));

type Row = Omit<FoundPerson, 'by'> & { nameKey: string };

const columns = 'member_id, member_number, name, name_key, birth_date, person_id, account_id, left_on';
/** Our numbers begin with noughts, which spreadsheets take away. */
const padded = (number: string) => (/^\d{4,8}$/.test(number) ? number.padStart(9, '0') : number);

function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/**
 * Finds the members of a bank whom many rows name. Each look is for any of a list: that is quick by an index and by a whole table alike, whichever the
 * server remembers from when there were few members.
 */
@Injectable()
export class FindPeople {
  constructor(private readonly unit: UnitOfWork) {}

  /**
   * Of each, by its place: who has that number (an old number may be somebody else's new one), and all who have that name (and birth date, where it is
   * said).
   */
  async run(bankId: string, named: readonly PersonNamed[]): Promise<FoundPeople[]> {
    const numbers = [...new Set(named.flatMap(({ number }) => number ?? []))];
    const former = await this.unit.query<{ number: string; memberId: string }>(
      'select number, member_id from former_number where bank_id = $1 and number = any ($2::text[])',
      [bankId, numbers],
    );
    const keys = [...new Set(named.flatMap(({ name }) => (name === null ? [] : foldName(name))))];
    const members = [
      ...(await this.members(bankId, 'member_number = any ($2::text[])', [...new Set([...numbers, ...numbers.map(padded)])])),
      ...(await this.members(bankId, 'member_id = any ($2::uuid[])', [...new Set(former.map(({ memberId }) => memberId))])),
      ...(await this.members(bankId, 'name_key = any ($2::text[])', keys)),
    ];
    const byId = new Map(members.map((member) => [member.memberId, member]));
    const byOurs = grouped([...byId.values()], ({ memberNumber }) => memberNumber);
    const byName = grouped([...byId.values()], ({ nameKey }) => nameKey);
    const byFormer = grouped(former, ({ number }) => number);
    return named.map(({ number, name, birthDate }) => {
      const old = number === null ? [] : (byFormer.get(number) ?? []).flatMap(({ memberId }) => byId.get(memberId) ?? []);
      const ours = number === null ? [] : (byOurs.get(number) ?? (old.length > 0 ? [] : (byOurs.get(padded(number)) ?? [])));
      const same = name === null ? [] : (byName.get(foldName(name)) ?? []);
      return {
        byNumber: [...new Set([...ours, ...old])].map((row) => personOf(row, 'number')),
        byName: same.filter((row) => birthDate === null || row.birthDate === birthDate).map((row) => personOf(row, 'name')),
      };
    });
  }

  private async members(bankId: string, condition: string, wanted: readonly string[]): Promise<Row[]> {
    if (wanted.length === 0) return [];
    return this.unit.query<Row>(`select ${columns} from member where bank_id = $1 and ${condition} order by member_number`, [
      bankId,
      wanted,
    ]);
  }
}

function personOf(row: Row, by: FoundPerson['by']): FoundPerson {
  const { nameKey: _, ...person } = row;
  return { ...person, by };
}
