import { Injectable } from '@nestjs/common';
import { deriveId, UnitOfWork } from '@timebank/database';
import { readDay, readLine, readTime } from './cells.rules';
import { minutesSaid } from './bring-balances';
import { FindPeople, type FoundPeople, nobody, type PersonNamed } from './find-people';
import { meantPerson, namedPerson, neededPerson, type PersonFields } from './meant-person.rules';
import type { FileRow, Ground, Importer, Plan, PlannedRow, Problem, RowReading, EarlierRows } from './planned';
import { type Cells, planRows, readRows, soundRows } from './row-reading.rules';

type FormerVisit = {
  formerVisitId: string;
  volunteerId: string;
  clientId: string | null;
  serviceKind: string;
  day: string;
  startedAt: string | null;
  endedAt: string | null;
  minutes: number;
  note: string | null;
};
type VisitRow = Omit<FormerVisit, 'formerVisitId' | 'volunteerId' | 'clientId'> & { volunteer: PersonNamed; client: PersonNamed | null };

const volunteer: PersonFields = { number: 'volunteerNumber', name: 'volunteerName', birthDate: 'volunteerBirthDate' };
const client: PersonFields = { number: 'clientNumber', name: 'clientName', birthDate: 'clientBirthDate' };
const mostMinutes = 1_440;
const earliest = '1990-01-01';

const sinceMidnight = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function readVisit(cells: Cells, today: string): VisitRow {
  const dayField = cells.said('day') === '' ? 'startedAt' : 'day';
  const day = cells.needed(dayField, (cell) => readDay(cell, cells.reading.epoch));
  if (day < earliest) throw cells.wrong(dayField, 'too_early');
  if (day > today) throw cells.wrong(dayField, 'in_future');
  const [startedAt, endedAt] = [cells.maybe('startedAt', readTime), cells.maybe('endedAt', readTime)];
  const between = startedAt === null || endedAt === null ? null : sinceMidnight(endedAt) - sinceMidnight(startedAt);
  if (between !== null && between <= 0) throw cells.wrong('endedAt', 'wrong_order');
  const minutes = minutesSaid(cells) ?? between;
  if (minutes === null || minutes === 0) throw cells.wrong(cells.reading.has('hours') ? 'hours' : 'minutes', 'missing');
  if (minutes > mostMinutes) throw cells.wrong(cells.said('minutes') === '' ? 'hours' : 'minutes', 'too_long_visit');
  return {
    volunteer: neededPerson(cells, volunteer, today),
    client: namedPerson(cells, client, today),
    serviceKind: cells.needed('serviceKind', (cell) => readLine(cell, 100)),
    day,
    startedAt,
    endedAt,
    minutes,
    note: cells.maybe('note', (cell) => readLine(cell.replace(/\s*\n\s*/g, ' '), 1_000)),
  };
}

/**
 * Visits from before a bank worked with this, as history: no minutes are paid for them (what they came to is part of the opening balance), and nothing
 * counts them among scanned or approved hours. The same visit in another file, or in this one again, is the same.
 */
@Injectable()
export class BringVisits implements Importer<FormerVisit> {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findPeople: FindPeople,
  ) {}

  async plan(ground: Ground, rows: readonly FileRow[], reading: RowReading, seen: EarlierRows): Promise<PlannedRow<FormerVisit>[]> {
    const { bankId } = ground.bank;
    const read = readRows(rows, reading, (cells) => ({ row: readVisit(cells, ground.today) }));
    const named = soundRows(read).map(({ row }) => row);
    const volunteers = await this.findPeople.run(
      bankId,
      named.map((row) => row.volunteer),
    );
    const clients = await this.findPeople.run(
      bankId,
      named.map((row) => row.client ?? { number: null, name: null, birthDate: null }),
    );
    const kinds = await this.kinds();
    const planned = planRows(read, ({ cells, row }, place) =>
      this.planOne(bankId, cells, row, { volunteer: volunteers[place] ?? nobody, client: clients[place] ?? nobody, kinds, seen }),
    );
    return this.known(bankId, planned);
  }

  private planOne(
    bankId: string,
    cells: Cells,
    row: VisitRow,
    about: { volunteer: FoundPeople; client: FoundPeople; kinds: ReadonlyMap<string, string>; seen: EarlierRows },
  ): Plan<FormerVisit> {
    const { volunteer: namedVolunteer, client: namedClient, ...said } = row;
    const { memberId: volunteerId } = meantPerson(cells, volunteer, namedVolunteer, about.volunteer);
    const clientId = namedClient === null ? null : meantPerson(cells, client, namedClient, about.client).memberId;
    if (clientId === volunteerId) throw cells.wrong(cells.reading.has('clientNumber') ? 'clientNumber' : 'clientName', 'same_person');
    const serviceKind = about.kinds.get(row.serviceKind.toLowerCase()) ?? row.serviceKind;
    const visit = { ...said, serviceKind, volunteerId, clientId };
    const key = [volunteerId, clientId, row.day, row.startedAt, row.endedAt, serviceKind, row.minutes].join(' ');
    const again = about.seen.meet(key, cells.line, '');
    if (again) throw cells.wrong(null, 'twice_in_file', { otherLine: again.line });
    return { line: cells.line, verdict: 'create', work: { ...visit, formerVisitId: deriveId(bankId, `former visit ${key}`) } };
  }

  /** Those that another file brought already. */
  private async known(bankId: string, planned: readonly PlannedRow<FormerVisit>[]): Promise<PlannedRow<FormerVisit>[]> {
    const ids = planned.flatMap((one) => ('work' in one ? one.work.formerVisitId : []));
    const rows = await this.unit.query<{ formerVisitId: string }>(
      'select former_visit_id from former_visit where bank_id = $1 and former_visit_id = any ($2::uuid[])',
      [bankId, ids],
    );
    const known = new Set(rows.map(({ formerVisitId }) => formerVisitId));
    return planned.map((one) => ('work' in one && known.has(one.work.formerVisitId) ? { ...one, verdict: 'unchanged' } : one));
  }

  /** Kinds of service by their codes and names in every language; what none is called stays as it was written. */
  private async kinds(): Promise<Map<string, string>> {
    const rows = await this.unit.query<{ code: string; name: string }>(
      'select code, lower(name) as name from service_kind_name where name is not null union all select code, code from service_kind',
    );
    return new Map(rows.map(({ code, name }) => [name, code]));
  }

  async write({ bank, importId }: Ground, plans: readonly Plan<FormerVisit>[]): Promise<Problem[]> {
    const due = plans.filter(({ verdict }) => verdict === 'create').map(({ line, work }) => ({ line, ...work }));
    await this.unit.query(
      `insert into former_visit (bank_id, former_visit_id, volunteer_id, client_id, service_kind, day, started_at, ended_at, minutes, note, import_id, line)
       select $1, v."formerVisitId", v."volunteerId", v."clientId", v."serviceKind", v.day, v."startedAt", v."endedAt", v.minutes, v.note, $3, v.line
         from jsonb_to_recordset($2::jsonb) as v ("formerVisitId" uuid, "volunteerId" uuid, "clientId" uuid, "serviceKind" text, day date,
              "startedAt" time, "endedAt" time, minutes integer, note text, line integer)`,
      [bank.bankId, JSON.stringify(due), importId],
    );
    return [];
  }
}
