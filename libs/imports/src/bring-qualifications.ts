import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { LayQualifications, type ManyQualification } from '@timebank/members';
import { readDay, readLine } from './cells.rules';
import { FindPeople, idsOf, nobody } from './find-people';
import { meantPerson, neededPerson, type PersonFields } from './meant-person.rules';
import type { FileRow, Ground, Importer, Plan, PlannedRow, Problem, RowReading, EarlierRows } from './planned';
import { planRows, readRows, soundRows } from './row-reading.rules';

const fields: PersonFields = { number: 'number', name: 'name', birthDate: 'birthDate' };
const codeForm = /^[a-z_]{2,40}$/;

/** What members may do, through a last day, by the code of the qualification or its name in any language. Nobody brings in their own. */
@Injectable()
export class BringQualifications implements Importer<ManyQualification> {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findPeople: FindPeople,
    private readonly layQualifications: LayQualifications,
  ) {}

  async plan(ground: Ground, rows: readonly FileRow[], reading: RowReading, seen: EarlierRows): Promise<PlannedRow<ManyQualification>[]> {
    const { bankId } = ground.bank;
    const kinds = await this.kinds();
    const read = readRows(rows, reading, (cells) => {
      const named = neededPerson(cells, fields, ground.today);
      const said = cells.needed('qualification', (cell) => readLine(cell, 60));
      const code = kinds.get(said.toLowerCase()) ?? said;
      if (!codeForm.test(code)) throw cells.wrong('qualification', 'unknown_value');
      const validUntil = cells.needed('validUntil', (cell) => readDay(cell, reading.epoch));
      if (validUntil < '1990-01-01') throw cells.wrong('validUntil', 'too_early');
      return { named, qualification: code, validUntil };
    });
    const found = await this.findPeople.run(
      bankId,
      soundRows(read).map(({ named }) => named),
    );
    const known = await this.known(bankId, idsOf(found));
    return planRows(read, ({ cells, named, qualification, validUntil }, place) => {
      const { memberId, personId } = meantPerson(cells, fields, named, found[place] ?? nobody);
      if (personId === ground.personId) throw cells.wrong('number', 'own_row');
      const key = `${memberId} ${qualification}`;
      const again = seen.meet(key, cells.line, validUntil);
      if (again && !again.isSame) throw cells.wrong('validUntil', 'twice_in_file', { otherLine: again.line });
      const before = known.get(key);
      const verdict = before === validUntil || again ? 'unchanged' : before === undefined ? 'create' : 'update';
      return { line: cells.line, verdict, work: { memberId, code: qualification, validUntil } };
    });
  }

  private async kinds(): Promise<Map<string, string>> {
    const rows = await this.unit.query<{ code: string; name: string }>(
      'select code, lower(name) as name from qualification_kind_name union all select code, code from qualification_kind',
    );
    return new Map(rows.map(({ code, name }) => [name, code]));
  }

  private async known(bankId: string, memberIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.unit.query<ManyQualification>(
      'select member_id, code, valid_until from qualification where bank_id = $1 and member_id = any ($2::uuid[])',
      [bankId, memberIds],
    );
    return new Map(rows.map(({ memberId, code, validUntil }) => [`${memberId} ${code}`, validUntil]));
  }

  async write({ bank, personId }: Ground, plans: readonly Plan<ManyQualification>[]): Promise<Problem[]> {
    const due = plans.filter(({ verdict }) => verdict === 'create' || verdict === 'update').map(({ work }) => work);
    await this.layQualifications.run(bank.bankId, personId, due);
    return [];
  }
}
