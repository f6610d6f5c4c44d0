import { foldName, phoneBeginnings } from '@timebank/kernel';
import { likeText } from './member.rules';

/**
 * What somebody types to find a person: part of a name, or the beginning of a phone or member number, in any spelling. It gives two values of a
 * query.
 */
export function meantBy(text: string): [name: string, beginnings: string[]] {
  return [likeText(foldName(text)), phoneBeginnings(text).map((digits) => `${digits}%`)];
}

/** Whether a row of `member` matches the two values at these places. The only place that says how a member is found. */
export const isMeant = (name: string, beginnings: string) =>
  `(member.name_key like '%' || ${name}::text || '%' or member.phone_digits like any (${beginnings}::text[]) or member.member_number like any (${beginnings}::text[]))`;

/** The same of a guest, of whom another bank knows the name alone. */
export const isGuestMeant = (name: string) => `folded_name(guest.name) like '%' || ${name}::text || '%'`;
