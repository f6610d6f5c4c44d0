import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type AnswerOf, type Mentor, refuse, type Stored } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { MentorRow } from './qualification-kind.entity';

/** Volunteers whom the desk has named to go along with newcomers; nobody names themselves. Those who have left are none. */
@Injectable()
export class Mentors {
  constructor(private readonly unit: UnitOfWork) {}

  /** Idempotent. Refuses `members/not_found` and `members/not_a_volunteer`. */
  async put(actor: Actor, bankId: string, memberId: string): Promise<Stored<Mentor>> {
    if (isOneself(actor, memberId)) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      const member = await this.unit.one<{ name: string; isVolunteer: boolean }>(
        `select m.name, exists (select from role r where r.bank_id = $1 and r.member_id = $2 and r.role = 'volunteer') as is_volunteer
           from member m where m.bank_id = $1 and m.member_id = $2 for no key update of m`,
        [bankId, memberId],
      );
      if (!member) throw refuse('members/not_found');
      if (!member.isVolunteer) throw refuse('members/not_a_volunteer');
      const first = await this.unit.insertNew(MentorRow, { bankId, memberId, namedBy: actor.personId, namedAt: this.unit.now });
      return { first, value: { memberId, name: member.name } };
    });
  }

  async end(bankId: string, memberId: string): Promise<{ done: true }> {
    await this.unit.run([bankId], () => this.unit.query('delete from mentor where bank_id = $1 and member_id = $2', [bankId, memberId]));
    return { done: true };
  }

  async list(bankId: string, page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listMentors'>> {
    const found = await this.unit.run([bankId], () =>
      this.unit.query<Mentor>(
        `select m.member_id, m.name from mentor o join member m on m.bank_id = o.bank_id and m.member_id = o.member_id
          where o.bank_id = $1 and m.left_on is null order by m.name, m.member_id`,
        [bankId],
      ),
    );
    return cutPage(found, page);
  }
}
