import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import {
  type Activity,
  type ActivityLine,
  type ActivityPerson,
  type ActivityQuery,
  type AnswerOf,
  refuse,
  type RoleName,
} from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { dayRange, localDate, minutesBetween } from '@timebank/kernel';
import type { ActivityRow } from './activity.entity';
import { lackingHelpers, stateOf } from './activity.rules';

type Counts = Pick<ActivityLine, 'participants' | 'helpers' | 'participantsWaiting' | 'helpersWaiting' | 'own'>;
type Row = ActivityRow & Counts;
type PersonRow = Omit<ActivityPerson, 'attendedAt'> & { attendedAt: Date | null };

const staff: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];

/** `$2` is the caller's own member id. */
const select = `
  select a.*, p.* from activity a cross join lateral (
    select count(*) filter (where p.part = 'participant' and p.state = 'placed')::integer as participants,
      count(*) filter (where p.part = 'helper' and p.state = 'placed')::integer as helpers,
      count(*) filter (where p.part = 'participant' and p.state = 'waiting')::integer as participants_waiting,
      count(*) filter (where p.part = 'helper' and p.state = 'waiting')::integer as helpers_waiting,
      (array_agg(jsonb_build_object('as', p.part, 'state', p.state, 'turn', p.turn, 'minutes', p.minutes, 'attendedAt', t.recorded_at))
        filter (where p.member_id = $2))[1] as own
    from activity_place p
    left join activity_attendance t on t.bank_id = p.bank_id and t.activity_id = p.activity_id and t.member_id = p.member_id
    where p.bank_id = a.bank_id and p.activity_id = a.activity_id) p
  where a.bank_id = $1`;

/** Activities as people see them: how many come is for everybody of the bank, who comes for staff. */
@Injectable()
export class ReadActivities {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  /** Those that end on or after `from` and begin by `to`; by itself from a year back. */
  async list(actor: Actor, bankId: string, { from, to, short, ...page }: ActivityQuery): Promise<AnswerOf<'listActivities'>> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const rows = await this.unit.query<Row>(
        `${select} and a.ends_at > coalesce($3::timestamptz, $5::timestamptz - interval '1 year') and a.starts_at < coalesce($4::timestamptz, 'infinity')
          order by a.starts_at, a.activity_id limit 2000`,
        [bankId, memberIn(actor, bankId), from ? dayRange(from, zone).from : null, to ? dayRange(to, zone).to : null, this.unit.now],
      );
      const lines = await this.shown(bankId, rows);
      return cutPage(
        lines.filter(({ isShort }) => isShort || short === undefined),
        page,
      );
    });
  }

  async one(actor: Actor, bankId: string, activityId: string): Promise<Activity> {
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Row>(`${select} and a.activity_id = $3`, [bankId, memberIn(actor, bankId), activityId]);
      const [[row], [line]] = [rows, await this.shown(bankId, rows)];
      if (!row || !line) throw refuse('activities/not_found');
      const isStaff = staff.some((role) => hasRole(actor, role, bankId));
      const people = isStaff ? await this.people(bankId, activityId) : [];
      return { ...line, cancelNote: row.cancelNote, closedAt: row.closedAt?.toISOString() ?? null, people };
    });
  }

  private async shown(bankId: string, rows: readonly Row[]): Promise<ActivityLine[]> {
    const { now } = this.unit;
    const { zone } = await this.readBank.run(bankId);
    const { activityShortageHours } = await this.readPolicy.run(bankId, localDate(now, zone));
    return rows.map((row) => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      minutes: minutesBetween(row.startsAt, row.endsAt),
      state: stateOf(row, now),
      isShort: lackingHelpers(row, now, activityShortageHours) > 0,
      own: row.own && { ...row.own, attendedAt: row.own.attendedAt && new Date(row.own.attendedAt).toISOString() },
    }));
  }

  private async people(bankId: string, activityId: string): Promise<ActivityPerson[]> {
    const found = await this.unit.query<PersonRow>(
      `select p.member_id, m.name, m.member_number, p.part as "as", p.state, p.turn, p.minutes, t.recorded_at as attended_at,
              t.display_id is not null and t.member_id is not null as by_code,
              (select w.name from member w where w.bank_id = $1 and w.person_id = t.recorded_by limit 1) as recorded_by
         from activity_place p join member m on m.bank_id = p.bank_id and m.member_id = p.member_id
         left join activity_attendance t on t.bank_id = p.bank_id and t.activity_id = p.activity_id and t.member_id = p.member_id
        where p.bank_id = $1 and p.activity_id = $2
        order by p.part, array_position(array['placed', 'waiting', 'withdrawn'], p.state), p.turn, m.name, p.member_id`,
      [bankId, activityId],
    );
    return found.map(({ attendedAt, byCode, recordedBy, ...person }) => ({
      ...person,
      attendedAt: attendedAt?.toISOString() ?? null,
      byCode: attendedAt && byCode,
      recordedBy: byCode ? null : recordedBy,
    }));
  }
}
