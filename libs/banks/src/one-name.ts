import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Refuses a name that another time bank of the city has in whatever spelling (compared like members' names): `banks/same_name`, unless the caller
 * agreed to it (`agreed`). Inside the unit that gives the name. Somebody who gives the same name at that moment waits for this unit and then sees it.
 */
@Injectable()
export class OneName {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, name: string, agreed: boolean): Promise<void> {
    await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('bank name ' || folded_name($1), 0))`, [name]);
    if (agreed) return;
    const found = await this.unit.one<{ same: string | null }>('select bank_named($1, $2) as same', [name, bankId]);
    if (found?.same) throw refuse('banks/same_name', { name }, 'body.name');
  }
}
