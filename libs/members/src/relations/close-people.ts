import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';

export type Closeness = 'self' | 'relative' | null;

/**
 * Whether some members of a bank are the actor themselves, or a relative or of the household of theirs, or somebody for whom they act, in the caller's unit of work. Every
 * relation on record counts, confirmed or not, from whichever side and bank of those in sight: the safe side.
 */
@Injectable()
export class ClosePeople {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, memberIds: readonly string[]): Promise<Closeness> {
    const own = actor.roles.flatMap(({ memberId }) => memberId ?? []);
    const close = await this.unit.one<{ self: boolean; relative: boolean }>(
      `with own as (
         select member_id from member where bank_id = any (timebank_banks()) and person_id = $1
         union select unnest($2::uuid[])
       )
       select exists (select from own where member_id = any ($3::uuid[])) as self,
              exists (select from relation r where r.bank_id = any (timebank_banks())
                and ((r.member_id = any ($3::uuid[]) and r.other_member_id in (select member_id from own))
                  or (r.other_member_id = any ($3::uuid[]) and r.member_id in (select member_id from own))))
         or exists (select from proxy_role p where p.person_id = $1 and p.client_id = any ($3::uuid[])) as relative`,
      [actor.personId, own, memberIds],
    );
    if (close?.self) return 'self';
    return close?.relative ? 'relative' : null;
  }
}
