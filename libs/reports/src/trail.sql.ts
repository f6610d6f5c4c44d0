import { rowsFor } from '@timebank/database';

/** Every registration counts on the number that the bank gives its next member: that changes no rule. */
const isCounting = `t.table_name = 'bank' and t.changes is not null
  and not exists (select from jsonb_array_elements(t.changes) change, jsonb_object_keys(change) field where field <> 'last_member_serial')`;

/**
 * Whose rows tell of a thing: of a member also those of their person, their cards and what was asked for them; of a visit its decisions. `beginnings`
 * are first parts of keys, `keys` whole ones.
 */
export const rowsOfSubjectSql = `
  select coalesce(array_agg(key) filter (where is_beginning), '{}') as beginnings, coalesce(array_agg(key) filter (where not is_beginning), '{}') as keys,
         exists (select from member where bank_id = $1 and member_id = $2::uuid) as is_member
    from (select $2::text as key, true as is_beginning
    union select person_id::text, true from member where bank_id = $1 and member_id = $2::uuid
    union select member_id || ' ' || other_member_id, false from relation where bank_id = $1 and other_member_id = $2::uuid
    union select card_id::text, false from service_card where bank_id = $1 and client_id = $2::uuid
    union select s.act_id::text, false from sign_in_act s join member m using (person_id) where m.bank_id = $1 and m.member_id = $2::uuid
    union select act_id::text, false from waiting_act where bank_id = $1 and member_id = $2::uuid
    union select merge_id::text, false from merge where bank_id = $1 and $2::uuid in (member_id, other_member_id)
    union select settlement_id::text, false from settlement where bank_id = $1 and member_id = $2::uuid
    union select approval_id::text, false from visit where bank_id = $1 and visit_id = $2::uuid and approval_id is not null
    union select call_back_id::text, false from call_back where bank_id = $1 and visit_id = $2::uuid
    union select appeal_id::text, false from appeal where bank_id = $1 and visit_id = $2::uuid
    union select offer_id::text, false from offer where bank_id = $1 and request_id = $2::uuid) related`;

/** Entries of one row are found by an index; those of many rows are few, and are looked through. */
const ofSubject = `
  select e.* from unnest($9::text[]) key cross join lateral (select * from audit_trail t
    where t.bank_id = any ($1::uuid[]) and t.row_keys[1] collate "C" >= key and t.row_keys[1] collate "C" < key || '!' and cardinality(t.row_keys) = 1) e
  union all select e.* from unnest($10::text[]) key cross join lateral (select * from audit_trail t
    where t.bank_id = any ($1::uuid[]) and t.row_keys[1] collate "C" = key and cardinality(t.row_keys) = 1) e
  union all select * from audit_trail t
    where t.bank_id = any ($1::uuid[]) and cardinality(t.row_keys) > 1
      and exists (select from unnest(t.row_keys) row_key where split_part(row_key, ' ', 1) = any ($9::text[]) or row_key = any ($10::text[]))`;

/** $1 banks, $2 and $3 the place in the list, $4 since, $5 actor, $6 and $7 days, $8 tables, and of a subject $9 and $10. */
export const trailSql = (limit: number, by: { subject: boolean; rest: boolean }): string => `
  select t.number, t.happened_at as at, t.act, cardinality(t.row_keys) as rows, t.table_name as "table", t.row_keys[1] as key, t.work, t.role, t.actor_id,
         t.for_id, t.reason_code as reason, t.recorded_xid::text as xid, ${isCounting} as is_counting,
         ${
           by.subject
             ? `(select jsonb_agg(t.changes -> (place - 1)::integer) from unnest(t.row_keys) with ordinality k (row_key, place)
                  where split_part(row_key, ' ', 1) = any ($9::text[]) or row_key = any ($10::text[]))`
             : `case when cardinality(t.row_keys) = 1 then t.changes end`
         } as told
    from ${by.subject ? `(${ofSubject})` : 'audit_trail'} t
   where t.bank_id = any ($1::uuid[]) and t.recorded_xid > $4::xid8 and t.recorded_xid <= $2::xid8
     and (t.recorded_xid < $2::xid8 or t.number < $3::bigint)
     and ($5::uuid is null or t.actor_id = $5::uuid)
     and ($6::timestamptz is null or t.happened_at >= $6::timestamptz) and ($7::timestamptz is null or t.happened_at < $7::timestamptz)
     and ($8::text[] is null or ${by.rest ? '(t.table_name <> all ($8::text[]) or ' + isCounting + ')' : `t.table_name = any ($8::text[]) and not (${isCounting})`})
   order by t.recorded_xid desc, t.number desc limit ${rowsFor(limit)}`;

/** The persons of a member or, where there is none of that id, of the person itself. */
export const personSql = `select person_id from helper where bank_id = any ($1::uuid[]) and member_id = $2::uuid limit 1`;

/** Names of whoever acted, by person, and of members. */
export const namesSql = `
  select h.bank_id, h.person_id, h.member_id, h.name from helper h
   where h.bank_id = any ($1::uuid[]) and (h.person_id = any ($2::uuid[]) or h.member_id = any ($2::uuid[]))`;
