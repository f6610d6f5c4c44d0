import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

export type PlaceKind = 'bank' | 'card_token' | 'card_code' | 'display' | 'screen';
export type Place = { bankId: string; id: string };

/**
 * Finds the bank of something when the bank is not known yet. It stands outside row security, so it holds only a hash (a secret is sealed first) and
 * two ids.
 */
@Injectable()
export class Locator {
  constructor(private readonly unit: UnitOfWork) {}

  /** Inside the unit that makes the thing. Answers false when that hash is taken. */
  async put(kind: PlaceKind, hash: Buffer, place: Place): Promise<boolean> {
    return this.unit.run([], async () => {
      const made = await this.unit.one(
        'insert into locator (kind, hash, bank_id, id) values ($1, $2, $3, $4) on conflict do nothing returning id',
        [kind, hash, place.bankId, place.id],
      );
      return made !== null;
    });
  }

  async find(kind: PlaceKind, hash: Buffer): Promise<Place | null> {
    const [place] = await this.unit.glance<Place>('select bank_id, id from locator where kind = $1 and hash = $2', [kind, hash]);
    return place ?? null;
  }

  /** Whether a bank of that id has been opened; for those whose role in the city holds for every id. */
  async isBank(bankId: string): Promise<boolean> {
    return (
      (await this.unit.glance(`select from locator where kind = 'bank' and hash = decode(replace($1, '-', ''), 'hex')`, [bankId])).length >
      0
    );
  }

  /** Ids of every bank of the city. */
  async banks(): Promise<string[]> {
    const rows = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`);
    return rows.map((row) => row.bankId);
  }
}
