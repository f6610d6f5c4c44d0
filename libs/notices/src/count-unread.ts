import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/** Unread notices of a person, of the banks that the unit of work sees. */
@Injectable()
export class CountUnread {
  constructor(private readonly unit: UnitOfWork) {}

  async run(personId: string): Promise<number> {
    const row = await this.unit.one<{ unread: number }>('select count(*) as unread from notice where person_id = $1 and read_at is null', [
      personId,
    ]);
    return row?.unread ?? 0;
  }
}
