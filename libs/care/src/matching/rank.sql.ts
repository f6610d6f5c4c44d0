import { farMeters } from './rank.rules';

/**
 * Statements that rank: all volunteers of a bank for one request, or all its open requests for one volunteer. Whatever is rare is gathered once and
 * joined by hashes, never sought row by row, so that a hundred thousand cost little more than reading them. What is left to the gate (rest, limits,
 * plans in other banks, interchange) is asked of it for the few that come out on top.
 *
 * `$1` the bank, `$2` now, `$3` eight weights in the order of `rankParts`, `$4` how many.
 */

/** A no to a kind counts for so long. */
const declineDays = 60;
const fairDays = 30;
const lastVisits = 20;
/** Somebody is new for so long, unless they have helped already. */
const newDays = 90;

/** Squares of 500 metres, in steps of them from the equator and from Greenwich; the same latitude decides for both homes how wide a degree is. */
const square = (place: string, latitude: string) =>
  `floor(${place}.latitude * 111320 / 500) as north, floor(${place}.longitude * 111320 * cos(radians(${latitude})) / 500) as east`;

const newest = (table: string, key: string) => `select distinct on (${key}) ${key}, latitude, longitude from ${table}
    where bank_id = $1 order by ${key}, revision desc`;

/** Who let their phone be asked where it is have said that a place of theirs may count. Asked of whoever has one: they are fewer than the members. */
const consents = (memberId: string, bankId: string) => `(select c.granted from member m join location_consent c on c.person_id = m.person_id
    where m.bank_id = ${bankId} and m.member_id = ${memberId} order by c.revision desc limit 1)`;

/** The value of each part, in the order of `rankParts`; `rank.rules.ts` says the same, and a spec holds one against the other. */
const values = [
  'visits::float8 / (visits + 1)',
  'is_asked_for::integer::float8',
  `case when meters is null then 0.5 else greatest(0, 1 - meters / ${farMeters}) end`,
  'coalesce(is_free::integer::float8, 0.5)',
  'coalesce(shares_language::integer::float8, 0.5)',
  'coalesce(likes_kind::integer::float8, 0.5)',
  '1::float8 / (1 + offers)',
  'case when taken = 0 then 1 else kept::float8 / taken end',
];
const left = `power(0.5::float8, half_declines / 2) * case when half_declines % 2 = 1 then ${Math.SQRT1_2} else 1 end`;
const score = values.map((value, at) => `(${value}) * (($3::float8[])[${at + 1}]${at === 5 ? ` * ${left}` : ''})`).join(' + ');

const factColumns = 'visits, is_asked_for, meters, is_free, shares_language, likes_kind, half_declines, offers, kept, taken';

/** `offers` and `half_declines` by volunteer. */
const asking = `
  offered as materialized (
    select volunteer_id, count(*) as offers from offer
     where bank_id = $1 and offered_at > $2::timestamptz - interval '${fairDays} days' and state <> 'withdrawn' group by volunteer_id),
  refused as materialized (
    select volunteer_id, service_kind, sum(case state when 'declined' then 2 else 1 end) as half_declines from offer
     where bank_id = $1 and offered_at > $2::timestamptz - interval '${declineDays} days' and state in ('declined', 'expired') group by 1, 2)`;

/** Of who ever stayed away, how many of the last visits were kept; everybody else kept all. */
const keeping = (whose: string) => `
  missed as materialized (
    select m.volunteer_id, k.kept, k.taken from (select distinct volunteer_id from visit where bank_id = $1 and state = 'no_show' ${whose}) m
      cross join lateral (select count(*) filter (where state <> 'no_show') as kept, count(*) as taken from (
        select state from visit v where v.bank_id = $1 and v.volunteer_id = m.volunteer_id and v.state not in ('planned', 'cancelled')
         order by v.planned_start desc limit ${lastVisits}) last) k)`;

const minuteOfWeek = (instant: string) =>
  `(extract(isodow from ${instant}) - 1) * 1440 + extract(hour from ${instant}) * 60 + extract(minute from ${instant})`;

