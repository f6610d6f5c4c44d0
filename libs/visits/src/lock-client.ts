import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** Locks a client of a bank for something that is made for them. In the caller's unit; `members/not_found`, `cards/not_a_client`. */
@Injectable()
export class LockClient {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, clientId: string, path?: string): Promise<void> {
    const client = await this.unit.one<{ isClient: boolean }>(
      `select exists (select from role r where r.bank_id = $1 and r.member_id = $2 and r.role = 'client') as is_client
       from member where bank_id = $1 and member_id = $2 for no key update`,
      [bankId, clientId],
    );
    if (!client) throw refuse('members/not_found', {}, path);
    if (!client.isClient) throw refuse('cards/not_a_client', {}, path);
  }
}
