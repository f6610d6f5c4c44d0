import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** How long what others did to a sign-in counts, in days of the product's clock. */
const cautiousDays = 14;
const recently = `interval '${cautiousDays} days'`;

/**
 * What others did to a person's sign-in, and what must not follow from it: staff who can become a member must not pay themselves with the
 * member's minutes. A password given at registration counts until it is replaced, a reset or a moved sign-in phone for 14 days.
 */
@Injectable()
export class SignInTrust {
  constructor(private readonly unit: UnitOfWork) {}

  /** On which of these people somebody may not decide: those whose password they chose, or whose sign-in they had a hand in. Inside a unit. */
  async mayNotDecideOn(deciderId: string, personIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.unit.query<{ personId: string }>(
      `select person_id from person where person_id = any ($2::uuid[]) and not secret_is_own and secret_chosen_by = $1
       union select person_id from sign_in_act
        where person_id = any ($2::uuid[]) and $1 in (started_by, confirmed_by)
          and greatest(started_at, used_at) > $3::timestamptz - ${recently}`,
      [deciderId, [...new Set(personIds)], this.unit.now],
    );
    return new Set(rows.map(({ personId }) => personId));
  }

  /**
   * Call it before a person gives their own minutes away. Refuses `access/secret_not_own` while somebody else chose the password, and
   * `access/sign_in_changed` (with until when) after staff began a reset or moved the phone. Inside a unit.
   */
  async refuseGiving(personId: string): Promise<void> {
    const row = await this.unit.one<{ secretIsOwn: boolean; until: Date | null }>(
      `select secret_is_own, (select max(greatest(started_at, used_at)) + ${recently} from sign_in_act a
          where a.person_id = p.person_id and a.started_by is distinct from p.person_id and (a.kind = 'moved' or a.used_at is not null)) as until
         from person p where person_id = $1`,
      [personId],
    );
    if (row && !row.secretIsOwn) throw refuse('access/secret_not_own');
    if (row?.until && row.until > this.unit.now) throw refuse('access/sign_in_changed', { until: row.until.toISOString() });
  }

  /** For screens: whether the person chose their password themselves. Without a password there is nothing to replace. */
  async secretIsOwn(personId: string): Promise<boolean> {
    const [row] = await this.unit.glance<{ secretIsOwn: boolean }>('select secret_is_own from person where person_id = $1', [personId]);
    return row?.secretIsOwn ?? true;
  }
}
