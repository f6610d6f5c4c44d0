import { Injectable } from '@nestjs/common';
import { type KnownBank, type LeftOut, ReadPolicy, SoundBanks } from '@timebank/banks';
import { type BankLiability, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, instantOf, localDate } from '@timebank/kernel';
import { flowsSql, heldSql, lotsSql, plansForMuch } from './liability.sql';
import { type HeldMinutes, liabilityOf, type Lot, type MovedMinutes, type Rows, type Scope } from './liability.rules';

type Place = Scope & { name: string; zone: KnownBank['zone']; until: Date; recentFrom: Date };
export type FoundLiability = { on: string; scopes: readonly Scope[]; rows: Rows; banks: BankLiability[]; leftOut: LeftOut[] };

/** The day a year before the one after: where twelve months that end with the day begin. */
function yearBefore(nextDay: string): string {
  const [year, month, day] = nextDay.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year - 1, month - 1, day)).toISOString().slice(0, 10);
}

/** Every zone of some banks with the instants between which it counts, as four columns. */
function datedOf(places: readonly Pick<Place, 'bankId' | 'zone'>[]): [string[], string[], string[], string[]] {
  const rows = places.flatMap(({ bankId, zone }) =>
    zone.map(
      ({ timeZone, beginsAt }, place) => [bankId, timeZone, beginsAt ?? '-infinity', zone[place + 1]?.beginsAt ?? 'infinity'] as const,
    ),
  );
  const column = (place: 0 | 1 | 2 | 3) => rows.map((row) => row[place]);
  return [column(0), column(1), column(2), column(3)];
}

/**
 * Reads the liability of some banks at the end of a day, by default their own today, each by its own calendar, from one snapshot: three statements
 * whatever the number of banks. Writes nothing. Refuses `reports/day_in_future`. Among several banks it names and leaves out those whose zone
 * Postgres cannot read; a single one is refused with `banks/zone_unreadable`.
 */
@Injectable()
export class ReadLiability {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly soundBanks: SoundBanks,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankIds: readonly string[], asked?: string): Promise<FoundLiability> {
    return this.unit.look(bankIds, async () => {
      const { banks, leftOut } = await this.soundBanks.run(bankIds);
      const today =
        banks
          .map(({ zone }) => localDate(this.unit.now, zone))
          .sort()
          .at(-1) ?? localDate(this.unit.now, 'UTC');
      const on = asked ?? today;
      if (on > today) throw refuse('reports/day_in_future', { today }, 'query.on');
      const places: Place[] = [];
      for (const { bankId, name, zone } of banks) {
        const { to: until } = dayRange(on, zone);
        const recentFrom = instantOf(yearBefore(localDate(until, zone)), '00:00', zone);
        const { giftRecipientFromAge: fromAge, issueLimitMinutes } = await this.readPolicy.run(bankId, on);
        places.push({ bankId, name, zone, on, until, recentFrom, fromAge, issueLimitMinutes });
      }
      const rows = await this.rows(places, on);
      return { on, scopes: places, rows, banks: places.map((place) => this.bank(place, rows)), leftOut };
    });
  }

  private async rows(places: readonly Place[], on: string): Promise<Rows> {
    const [bankIds, untils, dated] = [places.map((at) => at.bankId), places.map((at) => at.until), datedOf(places)];
    await this.unit.query(plansForMuch);
    const moved = await this.unit.query<MovedMinutes>(flowsSql, [bankIds, untils, places.map((at) => at.recentFrom), ...dated]);
    const lots = await this.unit.query<Lot>(lotsSql, [bankIds, untils, on, places.map((at) => at.fromAge), ...dated]);
    const held = await this.unit.query<HeldMinutes>(heldSql, [bankIds, untils]);
    return { moved, lots, held };
  }

  private bank(place: Place, { moved, lots, held }: Rows): BankLiability {
    const isHere = (row: { bankId: string }) => row.bankId === place.bankId;
    const rows = { moved: moved.filter(isHere), lots: lots.filter(isHere), held: held.filter(isHere) };
    return { bankId: place.bankId, bankName: place.name, ...liabilityOf([place], rows, place.on) };
  }
}
