import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { deviceDays } from '../known-devices';

const ended = [
  'delete from session where expires_at < clock_timestamp()',
  'delete from sign_in_code where expires_at < clock_timestamp()',
  `delete from known_device where last_used_at < clock_timestamp() - interval '${deviceDays} days'`,
  `delete from sign_in_code_ask where asked_at < clock_timestamp() - interval '1 day'`,
  `delete from sign_in_failure where failed_at < clock_timestamp() - interval '15 minutes'`,
];

/** Removes sign-ins, one-time codes and failures that no longer count, in real time. Safe to run at any time and twice at once. */
@Injectable()
export class PruneSignIns {
  constructor(private readonly unit: UnitOfWork) {}

  async run(): Promise<void> {
    for (const statement of ended) await this.unit.run([], () => this.unit.query(statement));
  }
}
