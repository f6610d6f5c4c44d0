import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { isQuietHour, localDate, localMinute } from '@timebank/kernel';
import { WarningRow } from './course.entity';
import { FindLosing } from './losing';
import { warningsDue } from './warnings.rules';

/** Stands for no day at all: they never had it. */
const never = '1970-01-01';

/**
 * Warns helpers 30, 14 and 3 days before a qualification ends that visits of theirs need afterwards. Each warning goes out once; one that comes late
 * stands for those before it. Nobody is told in quiet hours: the next round does.
 */
@Injectable()
export class WarnEnding {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly losing: FindLosing,
  ) {}

  /** How many were told. */
  async run(bankId: string): Promise<number> {
    const awake = await this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const today = localDate(this.unit.now, zone);
      const hour = Number(localMinute(this.unit.now, zone).slice(11, 13));
      return isQuietHour(hour, await this.readPolicy.run(bankId, today)) ? null : { zone, today };
    });
    if (!awake) return 0;
    const found = await this.losing.run(bankId);
    return this.unit.run([bankId], async () => {
      let told = 0;
      for (const { memberId, qualification, until, visits, firstRequestId: requestId, firstStartsAt: startsAt, serviceKind } of found) {
        const due = warningsDue({ until, firstDay: localDate(new Date(startsAt), awake.zone) }, awake.today);
        const rows = due.map((days) => ({ bankId, memberId, code: qualification, endsOn: until ?? never, days, warnedAt: this.unit.now }));
        const [nearest, ...further] = rows;
        if (!nearest) continue;
        const isNew = await this.unit.insertNew(WarningRow, nearest);
        await this.unit.insertNewRows(WarningRow, further, ['bankId', 'memberId', 'code', 'endsOn', 'days']);
        if (!isNew) continue;
        told += 1;
        this.unit.tell(bankId, 'qualifications/ending', { memberId, requestId, serviceKind, startsAt, qualification, until, visits });
      }
      return told;
    });
  }
}
