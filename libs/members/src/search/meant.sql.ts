import { phoneBeginnings } from '@timebank/kernel';
import { likeText } from '../member.rules';
import { wantedBy } from './name-grams.rules';

/**
 * What somebody types to find a person, as the last five of the six values that `membersMeant` takes: pieces of the name, the folded text, the same for
 * LIKE, sounds, and how a number may begin.
 */
export function meantBy(text: string): [pieces: string[], folded: string, like: string, sounds: string[], beginnings: string[]] {
  const { pieces, folded, sounds } = wantedBy(text);
  return [pieces, folded, likeText(folded), sounds, phoneBeginnings(text)];
}

/**
 * Members that a text means, some of them more than once: bank, id, and how well, from 0 (the whole name or number) to 5 (letters from a later syllable
 * on). The values stand from `$first` on: the banks, then those of `meantBy`. Pieces and sounds are
 * looked up by equality, numbers as a stretch of an index (`:` comes after the digits); what pieces find is compared with the name itself. `offset 0`
 * keeps Postgres, which cannot know how few are meant, from reading all members instead. `most` of each way, or all.
 */
export function membersMeant(first: number, most: number | 'all'): string {
  const [banks, pieces, folded, like, sounds, beginnings] = ['uuid[]', 'text[]', 'text', 'text', 'text[]', 'text[]'].map(
    (type, index) => `$${first + index}::${type}`,
  );
  const limit = `limit ${most}`;
  const inBanks = `from member_gram g where g.bank_id = any (${banks})`;
  const numbered = (column: string, number: string) => `
    (select numbered.*
       from unnest(${banks}) bank cross join unnest(${beginnings}) digits
      cross join lateral (
        select m.bank_id, m.member_id, case when ${column} = digits then 0 else 3 end
          from member m where m.bank_id = bank and ${number} >= digits and ${number} < digits || ':' offset 0) numbered ${limit})`;
  return `
    (select named.*
       from (select g.bank_id, g.member_id ${inBanks} and g.gram = any (${pieces})
              group by g.bank_id, g.member_id having count(*) = cardinality(${pieces})
             union all
             select g.bank_id, g.member_id ${inBanks} and g.gram = '') piece
      cross join lateral (
        select m.bank_id, m.member_id, case when m.name_key = ${folded} then 0 when starts_with(m.name_key, ${folded}) then 1 else 4 end as worth
          from member m
         where m.bank_id = piece.bank_id and m.member_id = piece.member_id and m.name_key like '%' || ${like} || '%' offset 0) named ${limit})
    union all
    (select g.bank_id, g.member_id, case when starts_with(g.gram, 'S') then 2 else 5 end ${inBanks} and g.gram = any (${sounds}) ${limit})
    union all ${numbered('m.member_number', 'm.member_number collate "C"')}
    union all ${numbered('m.phone_digits', 'm.phone_digits')}`;
}

/**
 * The ids of `membersMeant` for `in`, worked out once. Postgres takes a table that it has not counted yet for almost empty, as after an import, and would
 * otherwise seek everybody who is meant anew for each member of the bank.
 */
export const meantIds = (first: number, most: number | 'all') =>
  `(with meant as materialized (select found.member_id from (${membersMeant(first, most)}) found) select member_id from meant)`;

/** So few digits begin the numbers of half a bank. */
const fewDigits = 4;

/**
 * For a list of a bank that goes in an order of its own: whether a row of `member` is meant, and the values for it, from `$first` on. By a few digits a
 * list comes upon a page of members sooner than it could look all of them up, so then it compares row by row.
 */
export function isMeant(bankId: string, text: string, first: number): { condition: string; values: unknown[] } {
  const meant = meantBy(text);
  const [, , like, , beginnings] = meant;
  if (!beginnings.some((digits) => digits.length <= fewDigits)) {
    return { condition: `member.member_id in ${meantIds(first, 'all')}`, values: [[bankId], ...meant] };
  }
  const begins = (column: string) => `exists (select from unnest($${first + 1}::text[]) digits where starts_with(${column}, digits))`;
  const condition = `(member.name_key like '%' || $${first}::text || '%' or ${begins('member.phone_digits')} or ${begins('member.member_number')})`;
  return { condition, values: [like, beginnings] };
}

/** Of guests another bank knows the name alone, and there are few: part of it, in any spelling. */
export const isGuestMeant = (like: string) => `folded_name(guest.name) like '%' || ${like}::text || '%'`;
