import { Injectable } from '@nestjs/common';
import type { Change, ChangeKind, CityChangeQuery, RoleName } from '@timebank/contract';
import { cityId, pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { dayRange } from '@timebank/kernel';
import { changeKindOf, tablesOfKind, tablesWithKind } from './change-kinds.rules';
import { fieldsOf } from './trail-fields.rules';
import { namesSql, personSql, rowsOfSubjectSql, trailSql } from './trail.sql';

type RowChange = Record<string, [unknown, unknown]> | null;
type Row = Pick<Change, 'number' | 'act' | 'rows' | 'table' | 'role' | 'actorId' | 'reason'> & {
  at: Date;
  key: string | null;
  work: string | null;
  forId: string | null;
  xid: string;
  isCounting: boolean;
  told: RowChange[] | null;
};

/** Where to look, as whom, and what for. `names`: the banks whose people acted. */
export type Looking = {
  bankId: string;
  names: readonly string[];
  roles: readonly RoleName[];
  zone: string;
  since: string;
  leaveOut: readonly ChangeKind[];
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Tables whose key begins with a member, or with the person of one. */
const ofPeople = new Set(
  'member member_correction guest relation pair_block availability qualification qualification_exemption mentor trained client_needs client_place person role location_consent consent identity_check identity_mark guardian application'.split(
    ' ',
  ),
);
const things: Record<string, string> = {
  service_card: 'card',
  visit_exception: 'visit',
  offer_round: 'request',
  policy_withdrawal: 'policy',
};
const subjectKind = (table: string) =>
  ofPeople.has(table) ? 'member' : (things[table] ?? table.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));

/** Reads the trail in keyset pages, newest first, inside the caller's unit of work, which sees the banks. */
@Injectable()
export class ReadTrail {
  constructor(private readonly unit: UnitOfWork) {}

  async run(looking: Looking, query: CityChangeQuery): Promise<{ items: Change[]; nextCursor: string | null }> {
    const rows = await this.rows(looking, query);
    const { items, nextCursor } = pageOf(rows, query.limit, ({ xid, number }) => [Number(xid), number]);
    const ids = items.flatMap(({ actorId, forId, table, key }) => [actorId, forId, ofPeople.has(table) ? firstOf(key) : null]);
    const found = await this.unit.query<{ personId: string; memberId: string; name: string }>(namesSql, [
      looking.names,
      [...new Set(ids.filter((one) => one !== null))],
    ]);
    const names = new Map(found.flatMap(({ personId, memberId, name }) => [[personId, name] as const, [memberId, name] as const]));
    const members = new Map(found.flatMap(({ personId, memberId }) => [[personId, memberId] as const, [memberId, memberId] as const]));
    const nameOf = (one: string | null) => (one === null ? null : (names.get(one) ?? null));
    return { items: items.map((row) => changeOf(row, looking.roles, nameOf, members)), nextCursor };
  }

  private async rows(looking: Looking, { subjectId, actorId, kind, from, to, limit, cursor }: CityChangeQuery): Promise<Row[]> {
    const [beforeXid, beforeNumber] = (readCursor(cursor, ['integer', 'integer']) ?? [Number.MAX_SAFE_INTEGER, 0]).map((part) =>
      Math.max(0, Number(part)),
    );
    const left = looking.leaveOut.flatMap((one) => tablesOfKind(one) ?? []);
    const wanted = kind === undefined ? null : (tablesOfKind(kind)?.filter((table) => !left.includes(table)) ?? null);
    const isRest = kind === 'other' || (kind === undefined && left.length > 0);
    const tables = kind === 'other' ? tablesWithKind : (wanted ?? (left.length > 0 ? left : null));
    const [begin, end] = [moment(from, looking.zone, 'from'), moment(to, looking.zone, 'to')];
    const actor = actorId === undefined ? null : await this.unit.one<{ personId: string }>(personSql, [looking.names, actorId]);
    const values = [
      [looking.bankId],
      String(beforeXid),
      beforeNumber,
      looking.since,
      actor?.personId ?? actorId ?? null,
      begin,
      end,
      tables,
    ];
    if (subjectId === undefined) return this.unit.query<Row>(trailSql(limit, { subject: false, rest: isRest }), values);
    const [of] = await this.unit.query<{ beginnings: string[]; keys: string[]; isMember: boolean }>(rowsOfSubjectSql, [
      looking.bankId,
      subjectId,
    ]);
    // A member's person stands with the city; of nobody else's is anything told here.
    values[0] = of?.isMember ? [looking.bankId, cityId] : [looking.bankId];
    return this.unit.query<Row>(trailSql(limit, { subject: true, rest: isRest }), [...values, of?.beginnings, of?.keys]);
  }
}

/** A day of the zone, from its beginning or through its end; a moment as it is, and then included. */
function moment(said: string | undefined, zone: string, end: 'from' | 'to'): Date | null {
  if (said === undefined) return null;
  if (said.length > 10) return new Date(Date.parse(said) + (end === 'to' ? 1 : 0));
  return dayRange(said, zone)[end];
}

const firstOf = (key: string | null): string | null => {
  const [first = ''] = (key ?? '').split(' ');
  return uuid.test(first) ? first : null;
};

function changeOf(
  { at, key, work, forId, xid: _xid, isCounting, told, ...row }: Row,
  roles: readonly RoleName[],
  nameOf: (id: string | null) => string | null,
  members: ReadonlyMap<string, string>,
): Change {
  const first = firstOf(key);
  const id = ofPeople.has(row.table) && first !== null ? (members.get(first) ?? first) : first;
  return {
    ...row,
    at: at.toISOString(),
    kind: isCounting ? 'other' : changeKindOf(row.table),
    rowId: key !== null && uuid.test(key) ? key : null,
    subject: { kind: subjectKind(row.table), id, name: ofPeople.has(row.table) ? nameOf(first) : null },
    action: work ?? row.act,
    actorName: nameOf(row.actorId),
    forName: nameOf(forId),
    changes: (told ?? []).flatMap((change) => fieldsOf(row.table, change, roles)),
  };
}
