import { Injectable } from '@nestjs/common';
import { type Cardless, mostCardsOfSheet } from '@timebank/contract';
import { byName, UnitOfWork } from '@timebank/database';

type Row = Cardless['items'][number] & { ofAll: number };

/** Clients of a bank who are here and hold no valid card: as many as a sheet has room for, by name, and how many there are. */
@Injectable()
export class ListCardless {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<Cardless> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>(
        `select m.member_id, m.member_number, m.name, m.home_address, count(*) over () as of_all from role r
           join member m on m.bank_id = r.bank_id and m.member_id = r.member_id
          where r.bank_id = $1 and r.role = 'client' and m.left_on is null
            and not exists (select from service_card k where k.bank_id = m.bank_id and k.client_id = m.member_id and k.revoked_at is null)
          order by ${byName('m.name')}, m.member_id limit $2`,
        [bankId, mostCardsOfSheet],
      ),
    );
    const items = rows.map(({ memberId, memberNumber, name, homeAddress }) => ({ memberId, memberNumber, name, homeAddress }));
    return { clients: rows[0]?.ofAll ?? 0, items };
  }
}