/** When a request is, in minutes of its bank's week; one that goes on past Sunday goes on with Monday. */
const weekPart = (zone: string) => `
      cross join lateral (select (${minuteOfWeek('l.starts')})::integer as from_minute from (select r.starts_at at time zone ${zone} as starts) l) w
      cross join lateral (select int4multirange(int4range(w.from_minute, least(w.from_minute + r.minutes, 10080)))
        + case when w.from_minute + r.minutes > 10080 then int4multirange(int4range(0, w.from_minute + r.minutes - 10080)) else '{}' end as span) s`;

const isFree = (said: string, request: string) => `case when not isempty(${said}.weekly) then ${said}.weekly @> ${request}.span end`;
const shares = (one: string, other: string) =>
  `case when cardinality(${one}.languages) > 0 and cardinality(${other}.languages) > 0 then ${one}.languages && ${other}.languages end`;
const likes = (said: string, request: string) =>
  `case when cardinality(${said}.kinds) > 0 then ${request}.service_kind = any (${said}.kinds) end`;
const apart = (one: string, other: string) => `500 * sqrt(power(${one}.north - ${other}.north, 2) + power(${one}.east - ${other}.east, 2))`;

/** `$5` the request. */
const theRequest = `
  asked as materialized (
    select r.*, s.span, bank_day(r.bank_id, r.starts_at) as day, c.helper_wish, k.open_to_volunteers, a.languages, p.latitude, ${square('p', 'p.latitude')}
      from request r join member c on c.bank_id = r.bank_id and c.member_id = r.client_id join service_kind k on k.code = r.service_kind
      left join availability a on a.bank_id = r.bank_id and a.member_id = r.client_id
      left join lateral (select latitude, longitude from client_place where bank_id = r.bank_id and client_id = r.client_id
        order by revision desc limit 1) p on true ${weekPart('zone_at(r.bank_id, r.starts_at)')}
     where r.bank_id = $1 and r.request_id = $5::uuid),
  needed as materialized (
    select s.qualification from asked r join service_kind_qualification s on s.code = r.service_kind
     where s.valid_from <= r.day and coalesce(s.valid_until >= r.day, true))`;

/** Who may be asked: the gate's reasons that a set can answer. Nobody for a request that nobody can have any more. */
const able = `
  able as materialized (
    select v.member_id, v.granted_at from (
      select member_id, person_id, granted_at from role where bank_id = $1 and role = 'volunteer' and home_bank_id is null
      union all select g.member_id, g.person_id, o.granted_at from guest g
        join role o on o.bank_id = g.bank_id and o.member_id = g.member_id and o.role = 'volunteer' where g.bank_id = $1 and g.state = 'confirmed') v
     where v.member_id <> (select client_id from asked) and (select open_to_volunteers and state = 'open' and ends_at > $2 from asked)
       and v.person_id not in (select person_id from person where disabled_at is not null)
       and v.member_id not in (select unnest(array[b.member_id, b.other_member_id]) from pair_block b, asked r
         where b.bank_id = $1 and r.client_id in (b.member_id, b.other_member_id))
       and ((select helper_wish from asked) is null or v.member_id in (select member_id from member where bank_id = $1 and gender = (select helper_wish from asked)))
       and v.member_id not in (select x.volunteer_id from visit x, asked r where x.bank_id = $1
         and x.planned_start > r.starts_at - interval '1 day' and x.planned_start < r.ends_at and x.planned_end > r.starts_at
         and x.state in ('planned', 'in_progress'))
       and v.member_id not in (select a.member_id from availability a, asked r where a.bank_id = $1 and a.pauses @> r.day)
       and v.member_id not in (select o.volunteer_id from offer o left join offer_round d on d.bank_id = o.bank_id and d.request_id = o.request_id
         where o.bank_id = $1 and o.request_id = $5::uuid and not $6::boolean and (o.state <> 'expired' or coalesce(o.offered_at >= d.anew_at, true)))
       and (not exists (select from needed) or v.member_id in (
         select q.member_id from (
           select member_id, code from qualification_held, asked r where qualification_held.bank_id = $1 and code in (select qualification from needed) and valid_until >= r.day
           union select member_id, code from qualification_exemption, asked r
            where qualification_exemption.bank_id = $1 and code in (select qualification from needed) and valid_until >= r.day) q
          group by q.member_id having count(*) = (select count(*) from needed))))`;

