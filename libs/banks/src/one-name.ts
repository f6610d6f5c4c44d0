import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** Refuses a name that another time bank of the city has in whatever spelling, by the key that members' names are told apart by: `banks/same_name`. */
@Injectable()
export class OneName {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, name: string): Promise<void> {
    const found = await this.unit.run([bankId], () =>
      this.unit.one<{ same: string | null }>('select bank_named($1, $2) as same', [name, bankId]),
    );
    if (found?.same) throw refuse('banks/same_name', { name }, 'body.name');
  }
}
