import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Language } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { csvMark, writeCsv } from '@timebank/kernel';
import { KeepDisclosure } from '@timebank/members';
import { rowsXml, sheetEnd, sheetStart, workbookParts } from '@timebank/paper';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { type ExportedMember, memberFields, memberTable } from './member-table.rules';

/** Members that are read and written together. */
const stretch = 1_000;
const widths = [12, 18, 12, 20, 18, 40, 10, 20, 12];

/**
 * The members of a bank who are here, with all that a file of members may say of them, as CSV or as a workbook, a stretch at a time. Brought in again it
 * changes nothing. Who took it is kept.
 */
@Injectable()
export class ExportMembers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keepDisclosure: KeepDisclosure,
  ) {}

  async csv(actor: Actor, bankId: string, language: Language | null): Promise<AsyncGenerator<string>> {
    await this.keep(actor, bankId);
    const { heads, row } = memberTable(language);
    const members = this.members(bankId);
    return (async function* () {
      yield csvMark + writeCsv([heads]);
      for await (const some of members) yield writeCsv(some.map(row));
    })();
  }

  async xlsx(actor: Actor, bankId: string, language: Language | null): Promise<AsyncGenerator<Uint8Array>> {
    await this.keep(actor, bankId);
    return workbook(memberTable(language), this.members(bankId));
  }

  private async keep(actor: Actor, bankId: string): Promise<void> {
    await this.unit.run([bankId], async () => {
      const row = await this.unit.one<{ people: number }>(
        'select count(*)::integer as people from member where bank_id = $1 and left_on is null',
        [bankId],
      );
      const people = row?.people ?? 0;
      if (people > 0) await this.keepDisclosure.run(actor, bankId, { kind: 'members_list', people, fields: [...memberFields] });
    });
  }

  private async *members(bankId: string): AsyncGenerator<ExportedMember[]> {
    for (let after = ''; ;) {
      const from = after;
      const some = await this.unit.run([bankId], () => this.stretch(bankId, from));
      if (some.length === 0) return;
      yield some;
      after = some.at(-1)?.memberNumber ?? after;
    }
  }

  private async stretch(bankId: string, after: string): Promise<ExportedMember[]> {
    const members = await this.unit.query<ExportedMember & { personId: string }>(
      `select member_id, person_id, member_number, name, birth_date, phone, home_address, gender, circumstances, helper_wish from member
        where bank_id = $1 and left_on is null and member_number collate "C" > $2 order by member_number collate "C" limit ${stretch}`,
      [bankId, after],
    );
    const roles = await this.unit.query<{ personId: string; roles: ExportedMember['roles'] }>(
      `select person_id, array_agg(role order by role) as roles from role
        where bank_id = $1 and role in ('volunteer', 'client') and home_bank_id is null and person_id = any ($2::uuid[]) group by person_id`,
      [bankId, members.map(({ personId }) => personId)],
    );
    const rolesOf = new Map(roles.map((row) => [row.personId, row.roles]));
    return members.map((member) => ({ ...member, roles: rolesOf.get(member.personId) ?? [] }));
  }
}

async function* workbook(
  { heads, row }: ReturnType<typeof memberTable>,
  members: AsyncGenerator<ExportedMember[]>,
): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  const zip = new Zip((fault, chunk) => {
    if (fault) throw fault;
    chunks.push(chunk);
  });
  const add = (path: string) => {
    const file = new ZipDeflate(path, { level: 2 });
    zip.add(file);
    return file;
  };
  const taken = () => {
    const bytes = Buffer.concat(chunks);
    chunks = [];
    return bytes;
  };
  for (const [path, text] of Object.entries(workbookParts('Members'))) add(path).push(strToU8(text), true);
  const sheet = add('xl/worksheets/sheet1.xml');
  sheet.push(strToU8(sheetStart(widths, 1) + rowsXml([heads], 1, true)));
  let next = 2;
  for await (const some of members) {
    sheet.push(strToU8(rowsXml(some.map(row), next)));
    next += some.length;
    yield taken();
  }
  sheet.push(strToU8(sheetEnd), true);
  zip.end();
  yield taken();
}
