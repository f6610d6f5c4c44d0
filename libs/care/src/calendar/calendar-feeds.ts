import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type AnswerOf, type Language, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { VISITS_OPTIONS, type VisitsOptions } from '@timebank/visits';
import { type CalendarVisit, eventsOf, writeCalendar } from './calendar.rules';

type Seat = { personId: string; language: Language; bankId: string; memberId: string };

const hashOfToken = (token: string) => createHash('sha256').update(token).digest();
/** 32 random bytes, and what calendars take for a calendar. */
const fileShape = /^([A-Za-z0-9_-]{43})\.ics$/;
/** Requests with one of their visits from so many days ago to so many ahead: what a calendar shows, and more than series are laid ahead. */
const [daysBack, daysAhead] = [31, 92];
const mostVisits = 1_000;

/** The visits of one side, whoever they meet; `$2` is their member's id, `$3` now, `$4` the language. */
const visitsOf = (side: 'volunteer' | 'client') => `
  select v.request_id, ${side === 'volunteer' ? 'c.member_id as other_id, c.name' : 'w.member_id as other_id, w.name'} as other_name, v.state, v.planned_start, v.planned_end, v.visit_id,
      (select n.name from service_kind_name n where n.code = v.service_kind and n.language in ($4, 'zh-Hans') and n.name is not null
        order by n.language = $4 desc limit 1) as kind_name,
      coalesce(r.place, c.home_address) as place, b.name as bank_name, b.phone as bank_phone, v.version + r.version as versions, v.created_at
    from visit v
    join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
    join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
    join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
    join bank b on b.bank_id = v.bank_id
   where v.bank_id = $1 and v.${side}_id = $2 and v.request_id in (
     select near.request_id from visit near where near.bank_id = $1 and near.${side}_id = $2
        and near.planned_start between $3::timestamptz - interval '${daysBack} days' and $3::timestamptz + interval '${daysAhead} days')`;

/**
 * The address under which a person's calendar reads their visits, on both sides and in every bank. The token in it is kept as a hash and lets whoever
 * has it read, and nothing else; it reads nothing once its person is barred or belongs to no bank any more.
 */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  state(actor: Actor): Promise<AnswerOf<'getCalendar'>> {
    return this.unit.run([], async () => {
      const feed = await this.unit.one<{ createdAt: Date }>('select created_at from calendar_feed where person_id = $1', [actor.personId]);
      return { since: feed?.createdAt.toISOString() ?? null };
    });
  }

  /** A new address; the one before reads nothing any more. */
  async create(actor: Actor, language: Language): Promise<AnswerOf<'createCalendar'>> {
    const token = randomBytes(32).toString('base64url');
    await this.unit.run([], () =>
      this.unit.query(
        `insert into calendar_feed (person_id, token_hash, language, created_at) values ($1, $2, $3, $4)
         on conflict (person_id) do update set token_hash = excluded.token_hash, language = excluded.language, created_at = excluded.created_at`,
        [actor.personId, hashOfToken(token), language, this.unit.now],
      ),
    );
    return { url: `${this.options.origin}/calendar/${token}.ics` };
  }

  async end(actor: Actor): Promise<AnswerOf<'deleteCalendar'>> {
    await this.unit.run([], () => this.unit.query('delete from calendar_feed where person_id = $1', [actor.personId]));
    return { done: true };
  }

  /** The file of this name; `calendar/not_found` for any other. */
  async read(file: string): Promise<string> {
    const [, token] = fileShape.exec(file) ?? [];
    const seats = token === undefined ? [] : await this.seats(token);
    const [first] = seats;
    if (first === undefined) throw refuse('calendar/not_found');
    const banks = [...new Set(seats.map(({ bankId }) => bankId))];
    return this.unit.run(banks, async () => {
      const visits: CalendarVisit[] = [];
      for (const { bankId, memberId } of seats) {
        visits.push(
          ...(await this.unit.query<CalendarVisit>(
            `select * from (${visitsOf('volunteer')} union all ${visitsOf('client')}) own order by created_at, visit_id limit ${mostVisits}`,
            [bankId, memberId, this.unit.now, first.language],
          )),
        );
      }
      return writeCalendar(eventsOf(visits), { host: new URL(this.options.origin).host, now: this.unit.now });
    });
  }

  /** As whom the address reads: a member or a guest, in each bank. */
  private seats(token: string): Promise<Seat[]> {
    return this.unit.glance<Seat>(
      `select distinct feed.person_id, feed.language, role.bank_id, role.member_id
         from calendar_feed feed
         join person on person.person_id = feed.person_id and person.disabled_at is null
         join role on role.person_id = feed.person_id and role.bank_id is not null and role.member_id is not null
        where feed.token_hash = $1 order by role.bank_id, role.member_id`,
      [hashOfToken(token)],
    );
  }
}
