import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { keepAnAdmin } from '../city-admins';

/** Bars a person from signing in and ends every sign-in at once, or lets them in again. Refuses `access/last_admin`. */
@Injectable()
export class DisablePerson {
  constructor(private readonly unit: UnitOfWork) {}

  async run(personId: string, disabled: boolean): Promise<void> {
    await this.unit.run([], async () => {
      if (disabled) await keepAnAdmin(this.unit, personId);
      await this.unit.query('update person set disabled_at = case when $2 then coalesce(disabled_at, $3) end where person_id = $1', [
        personId,
        disabled,
        this.unit.now,
      ]);
      if (disabled) await this.unit.query('delete from session where person_id = $1', [personId]);
    });
  }
}
