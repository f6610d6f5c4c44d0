import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Availability as Answer, type AvailabilityInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { OwnMember } from '../records/own-member';
import { AvailabilityRow } from './availability.entity';
import { checkPauses, checkWeek, languagesOf, pauseRanges, slotsOf, type Stretch, stretchesOf, weeklyRanges } from './availability.rules';

type SaidRow = Omit<Answer, 'weekly'> & { weekly: Stretch[] };

const unsaid: Answer = { weekly: [], pauses: [], languages: [], kinds: [], weekMinutes: null };

/**
 * When and how a member would help: their own word, or taken down by the desk; each time the whole of it. Idempotent. Who has said nothing is free for
 * everything. Refuses `members/not_found` and the codes of `availability.rules.ts`.
 */
@Injectable()
export class Availability {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownMember: OwnMember,
  ) {}

  async readOwn(actor: Actor): Promise<Answer> {
    const { bankId, memberId } = await this.own(actor);
    return this.read(bankId, memberId);
  }

  async putOwn(actor: Actor, input: AvailabilityInput): Promise<Stored<Answer>> {
    const { bankId, memberId } = await this.own(actor);
    return this.put(bankId, memberId, input);
  }

  async read(bankId: string, memberId: string): Promise<Answer> {
    return this.unit.run([bankId], async () => {
      const found = await this.unit.one<{ said: SaidRow | null }>(
        `select case when a.member_id is not null then jsonb_build_object('languages', a.languages, 'kinds', a.kinds, 'weekMinutes', a.week_minutes,
            'weekly', (select coalesce(jsonb_agg(jsonb_build_object('from', lower(w), 'to', upper(w)) order by w), '[]') from unnest(a.weekly) w),
            'pauses', (select coalesce(jsonb_agg(jsonb_build_object('from', lower(p), 'to', upper(p) - 1) order by p), '[]') from unnest(a.pauses) p)) end as said
           from member m left join availability a on a.bank_id = m.bank_id and a.member_id = m.member_id
          where m.bank_id = $1 and m.member_id = $2`,
        [bankId, memberId],
      );
      if (!found) throw refuse('members/not_found');
      return found.said === null ? unsaid : { ...found.said, weekly: slotsOf(found.said.weekly) };
    });
  }

  async put(bankId: string, memberId: string, input: AvailabilityInput): Promise<Stored<Answer>> {
    const weekMinutes = input.weekMinutes ?? null;
    checkPauses(input.pauses);
    checkWeek(weekMinutes);
    const [weekly, pauses] = [weeklyRanges(stretchesOf(input.weekly)), pauseRanges(input.pauses)];
    const said = { weekly, pauses, languages: languagesOf(input.languages), kinds: [...new Set(input.kinds)].toSorted(), weekMinutes };
    return this.unit.run([bankId], async () => {
      // By itself: who waits here then reads what the one before has written.
      await this.unit.query('select from member where bank_id = $1 and member_id = $2 for no key update', [bankId, memberId]);
      const found = await this.unit.one<{ isKnown: boolean; isSame: boolean }>(
        `select a.member_id is not null as is_known, (a.weekly, a.pauses, a.languages, a.kinds, a.week_minutes)
            is not distinct from ($3::int4multirange, $4::datemultirange, $5::text[], $6::text[], $7::integer) as is_same
           from member m left join availability a on a.bank_id = m.bank_id and a.member_id = m.member_id
          where m.bank_id = $1 and m.member_id = $2`,
        [bankId, memberId, weekly, pauses, said.languages, said.kinds, weekMinutes],
      );
      if (!found) throw refuse('members/not_found');
      if (!found.isKnown) await this.unit.insertRow(AvailabilityRow, { bankId, memberId, ...said });
      else if (!found.isSame) await this.unit.updateRow(AvailabilityRow, { bankId, memberId }, said);
      return { first: !found.isKnown, value: await this.read(bankId, memberId) };
    });
  }

  private async own(actor: Actor): Promise<{ bankId: string; memberId: string }> {
    const member = await this.ownMember.run(actor);
    if (!member) throw refuse('members/not_found');
    return member;
  }
}
