import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { gramsOf } from './name-grams.rules';

type NamedMember = { memberId: string; name: string };

/** So many names are taken apart in one transaction. */
const chunk = 200;

/**
 * Takes names apart into what they are found by. In the unit of work that writes a name: the database itself has dropped what was there. Members whose
 * names were written otherwise, or before there were pieces, wait with an empty one, and a round takes them apart (`waiting`).
 */
@Injectable()
export class LayGrams {
  constructor(private readonly unit: UnitOfWork) {}

  /** The member's row is new, or held by the caller. */
  async run(bankId: string, memberId: string, name: string): Promise<void> {
    await this.lay(bankId, [{ memberId, name }]);
  }

  /** Members of a bank who wait, until there are none. Their rows are held, so that no name changes in between. Answers how many there were. */
  async waiting(bankId: string): Promise<number> {
    for (let laid = 0; ;) {
      const found = await this.unit.run([bankId], async () => {
        const members = await this.unit.query<NamedMember>(
          `select member_id, name from member where bank_id = $1 and member_id in
             (select g.member_id from member_gram g where g.bank_id = $1 and g.gram = '' order by g.member_id limit ${chunk})
            order by member_id for no key update`,
          [bankId],
        );
        if (members.length > 0) await this.lay(bankId, members);
        return members.length;
      });
      laid += found;
      if (found < chunk) return laid;
    }
  }

  private async lay(bankId: string, members: readonly NamedMember[]): Promise<void> {
    const grams = members.map(({ memberId, name }) => gramsOf(name).map((gram) => ({ memberId, gram }))).flat();
    await this.unit.together(
      this.unit.query('delete from member_gram where bank_id = $1 and member_id = any ($2::uuid[])', [
        bankId,
        members.map(({ memberId }) => memberId),
      ]),
      this.unit.query(
        'insert into member_gram (bank_id, gram, member_id) select $1, gram, member_id from unnest($2::text[], $3::uuid[]) as laid (gram, member_id)',
        [bankId, grams.map(({ gram }) => gram), grams.map(({ memberId }) => memberId)],
      ),
    );
  }
}
