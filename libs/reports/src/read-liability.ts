import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { type BankLiability, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, instantOf, localDate } from '@timebank/kernel';
import { flowsSql, heldSql, lotsSql, plansForMuch } from './liability.sql';
import { type Held, liabilityOf, type Lot, type Moved, type Rows, type Scope } from './liability.rules';

type Place = Scope & { name: string; timeZone: string; until: Date; recentFrom: Date };
export type FoundLiability = { on: string; scopes: readonly Scope[]; rows: Rows; banks: BankLiability[] };

/** The day a year before the one after: where twelve months that end with the day begin. */
function yearBefore(nextDay: string): string {
  const [year, month, day] = nextDay.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year - 1, month - 1, day)).toISOString().slice(0, 10);
}

/**
 * Reads the liability of some banks at the end of a day, by default their own today, each by its own calendar, from one snapshot: three
 * statements whatever the number of banks. Writes nothing. Refuses `reports/day_in_future`.
 */
@Injectable()
export class ReadLiability {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankIds: readonly string[], asked?: string): Promise<FoundLiability> {
    return this.unit.look(bankIds, async () => {
      const banks = [];
      for (const bankId of bankIds) banks.push(await this.readBank.run(bankId));
      const today =
        banks
          .map(({ timeZone }) => localDate(this.unit.now, timeZone))
          .sort()
          .at(-1) ?? localDate(this.unit.now, 'UTC');
      const on = asked ?? today;
      if (on > today) throw refuse('reports/day_in_future', { today }, 'query.on');
      const places: Place[] = [];
      for (const { bankId, name, timeZone } of banks) {
        const { to: until } = dayRange(on, timeZone);
        const recentFrom = instantOf(yearBefore(localDate(until, timeZone)), '00:00', timeZone);
        const { giftRecipientFromAge: fromAge, issueLimitMinutes } = await this.readPolicy.run(bankId, on);
        places.push({ bankId, name, timeZone, on, until, recentFrom, fromAge, issueLimitMinutes });
      }
      const rows = await this.rows(places, on);
      return { on, scopes: places, rows, banks: places.map((place) => this.bank(place, rows)) };
    });
  }

  private async rows(places: readonly Place[], on: string): Promise<Rows> {
    const [bankIds, untils, zones] = [places.map((at) => at.bankId), places.map((at) => at.until), places.map((at) => at.timeZone)];
    await this.unit.query(plansForMuch);
    const moved = await this.unit.query<Moved>(flowsSql, [bankIds, untils, zones, places.map((at) => at.recentFrom)]);
    const lots = await this.unit.query<Lot>(lotsSql, [bankIds, untils, zones, on, places.map((at) => at.fromAge)]);
    const held = await this.unit.query<Held>(heldSql, [bankIds, untils]);
    return { moved, lots, held };
  }

  private bank(place: Place, { moved, lots, held }: Rows): BankLiability {
    const isHere = (row: { bankId: string }) => row.bankId === place.bankId;
    const rows = { moved: moved.filter(isHere), lots: lots.filter(isHere), held: held.filter(isHere) };
    return { bankId: place.bankId, bankName: place.name, ...liabilityOf([place], rows, place.on) };
  }
}
