import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, LastSignIn, Locator } from '@timebank/access';
import { type Change, type ChangeQuery, type CityChangeQuery, refuse, type RoleName } from '@timebank/contract';
import { cityId, UnitOfWork } from '@timebank/database';
import { ReadTrail } from './read-trail';

type Page = { items: Change[]; nextCursor: string | null };

/**
 * Who changed what, when and why, newest first, with those fields that the caller may read of the thing itself. Admins and auditors search all of a
 * bank; a coordinator reads the history of one thing, and none of what only admins do with minutes. Refuses `access/not_allowed`.
 */
@Injectable()
export class ListChanges {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lastSignIn: LastSignIn,
    private readonly locator: Locator,
    private readonly readTrail: ReadTrail,
  ) {}

  async run(actor: Actor, bankId: string, { since, ...query }: ChangeQuery): Promise<Page> {
    const roles = (['coordinator', 'admin', 'auditor'] as RoleName[]).filter((role) => hasRole(actor, role, bankId));
    const readsAll = roles.includes('admin') || roles.includes('auditor');
    if (!readsAll && query.subjectId === undefined) throw refuse('access/not_allowed');
    return this.unit.run([bankId, cityId], async () => {
      const before = since === 'sign_in' ? await this.lastSignIn.run(actor) : null;
      const bank = await this.unit.one<{ zone: string }>('select time_zone as zone from bank where bank_id = $1', [bankId]);
      const leaveOut = readsAll ? ([] as const) : (['time'] as const);
      const looking = { bankId, names: [bankId], roles, zone: bank?.zone ?? 'UTC', since: before?.xid ?? '0', leaveOut };
      return this.readTrail.run(looking, query);
    });
  }

  /** Of what belongs to no bank: persons, roles of the city, its rules and kinds. For those with a role in the city; people's names are of any bank. */
  async city(query: CityChangeQuery): Promise<Page> {
    const names = await this.locator.banks();
    const looking = { bankId: cityId, names, roles: ['admin', 'auditor'] as const, zone: 'Asia/Shanghai', since: '0', leaveOut: [] };
    return this.unit.run([...names, cityId], () => this.readTrail.run(looking, query));
  }
}
