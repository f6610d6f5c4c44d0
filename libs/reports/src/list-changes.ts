import { Injectable } from '@nestjs/common';
import { type Actor, LastSignIn } from '@timebank/access';
import type { Change, ChangeQuery } from '@timebank/contract';
import { pageOf, readCursor, rowsFor, UnitOfWork } from '@timebank/database';
import { changeKindOf } from './change-kinds.rules';

type Row = Omit<Change, 'at' | 'kind' | 'rowId'> & { at: Date; xid: string; key: string | null; isCounting: boolean };

/** Every registration counts on the number that the bank gives its next member: that changes no rule. */
const isCounting = `t.table_name = 'bank' and t.changes is not null
  and not exists (select from jsonb_array_elements(t.changes) change, jsonb_object_keys(change) field where field <> 'last_member_serial')`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What was changed in a bank, newest first: who, as what, when and what of, in keyset pages by the trail's index. It leaves out what the entries say
 * about people: an auditor may not read all of that. The door lets admins and auditors only.
 */
@Injectable()
export class ListChanges {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lastSignIn: LastSignIn,
  ) {}

  async run(actor: Actor, bankId: string, { since, limit, cursor }: ChangeQuery): Promise<{ items: Change[]; nextCursor: string | null }> {
    const [beforeXid, beforeNumber] = (readCursor(cursor, ['integer', 'integer']) ?? [Number.MAX_SAFE_INTEGER, 0]).map((part) =>
      Math.max(0, Number(part)),
    );
    return this.unit.run([bankId], async () => {
      const before = since === 'sign_in' ? await this.lastSignIn.run(actor) : null;
      const rows = await this.unit.query<Row>(
        `select t.number, t.happened_at as at, t.act, cardinality(t.row_keys) as rows, t.table_name as "table", t.row_keys[1] as key, t.work, t.role,
                t.recorded_xid::text as xid, ${isCounting} as is_counting,
                (select h.name from helper h where h.bank_id = t.bank_id and h.person_id = t.actor_id limit 1) as actor_name
           from audit_trail t
          where t.bank_id = $1 and t.recorded_xid > $2::xid8 and t.recorded_xid <= $3::xid8 and (t.recorded_xid < $3::xid8 or t.number < $4::bigint)
          order by t.recorded_xid desc, t.number desc limit ${rowsFor(limit)}`,
        [bankId, before?.xid ?? '0', String(beforeXid), beforeNumber],
      );
      const { items, nextCursor } = pageOf(rows, limit, ({ xid, number }) => [Number(xid), number]);
      return {
        items: items.map(({ at, xid: _xid, key, isCounting: counts, ...row }) => ({
          ...row,
          at: at.toISOString(),
          kind: counts ? 'other' : changeKindOf(row.table),
          rowId: key !== null && uuid.test(key) ? key : null,
        })),
        nextCursor,
      };
    });
  }
}
