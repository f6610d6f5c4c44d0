import { Injectable } from '@nestjs/common';
import type { MemberQuery } from '@timebank/contract';
import { endingQualifications } from './ending.sql';

type Only = NonNullable<MemberQuery['only']>;
/** A query for ids of members of bank `$1`; `now` is a place among the values. */
type Ids = (now: string) => string;

/** Whom the first screen counts, so that the member list can show them. Rooms above register what is theirs, so this one need not know what a visit is. */
@Injectable()
export class MemberFilters {
  private readonly registered = new Map<Only, Ids>([
    ['qualification_ends', (now) => `select member_id from (${endingQualifications(now)}) ending`],
  ]);

  register(only: Only, ids: Ids): void {
    this.registered.set(only, ids);
  }

  ids(only: Only, now: string): string {
    return this.registered.get(only)?.(now) ?? `select null::uuid where ${now}::timestamptz is null`;
  }
}
