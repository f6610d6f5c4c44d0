import { Injectable } from '@nestjs/common';
import type { Doubles } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** More than a station looks through at once; what is merged makes room for the next. */
const most = 100;

/**
 * Members who may be one person, the likeliest first: one name in whatever spelling with nearly one birth date (day and month alike, or a month
 * apart), or one phone with the same name or birth date. Two who share an identity number are never registered.
 */
@Injectable()
export class ListDoubles {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<Doubles> {
    const items = await this.unit.run([bankId], () =>
      this.unit.query<Doubles['items'][number]>(
        `with here as (select * from member where bank_id = $1 and left_on is null and merged_into is null),
           pair as (
             select m.member_id, o.member_id as other_id from here m join here o on o.name_key = m.name_key and o.member_id > m.member_id
              where abs(o.birth_date - m.birth_date) <= 31 or to_char(o.birth_date, 'MMDD') = to_char(m.birth_date, 'MMDD')
                 or o.phone_digits = m.phone_digits
             union
             select m.member_id, o.member_id from here m join here o on o.phone_digits = m.phone_digits and o.member_id > m.member_id
              where o.birth_date = m.birth_date or o.name_key = m.name_key)
         select m.member_id, m.name, m.member_number, m.birth_date, o.member_id as other_member_id, o.name as other_name,
                o.member_number as other_member_number, o.birth_date as other_birth_date,
                array_remove(array[case when o.name_key = m.name_key then 'name' end, case when o.birth_date = m.birth_date then 'birth_date' end,
                  case when o.phone_digits = m.phone_digits then 'phone' end], null) as by
           from pair join here m using (member_id) join here o on o.member_id = pair.other_id
          order by cardinality(array_remove(array[o.name_key = m.name_key, o.birth_date = m.birth_date, o.phone_digits = m.phone_digits], false)) desc,
                m.member_number, o.member_number limit ${most}`,
        [bankId],
      ),
    );
    return { items };
  }
}
