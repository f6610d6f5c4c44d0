import { Injectable } from '@nestjs/common';
import { type Actor, TellByText } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Application, type ApplicationQuery, type ApplicationState, refuse } from '@timebank/contract';
import { pageOf, readCursor, rowsFor, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { ApplicationRow } from './joining.entity';
import { ageOn } from '../identity.rules';

type Row = ApplicationRow & {
  checkedByName: string | null;
  decidedByName: string | null;
  likely: Application['likely'] | null;
};

/** Members whom somebody who asks to join may be. */
const likely = `(select jsonb_agg(jsonb_build_object('memberId', m.member_id, 'name', m.name, 'memberNumber', m.member_number,
    'by', array_remove(array[case when m.name_key = folded_name(a.name) and m.birth_date = a.birth_date then 'name' end,
      case when m.phone = a.phone then 'phone' end, case when i.hash is not null then 'identity' end], null)) order by m.member_number)
  from (select member_id from member where bank_id = a.bank_id and name_key = folded_name(a.name) and birth_date = a.birth_date
        union select member_id from member where bank_id = a.bank_id and phone_digits = regexp_replace(a.phone, '[^0-9]', '', 'g')
        union select member_id from identity_mark where bank_id = a.bank_id and hash = a.identity_hash) same
  join member m on m.bank_id = a.bank_id and m.member_id = same.member_id
  left join identity_mark i on i.bank_id = m.bank_id and i.member_id = m.member_id and i.hash = a.identity_hash
  where a.state = 'applied')`;

/** Who asked to join a bank, and what the desk says of it: that they or their papers were seen, and no. Refuses `joining/not_found`, `joining/already_decided`, `joining/stale`. */
@Injectable()
export class Applications {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly text: TellByText,
  ) {}

  async list(
    bankId: string,
    { state = 'applied', limit, cursor }: ApplicationQuery,
  ): Promise<{ items: Application[]; nextCursor: string | null }> {
    const after = readCursor(cursor, ['instant', 'uuid']);
    return this.unit.run([bankId], async () => {
      const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
      const rows = await this.unit.query<Row>(
        `select a.*, (select h.name from helper h where h.bank_id = a.bank_id and h.person_id = a.checked_by limit 1) as checked_by_name,
                (select h.name from helper h where h.bank_id = a.bank_id and h.person_id = a.decided_by limit 1) as decided_by_name, ${likely} as likely
           from application a
          where a.bank_id = $1 and a.state = $2 and ($3::timestamptz is null or (a.applied_at, a.application_id) > ($3, $4::uuid))
          order by a.applied_at, a.application_id limit ${rowsFor(limit)}`,
        [bankId, state, after?.[0] ?? null, after?.[1] ?? null],
      );
      const page = pageOf(rows, limit, ({ appliedAt, applicationId }) => [appliedAt.toISOString(), applicationId]);
      return { ...page, items: page.items.map((row) => applicationOf(row, today)) };
    });
  }

  async check(actor: Actor, bankId: string, applicationId: string, way: 'person' | 'document'): Promise<ApplicationState> {
    return this.unit.run([bankId], async () => {
      const row = await this.hold(bankId, applicationId);
      await this.unit.updateRow(
        ApplicationRow,
        { bankId, applicationId },
        { checkedWay: way, checkedBy: actor.personId, checkedAt: this.unit.now },
      );
      return appliedOf(row);
    });
  }

  async refuse(
    actor: Actor,
    bankId: string,
    applicationId: string,
    { version, reasonCode, note }: { version: number; reasonCode: string; note?: string | undefined },
  ): Promise<ApplicationState> {
    return this.unit.run([bankId], async () => {
      const row = await this.hold(bankId, applicationId, version);
      const decision = { state: 'refused' as const, decidedBy: actor.personId, decidedAt: this.unit.now, reasonCode, note: note ?? null };
      await this.unit.updateRow(ApplicationRow, { bankId, applicationId }, decision);
      this.text.news(row.phone, 'joining_refused');
      return appliedOf({ ...row, state: 'refused' });
    });
  }

  /** Held until the unit ends, and still to be decided; of the version that somebody looked at. */
  async hold(bankId: string, applicationId: string, version?: number): Promise<ApplicationRow> {
    const row = await this.unit.one<ApplicationRow>(
      'select * from application where bank_id = $1 and application_id = $2 for no key update',
      [bankId, applicationId],
    );
    if (!row) throw refuse('joining/not_found');
    if (row.state !== 'applied') throw refuse('joining/already_decided', { state: row.state });
    if (version !== undefined && row.version !== version) throw refuse('joining/stale', { version: row.version }, 'body.version');
    return row;
  }
}

const appliedOf = ({ applicationId, state, appliedAt }: ApplicationRow): ApplicationState => ({
  applicationId,
  state,
  appliedAt: appliedAt.toISOString(),
});

function applicationOf(row: Row, today: string): Application {
  const { guardianName: name, guardianPhone: phone, guardianKind: kind, checkedWay: way, checkedAt, decidedAt } = row;
  return {
    ...appliedOf(row),
    name: row.name,
    birthDate: row.birthDate,
    age: ageOn(row.birthDate, today),
    phone: row.phone,
    roles: row.roles,
    homeAddress: row.homeAddress,
    volunteerNumber: row.volunteerNumber,
    guardian: name !== null && phone !== null && kind !== null ? { name, phone, kind } : null,
    checked: way && checkedAt ? { way, byName: row.checkedByName, at: checkedAt.toISOString() } : null,
    decision: decidedAt ? { byName: row.decidedByName, at: decidedAt.toISOString(), reasonCode: row.reasonCode, note: row.note } : null,
    likely: row.likely ?? [],
    version: row.version,
  };
}
