import { Injectable } from '@nestjs/common';
import type { Circumstance } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { foldName, newId } from '@timebank/kernel';
import { LayMembers } from '@timebank/members';
import { readBirthDate, readCircumstances, readGender, readIdentity, readLine, readPhoneCell, readRoles } from './cells.rules';
import { FindPeople, type FoundPeople, type FoundPerson, nobody } from './find-people';
import { candidateOf, fits } from './meant-person.rules';
import {
  type FileRow,
  type Ground,
  type Importer,
  type Plan,
  type PlannedRow,
  type Problem,
  type RowReading,
  type EarlierRows,
} from './planned';
import { type Cells, planRows, readRows, soundRows } from './row-reading.rules';

type MemberRole = 'volunteer' | 'client';
/** Of one row; null where it says nothing. */
type MemberRow = {
  number: string | null;
  name: string;
  birthDate: string;
  roles: MemberRole[] | null;
  phone: string | null;
  homeAddress: string | null;
  gender: 'woman' | 'man' | null;
  circumstances: Circumstance[] | null;
  helperWish: 'woman' | 'man' | null;
};
/** How somebody who is here stands. */
type Standing = Omit<MemberRow, 'number' | 'name' | 'birthDate' | 'roles'> & {
  memberId: string;
  roles: MemberRole[];
  signsIn: boolean;
  formerNumber: string | null;
};
type MemberWork = { row: MemberRow; memberId: string; personId: string; changes: Partial<MemberRow> | null; formerNumber: string | null };

function readMember(cells: Cells, today: string): MemberRow {
  const name = cells.needed('name', (cell) => readLine(cell, 100));
  const identity = cells.maybe('identityNumber', readIdentity);
  const said = cells.maybe('birthDate', (cell) => readBirthDate(cell, cells.reading.epoch, today));
  const birthDate =
    said ??
    cells.maybe('identityNumber', (cell) => {
      const read = readIdentity(cell);
      return 'code' in read ? read : readBirthDate(read.value.birthDate, null, today);
    });
  if (birthDate === null) throw cells.wrong('birthDate', 'missing');
  if (identity !== null && said !== null && identity.birthDate !== said) throw cells.wrong('identityNumber', 'identity_differs');
  return {
    number: cells.maybe('number', (cell) => readLine(cell, 60)),
    name,
    birthDate,
    roles: cells.maybe('roles', readRoles),
    phone: cells.maybe('phone', readPhoneCell),
    homeAddress: cells.maybe('homeAddress', (cell) => readLine(cell.replace(/\s*\n\s*/g, ' '), 200)),
    gender: cells.maybe('gender', readGender) ?? identity?.gender ?? null,
    circumstances: cells.maybe('circumstances', readCircumstances),
    helperWish: cells.maybe('helperWish', readGender),
  };
}

const sameList = (one: readonly string[], other: readonly string[]) => one.toSorted().join() === other.toSorted().join();

/**
 * Members from a file: who is not here is registered without a sign-in, who is here has what the file says otherwise changed; what a file leaves empty
 * stays. Name and birth date are never changed by a file, and neither is the number that somebody signs in with.
 */