/** `$6` a person, whatever the gate says of them. */
const given = `able as materialized (select $6::uuid as member_id, null::timestamptz as granted_at)`;

const ranked = `
  facts as (
    select p.member_id, p.granted_at, coalesce(b.visits, 0) as visits, g.member_id is not null as is_asked_for, ${apart('h', 'r')} as meters,
      ${isFree('a', 'r')} as is_free, ${shares('a', 'r')} as shares_language, ${likes('a', 'r')} as likes_kind,
      coalesce(d.half_declines, 0)::integer as half_declines, coalesce(o.offers, 0) as offers, coalesce(m.kept, 0) as kept, coalesce(m.taken, 0) as taken
      from able p cross join asked r
      left join availability a on a.bank_id = $1 and a.member_id = p.member_id
      left join (select v.volunteer_id, count(*) as visits from visit v, asked r
        where v.bank_id = $1 and v.client_id = r.client_id and v.state = 'approved' group by v.volunteer_id) b on b.volunteer_id = p.member_id
      left join (select distinct g.member_id from series_regular g join series s on s.bank_id = g.bank_id and s.series_id = g.series_id, asked r
        where g.bank_id = $1 and s.client_id = r.client_id and coalesce(s.ends_on > r.day, true)) g on g.member_id = p.member_id
      left join (select n.client_id as member_id, ${square('n', '(select latitude from asked)')} from (${newest('client_place', 'client_id')}) n
        where ${consents('n.client_id', '$1')}) h on h.member_id = p.member_id
      left join refused d on d.volunteer_id = p.member_id and d.service_kind = r.service_kind
      left join offered o on o.volunteer_id = p.member_id
      left join missed m on m.volunteer_id = p.member_id)`;

const few = 500;
/** A volunteer who came of late and has helped nobody yet. */
const isNew = `f.granted_at > $2::timestamptz - interval '${newDays} days'
    and not exists (select from visit v where v.bank_id = $1 and v.volunteer_id = f.member_id)`;
/** Nothing that they said speaks against it. */
const fits = 'f.is_free is distinct from false and f.likes_kind is distinct from false';
/** Who ties is in an order that the request's id makes, so that nobody always comes first. */
const lot = 'uuid_hash_extended(f.member_id, hashtextextended($5::text, 0)), f.member_id';

/**
 * `$5` the request, `$6` whether those count who were asked already. `best`: by score. `kept`: for whom a place is kept, somebody new before whoever was
 * asked least of late; only whom it suits by all that they said.
 */
export const volunteersSql = (which: 'best' | 'kept'): string => `
  with ${theRequest}, ${asking}, ${keeping('')}, ${able}, ${ranked}
  select f.member_id, ${factColumns} from facts f
   ${which === 'kept' ? `where ${fits} order by (${isNew}) desc, f.offers, ${score} desc, ${lot}` : `order by ${score} desc, ${lot}`}
   limit least($4::integer, ${few})`;

/** `$5` the request, `$6` the volunteer: their facts, even where the gate stops them. */
export const volunteerSql = `
  with ${theRequest}, ${asking}, ${keeping('and volunteer_id = $6::uuid')}, ${given}, ${ranked}
  select f.member_id, ${factColumns} from facts f where $3::float8[] is not null and $4::integer > 0`;

