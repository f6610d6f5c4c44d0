import { Injectable } from '@nestjs/common';
import type { Queue } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

type Row = { clean: number; yellow: number; red: number; minutes: number; volunteers: number; appeals: number };

/** What waits for a decision in a bank, by lane, how much the clean lane is worth, and how many appeals are open. */
@Injectable()
export class ReadQueue {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<Queue> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<Row>(
        `
      select count(*) filter (where lane = 'clean') as clean, count(*) filter (where lane = 'yellow') as yellow,
        count(*) filter (where lane = 'red') as red,
        coalesce(sum(credited_minutes) filter (where lane = 'clean'), 0) as minutes,
        count(distinct volunteer_id) filter (where lane = 'clean') as volunteers,
        (select count(*) from appeal a where a.bank_id = $1
          and not exists (select from appeal_answer n where n.bank_id = a.bank_id and n.appeal_id = a.appeal_id)) as appeals
      from visit where bank_id = $1 and state in ('ready', 'needs_ack', 'needs_fix')`,
        [bankId],
      ),
    );
    const { clean = 0, yellow = 0, red = 0, minutes = 0, volunteers = 0, appeals = 0 } = row ?? {};
    return { lanes: { clean, yellow, red }, clean: { visits: clean, minutes, volunteers }, appeals };
  }
}