@Injectable()
export class BringMembers implements Importer<MemberWork> {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findPeople: FindPeople,
    private readonly layMembers: LayMembers,
  ) {}

  async plan({ bank, today }: Ground, rows: readonly FileRow[], reading: RowReading, seen: EarlierRows): Promise<PlannedRow<MemberWork>[]> {
    const read = readRows(rows, reading, (cells) => ({ row: readMember(cells, today) }));
    const found = await this.findPeople.run(
      bank.bankId,
      soundRows(read).map(({ row: { number, name, birthDate } }) => ({ number, name, birthDate })),
    );
    const standings = await this.standings(bank.bankId, found);
    return planRows(read, ({ cells, row }, place) => this.planOne(cells, row, found[place] ?? nobody, standings, seen));
  }

  private planOne(
    cells: Cells,
    row: MemberRow,
    found: FoundPeople,
    standings: ReadonlyMap<string, Standing>,
    seen: EarlierRows,
  ): PlannedRow<MemberWork> {
    const { line } = cells;
    const key = `${foldName(row.name)} ${row.birthDate}`;
    if (row.number !== null) {
      const other = seen.meet(`number ${row.number}`, line, key);
      if (other && !other.isSame) throw cells.wrong('number', 'number_taken', { otherLine: other.line });
    }
    const again = seen.meet(key, line, contentHash(row).toString('base64'));
    const here = this.known(cells, row, found);
    if (again && !again.isSame) throw cells.wrong('name', 'twice_in_file', { otherLine: again.line });
    if (again) return { line, verdict: 'unchanged', work: { row, memberId: '', personId: '', changes: null, formerNumber: null } };
    if (!here) {
      const memberId = newId();
      return { line, verdict: 'create', work: { row, memberId, personId: memberId, changes: null, formerNumber: row.number } };
    }
    const changes = this.changesOf(cells, row, standings.get(here.memberId));
    const isNewNumber = row.number !== null && here.by === 'name' && !standings.get(here.memberId)?.formerNumber;
    const work = { row, memberId: here.memberId, personId: here.personId, changes, formerNumber: isNewNumber ? row.number : null };
    return { line, verdict: Object.keys(changes).length > 0 || isNewNumber ? 'update' : 'unchanged', work };
  }

  /** Who of those here a row is about; null if nobody. */
  private known(cells: Cells, row: MemberRow, found: FoundPeople): FoundPerson | null {
    const byNumber = found.byNumber.filter((person) => fits(row, person));
    const here = byNumber[0] ?? found.byName[0] ?? null;
    if (found.byNumber.length > 0 && byNumber.length === 0) {
      throw cells.wrong('number', 'another_person', { candidates: found.byNumber.map(candidateOf) });
    }
    if (here?.leftOn) throw cells.wrong('name', 'has_left', { candidates: [candidateOf(here)] });
    if (byNumber.length === 0 && found.byName.length > 1) {
      throw cells.wrong('name', 'several', { candidates: found.byName.slice(0, 5).map(candidateOf) });
    }
    return here;
  }

  private changesOf(cells: Cells, row: MemberRow, standing: Standing | undefined): Partial<MemberRow> {
    const changes: Partial<MemberRow> = {};
    if (!standing) return changes;
    for (const field of ['homeAddress', 'gender', 'helperWish'] as const) {
      if (row[field] !== null && row[field] !== standing[field]) Object.assign(changes, { [field]: row[field] });
    }
    if (row.circumstances !== null && !sameList(row.circumstances, standing.circumstances ?? [])) changes.circumstances = row.circumstances;
    if (row.phone !== null && row.phone !== standing.phone) {
      if (standing.signsIn) throw cells.wrong('phone', 'is_sign_in');
      changes.phone = row.phone;
    }
    if (row.roles?.some((role) => !standing.roles.includes(role))) changes.roles = row.roles;
    return changes;
  }

  private async standings(bankId: string, found: readonly FoundPeople[]): Promise<Map<string, Standing>> {
    const people = found.flatMap(({ byNumber, byName }) => [...byNumber, ...byName]);
    if (people.length === 0) return new Map();
    const memberIds = [...new Set(people.map(({ memberId }) => memberId))];
    const personIds = [...new Set(people.map(({ personId }) => personId))];
    const members = await this.unit.query<Omit<Standing, 'roles' | 'signsIn' | 'formerNumber'> & { personId: string }>(
      `select member_id, person_id, phone, home_address, gender, circumstances, helper_wish from member
        where bank_id = $1 and member_id = any ($2::uuid[])`,
      [bankId, memberIds],
    );
    const roles = await this.unit.query<{ personId: string; roles: MemberRole[] }>(
      `select person_id, array_agg(role) as roles from role where bank_id = $1 and person_id = any ($2::uuid[]) group by person_id`,
      [bankId, personIds],
    );
    const signIns = await this.unit.query<{ personId: string }>(
      'select person_id from person where person_id = any ($1::uuid[]) and sign_in_phone is not null',
      [personIds],
    );
    const numbers = await this.unit.query<{ memberId: string; number: string }>(
      'select member_id, number from former_number where bank_id = $1 and member_id = any ($2::uuid[])',
      [bankId, memberIds],
    );
    const [rolesOf, numberOf] = [
      new Map(roles.map((row) => [row.personId, row.roles])),
      new Map(numbers.map(({ memberId, number }) => [memberId, number])),
    ];
    const signingIn = new Set(signIns.map(({ personId }) => personId));
    return new Map(
      members.map(({ personId, ...member }) => [
        member.memberId,
        {
          ...member,
          roles: rolesOf.get(personId) ?? [],
          signsIn: signingIn.has(personId),
          formerNumber: numberOf.get(member.memberId) ?? null,
        },
      ]),
    );
  }

  async write({ bank, importId }: Ground, plans: readonly Plan<MemberWork>[]): Promise<Problem[]> {
    const made = plans.filter(({ verdict }) => verdict === 'create').map(({ work }) => work);
    await this.layMembers.run(
      bank,
      made.map(({ memberId, row }) => {
        const { number: _, ...said } = row;
        return { memberId, ...leaveOut(said), roles: row.roles ?? ['client', 'volunteer'] };
      }),
    );
    const changed = plans.filter(({ verdict }) => verdict === 'update').map(({ work }) => work);
    await this.layMembers.revise(
      bank.bankId,
      changed.map(({ memberId, personId, changes }) => ({ memberId, personId, ...leaveOut(changes ?? {}) })),
    );
    const numbered = [...made, ...changed].filter(({ formerNumber }) => formerNumber !== null);
    await this.unit.query(
      `insert into former_number (bank_id, number, member_id, import_id)
       select $1, number, member_id, $4 from unnest($2::text[], $3::uuid[]) as given (number, member_id) on conflict do nothing`,
      [bank.bankId, numbered.map(({ formerNumber }) => formerNumber), numbered.map(({ memberId }) => memberId), importId],
    );
    return [];
  }
}

/** Without what a row says nothing of. */
function leaveOut<Row extends object>(row: Row): { [Field in keyof Row]: Exclude<Row[Field], null> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    [Field in keyof Row]: Exclude<Row[Field], null>;
  };
}
