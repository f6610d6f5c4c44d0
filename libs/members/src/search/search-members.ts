import { Injectable } from '@nestjs/common';
import type { SearchHit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { meantBy, membersMeant } from './meant.sql';
import { isCut, soundsLike, wantedBy } from './name-grams.rules';

type MemberFind = {
  bankId: string;
  memberId: string;
  name: string;
  memberNumber: string;
  phoneDigits: string | null;
  bySound: boolean;
  isClient: boolean;
};

/** One letter means a quarter of a city. Whoever typed it sees some of them and types another one. */
const mostMeant = 2_000;

/** `$1` how many; then the values of `membersMeant`. */
export const membersByWorth = `
  select m.bank_id, m.member_id, m.name, m.member_number, m.phone_digits, hit.worth in (2, 5) as by_sound,
         exists (select from role r where r.person_id = m.person_id and r.bank_id = m.bank_id and r.role = 'client') as is_client
    from (select bank_id, member_id, min(worth) as worth from (${membersMeant(2, mostMeant)}) found group by bank_id, member_id) hit
   cross join lateral (select * from member m where m.bank_id = hit.bank_id and m.member_id = hit.member_id offset 0) m
   order by hit.worth, m.left_on is not null, char_length(m.name_key), m.name_key, m.bank_id, m.member_id limit $1`;

/** Names that go on after the letters by which they were looked up are compared here, these at most. */
const mostCompared = 500;

/**
 * Members of several banks by part of the name, its initials or letters in pinyin, the beginning of the member number or the phone, in any spelling.
 * The best first: the whole name or number, how the name begins, what stands inside it; then those who are still here, then the shorter name. In the
 * caller's unit of work.
 */
@Injectable()
export class SearchMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(banks: readonly string[], text: string, limit: number): Promise<SearchHit[]> {
    const { letters } = wantedBy(text);
    const found = await this.unit.query<MemberFind>(membersByWorth, [isCut(letters) ? mostCompared : limit, banks, ...meantBy(text)]);
    return found
      .filter(({ name, bySound }) => !bySound || soundsLike(name, letters))
      .slice(0, limit)
      .map(({ bankId, memberId, name, memberNumber, phoneDigits, isClient }) => ({
        kind: 'member' as const,
        id: memberId,
        bankId,
        title: name,
        detail: [memberNumber, phoneDigits?.slice(-4)].filter(Boolean).join(' · '),
        ...(isClient ? { isClient } : {}),
      }));
  }
}
