import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Names of a bank's members by their ids, for lists of people; unknown ids are left out. It reads `member` alone: in a big city persons and roles are
 * scattered, and thirty of either are as many pages that the server seldom has in memory.
 */
@Injectable()
export class NameMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string; name: string }>(
        'select member_id, name from member where bank_id = $1 and member_id = any ($2::uuid[])',
        [bankId, memberIds],
      ),
    );
    return new Map(rows.map(({ memberId, name }) => [memberId, name]));
  }
}
