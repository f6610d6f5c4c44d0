import { Injectable } from '@nestjs/common';
import type { RelationKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { inverseOf, LayRelations, type ManyRelation } from '@timebank/members';
import { readRelation } from './cells.rules';
import { FindPeople, idsOf, nobody } from './find-people';
import { meantPerson, neededPerson, type PersonFields } from './meant-person.rules';
import type { FileRow, Ground, Importer, Plan, PlannedRow, Problem, RowReading, EarlierRows } from './planned';
import { planRows, readRows, soundRows } from './row-reading.rules';

type OnRecord = { memberId: string; otherMemberId: string; kind: RelationKind; hasEnded: boolean };

const one: PersonFields = { number: 'number', name: 'name', birthDate: 'birthDate' };
const other: PersonFields = { number: 'otherNumber', name: 'otherName', birthDate: 'otherBirthDate' };
const pairOf = (memberId: string, otherMemberId: string) => [memberId, otherMemberId].toSorted().join(' ');

/**
 * Who is close to whom: the other one is the parent, spouse … of the first. As those that are typed, they count for gifts once a second person has
 * confirmed them, and keep people from judging each other's visits at once. Who was related before and no longer is, the desk relates again by hand.
 */
@Injectable()
export class BringRelations implements Importer<ManyRelation> {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findPeople: FindPeople,
    private readonly layRelations: LayRelations,
  ) {}

  async plan(
    { bank, today }: Ground,
    rows: readonly FileRow[],
    reading: RowReading,
    seen: EarlierRows,
  ): Promise<PlannedRow<ManyRelation>[]> {
    const read = readRows(rows, reading, (cells) => ({
      member: neededPerson(cells, one, today),
      relative: neededPerson(cells, other, today),
      kind: cells.needed('relation', readRelation),
    }));
    const sound = soundRows(read);
    const found = await this.findPeople.run(bank.bankId, [...sound.map(({ member }) => member), ...sound.map(({ relative }) => relative)]);
    const known = await this.known(bank.bankId, idsOf(found));
    return planRows(read, (row, place) => {
      const { cells, kind } = row;
      const { memberId } = meantPerson(cells, one, row.member, found[place] ?? nobody);
      const { memberId: otherMemberId } = meantPerson(cells, other, row.relative, found[sound.length + place] ?? nobody);
      if (memberId === otherMemberId) throw cells.wrong(cells.said('otherNumber') === '' ? 'otherName' : 'otherNumber', 'same_person');
      const work = { memberId, otherMemberId, kind };
      const again = seen.meet(pairOf(memberId, otherMemberId), cells.line, memberId < otherMemberId ? kind : inverseOf(kind));
      if (again && !again.isSame) throw cells.wrong('relation', 'twice_in_file', { otherLine: again.line });
      const before = known.get(pairOf(memberId, otherMemberId));
      if (!before && !again) return { line: cells.line, verdict: 'create', work };
      const kindBefore = before?.memberId === memberId ? before.kind : before && inverseOf(before.kind);
      if (before && (before.hasEnded || kindBefore !== kind)) throw cells.wrong('relation', 'other_relation');
      return { line: cells.line, verdict: 'unchanged', work };
    });
  }

  private async known(bankId: string, memberIds: readonly string[]): Promise<Map<string, OnRecord>> {
    const rows = await this.unit.query<OnRecord>(
      `select member_id, other_member_id, kind, ended_at is not null as has_ended from relation
        where bank_id = $1 and other_bank_id is null and (member_id = any ($2::uuid[]) or other_member_id = any ($2::uuid[]))`,
      [bankId, memberIds],
    );
    return new Map(rows.map((row) => [pairOf(row.memberId, row.otherMemberId), row]));
  }

  async write({ bank, personId }: Ground, plans: readonly Plan<ManyRelation>[]): Promise<Problem[]> {
    const due = plans.filter(({ verdict }) => verdict === 'create').map(({ work }) => work);
    await this.layRelations.run(bank.bankId, personId, due);
    return [];
  }
}
