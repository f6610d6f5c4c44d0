import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayAfter, instantOf, localDate } from '@timebank/kernel';
import { BankZoneRow } from './bank-zone.entity';
import { CheckZone } from './check-zone';
import type { KnownBank } from './bank.entity';

type DatedZone = KnownBank['zone'][number];

const from = (dated: DatedZone) => dated.validFrom ?? '';

/** The zone planned for a day; among rows of one day, the last stored. Midnight comes earlier in the east, so instants do not decide. */
const onDay = (zone: KnownBank['zone'], day: string) =>
  zone.toSorted((left, right) => from(left).localeCompare(from(right))).findLast((dated) => from(dated) <= day);

/** The later day of two whose zones begin in the other order, half a world apart: the bank's days would run backwards. Null where none do. */
function crossing(zone: KnownBank['zone'], validFrom: string, beginsAt: Date): string | null {
  const crossed = zone.find(
    (dated) =>
      dated.validFrom !== null &&
      dated.beginsAt !== null &&
      dated.validFrom !== validFrom &&
      dated.validFrom < validFrom !== Date.parse(dated.beginsAt) < beginsAt.getTime(),
  );
  return crossed ? ([from(crossed), validFrom].sort().at(-1) as string) : null;
}

/**
 * Gives a bank another zone from a day on, inside the caller's unit, which holds the bank. Days that have begun keep their zone, so no statement,
 * report or deadline changes: tomorrow at the earliest, by both zones, or `banks/zone_begins_too_early`. A bank whose zone Postgres reads differently
 * has no days to keep; there the new zone counts for all of them.
 */
@Injectable()
export class ChangeZone {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly checkZone: CheckZone,
  ) {}

  async run(actor: Actor, { bankId, zone }: KnownBank, timeZone: string, asked?: string): Promise<void> {
    await this.checkZone.refuseUnsound(timeZone);
    const { now } = this.unit;
    const isSick = (await this.checkZone.sick([{ bankId, zone }])).size > 0;
    const today = [localDate(now, zone), localDate(now, timeZone)].sort().at(-1) as string;
    const earliest = isSick ? today : dayAfter(today);
    const validFrom = asked ?? earliest;
    if (!isSick && validFrom < earliest) throw refuse('banks/zone_begins_too_early', { earliest }, 'body.validFrom');
    const beginsAt = isSick ? null : instantOf(validFrom, '00:00', timeZone);
    if (beginsAt !== null) {
      if (onDay(zone, validFrom)?.timeZone === timeZone) return;
      const crossed = crossing(zone, validFrom, beginsAt);
      if (crossed) throw refuse('banks/zone_begins_too_early', { earliest: dayAfter(crossed) }, 'body.validFrom');
    }
    await this.unit.insertRow(BankZoneRow, { bankId, validFrom, timeZone, beginsAt, recordedBy: actor.personId, recordedAt: now });
  }
}