/** `$5` the volunteer, `$6` their home bank: the open requests of a bank that they could take, the best first. */
export const requestsSql = `
  with ${asking}, ${keeping('and volunteer_id = $5::uuid')},
  me as materialized (
    select $5::uuid as member_id, coalesce(a.weekly, '{}') as weekly, coalesce(a.pauses, '{}') as pauses, coalesce(a.languages, '{}') as languages,
      coalesce(a.kinds, '{}') as kinds, coalesce(o.offers, 0) as offers, coalesce(m.kept, 0) as kept, coalesce(m.taken, 0) as taken,
      zone_at($1, $2) as zone, bank_day($1, $2) as today,
      (select gender from member where bank_id = $6::uuid and member_id = $5::uuid) as gender, n.latitude, ${square('n', 'n.latitude')}
      from (select $6::uuid as home) h left join availability a on a.bank_id = h.home and a.member_id = $5::uuid
      left join offered o on o.volunteer_id = $5::uuid left join missed m on m.volunteer_id = $5::uuid
      left join lateral (select latitude, longitude from client_place where bank_id = h.home and client_id = $5::uuid
        and ${consents('$5::uuid', '$6::uuid')} order by revision desc limit 1) n on true),
  lacking as materialized (
    select s.code from service_kind_qualification s, me where s.valid_from <= me.today and coalesce(s.valid_until >= me.today, true)
       and not exists (select from qualification_held where bank_id = $6::uuid and member_id = $5::uuid and code = s.qualification and valid_until >= me.today)
       and not exists (select from qualification_exemption
         where bank_id = $6::uuid and member_id = $5::uuid and code = s.qualification and valid_until >= me.today)
    union select code from service_kind where not open_to_volunteers),
  busy as materialized (
    select planned_start, planned_end from visit where bank_id = $1 and volunteer_id = $5::uuid and state in ('planned', 'in_progress')),
  facts as (
    select r.request_id, r.starts_at, coalesce(b.visits, 0) as visits, g.client_id is not null as is_asked_for, ${apart('h', 'me')} as meters,
      ${isFree('me', 's')} as is_free,
      ${shares('a', 'me')} as shares_language, ${likes('me', 'r')} as likes_kind, coalesce(d.half_declines, 0)::integer as half_declines, me.offers, me.kept, me.taken
      from request r cross join me ${weekPart('me.zone')}
      left join availability a on a.bank_id = $1 and a.member_id = r.client_id
      left join (select client_id, count(*) as visits from visit
        where bank_id = $1 and volunteer_id = $5::uuid and state = 'approved' group by client_id) b on b.client_id = r.client_id
      left join (select distinct s.client_id from series_regular g join series s on s.bank_id = g.bank_id and s.series_id = g.series_id
        where g.bank_id = $1 and g.member_id = $5::uuid and coalesce(s.ends_on > (select today from me), true)) g on g.client_id = r.client_id
      left join (select n.client_id, ${square('n', '(select latitude from me)')} from (${newest('client_place', 'client_id')}) n) h on h.client_id = r.client_id
      left join (select service_kind, half_declines from refused where volunteer_id = $5::uuid) d on d.service_kind = r.service_kind
     where r.bank_id = $1 and r.state = 'open' and r.starts_at > $2 and r.client_id <> $5::uuid and coalesce(r.reserved_for = $5::uuid, true)
       and r.service_kind not in (select code from lacking)
       and r.client_id not in (select unnest(array[p.member_id, p.other_member_id]) from pair_block p
         where p.bank_id = $1 and $5::uuid in (p.member_id, p.other_member_id))
       and (me.gender is not null or r.client_id not in (select member_id from member where bank_id = $1 and helper_wish is not null))
       and r.client_id not in (select member_id from member where bank_id = $1 and helper_wish <> (select gender from me))
       and not me.pauses @> (r.starts_at at time zone me.zone)::date
       and not exists (select from busy where planned_start < r.ends_at and planned_end > r.starts_at))
  select f.request_id, ${factColumns} from facts f order by ${score} desc, f.starts_at, f.request_id limit least($4::integer, ${few})`;
