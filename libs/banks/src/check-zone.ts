import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { isTimeZone, localMinute, type Zone } from '@timebank/kernel';

/** The middle of each month of a year, so that every change of the clocks lies between two. */
const momentsOf = (year: number) => Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(year, month, 15, 12)));

/**
 * Whether the program and Postgres mean the same by a zone. Both work out days, and each has its own list: one knows `CTT`, the other does not;
 * `+08:00` is east of Greenwich to one and west to the other (ISO 8601, POSIX). Both are asked for the wall clock at twelve moments of the year.
 */
@Injectable()
export class CheckZone {
  constructor(private readonly unit: UnitOfWork) {}

  /** Inside a unit of work. */
  async isSound(timeZone: string): Promise<boolean> {
    if (!isTimeZone(timeZone)) return false;
    const moments = momentsOf(this.unit.now.getUTCFullYear());
    const asked = await this.unit.one<{ shown: string[] | null }>('select wall_clocks($1, $2::timestamptz[]) as shown', [
      timeZone,
      moments,
    ]);
    return asked?.shown?.every((clock, place) => clock === localMinute(moments[place] as Date, timeZone)) ?? false;
  }

  /** `request/malformed`, as for a zone that nobody knows. */
  async refuseUnsound(timeZone: string): Promise<void> {
    if (!(await this.isSound(timeZone))) throw refuse('request/malformed', { problem: 'unknown_time_zone' }, 'body.timeZone');
  }

  /** Those of some banks, all in sight of the unit, that had or will have a zone which is not sound. */
  async sick(banks: readonly { bankId: string; zone: Zone }[]): Promise<ReadonlySet<string>> {
    const known = new Map<string, boolean>();
    const sick = new Set<string>();
    for (const { bankId, zone } of banks) {
      for (const timeZone of namesOf(zone)) {
        if (!known.has(timeZone)) known.set(timeZone, await this.isSound(timeZone));
        if (known.get(timeZone) === false) sick.add(bankId);
      }
    }
    return sick;
  }
}

const namesOf = (zone: Zone) => (typeof zone === 'string' ? [zone] : zone.map(({ timeZone }) => timeZone));
