import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { fill, type Language, reportWords } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { csvMark, dayRange, writeCsv } from '@timebank/kernel';
import { KeepDisclosure } from '@timebank/members';
import { forFolders } from '@timebank/paper';
import { covers } from './insured.sql';

type Row = { name: string; memberNumber: string; serviceKind: string; kindName: string; insurer: string | null; number: string | null };

/** What the list shows of somebody, as the register of disclosures names it. */
const fields = ['name', 'memberNumber', 'serviceKind', 'insurer', 'number'];

/**
 * Who helps at a bank on a day, with which kinds of service, and what they are insured by: a line for each person, kind and insurance; without an insurer
 * where none covers it. It names people, so who took it is kept with it. The door lets admins and auditors only.
 */
@Injectable()
export class ListInsured {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly keepDisclosure: KeepDisclosure,
  ) {}

  async csv(
    actor: Actor,
    bankId: string,
    day: string,
    language: Language | null,
  ): Promise<{ name: string; plainName: string; text: string }> {
    return this.unit.run([bankId], async () => {
      const { zone, name: bankName } = await this.readBank.run(bankId);
      const { from, to } = dayRange(day, zone);
      const rows = await this.unit.query<Row>(
        `select distinct w.name, coalesce(m.member_number, g.member_number) as member_number, v.service_kind,
                coalesce(n.name, z.name, v.service_kind) as kind_name, i.insurer, i.number
           from visit v
           join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
           left join member m on m.bank_id = v.bank_id and m.member_id = v.volunteer_id
           left join guest g on g.bank_id = v.bank_id and g.member_id = v.volunteer_id
           left join service_kind_name n on n.code = v.service_kind and n.language = $5
           left join service_kind_name z on z.code = v.service_kind and z.language = 'zh-Hans'
           left join insurance i on i.bank_id = v.bank_id and ${covers('v.service_kind', '$4::date')}
          where v.bank_id = $1 and v.planned_end > $2 and v.planned_start > $2::timestamptz - interval '1 day' and v.planned_start < $3 and v.state not in ('cancelled', 'no_show')
          order by 2, 3, 5, 6`,
        [bankId, from, to, day, language ?? 'zh-Hans'],
      );
      const people = new Set(rows.map(({ memberNumber }) => memberNumber)).size;
      await this.keepDisclosure.run(actor, bankId, { kind: 'insured_list', people, fields, onDay: day });
      return { ...namesOf(bankName, day, language), text: csvMark + writeCsv(linesOf(rows, day, language)) };
    });
  }
}

function namesOf(bankName: string, day: string, language: Language | null): { name: string; plainName: string } {
  const plainName = `insured-${day}`;
  const name = language === null ? plainName : forFolders(fill(reportWords(language).fileNames.insured, { name: bankName, on: day }));
  return { name, plainName };
}

function linesOf(rows: readonly Row[], day: string, language: Language | null): (string | null)[][] {
  if (language === null)
    return [
      ['day', ...fields],
      ...rows.map(({ name, memberNumber, serviceKind, insurer, number }) => [day, name, memberNumber, serviceKind, insurer, number]),
    ];
  const { columns, notInsured } = reportWords(language);
  return [
    [columns.on, columns.volunteer, columns.memberNumber, columns.serviceKind, columns.insurer, columns.insuranceNumber],
    ...rows.map(({ name, memberNumber, kindName, insurer, number }) => [day, name, memberNumber, kindName, insurer ?? notInsured, number]),
  ];
}
