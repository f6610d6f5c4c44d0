import { visitMinutes } from './visit-model';

/** Columns of every table, as the migrations left them. */
export type Columns = ReadonlyMap<string, readonly string[]>;
/** What the model bank holds, by the ids that the product gave. */
export type ModelRows = {
  bankId: string;
  memberId: string;
  accountId: string;
  openingId: string;
  doneVisitId: string;
  paymentId: string;
  waitingVisitId: string;
  openRequestId: string;
};
export type LayingStep = { what: string; sql: string };

/** One opening and these make twenty transfers a member. */
export const rounds = 19;
export const openingMinutes = 600;

/**
 * What one session keeps beside the tables while it lays a bank: the bank (`town`), a seat a laid member, and from these what they do.
 * In every round each member pays the one who sits `step.away` seats further on, so that everybody gives once and receives once; the seat
 * tells which of the two came first, and so version and balance on either side. Ids begin with the moment of their row, as UUIDv7 does.
 */
export const layingTools = `
  create function pg_temp.laid_id(at timestamptz, what text) returns uuid language sql stable as $$
    select overlay(overlay(md5(what) placing lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0') || '7' from 1 for 13) placing '8' from 17 for 1)::uuid
  $$;
  create temporary table town (bank_id uuid, place integer, members integer, coordinator_id uuid, starts timestamptz, ends timestamptz,
    bank_number integer, taken_numbers integer, issuance_id uuid, issuance_version bigint, issuance_minutes bigint, waits_every integer);
  create temporary table seat (serial integer primary key, member_id uuid not null, account_id uuid not null, joined timestamptz not null);
  create temporary view served as
    select town.bank_id, town.coordinator_id, round, moment.at, client.serial, round = client.serial % ${rounds} as is_visited,
      client.member_id as client_id, client.account_id as client_account_id,
      volunteer.member_id as volunteer_id, volunteer.account_id as volunteer_account_id,
      1 + 2 * round + case when client.serial >= step.away then 2 else 1 end as client_version,
      ${openingMinutes} - case when client.serial >= step.away then 0 else ${visitMinutes} end as client_minutes,
      1 + 2 * round + case when volunteer.serial >= step.away then 1 else 2 end as volunteer_version,
      ${openingMinutes} + case when volunteer.serial >= step.away then ${visitMinutes} else 0 end as volunteer_minutes,
      pg_temp.laid_id(moment.at, concat(town.place, ' transfer ', round, ' ', client.serial)) as transfer_id,
      pg_temp.laid_id(moment.at - interval '1 day', concat(town.place, ' visit ', round, ' ', client.serial)) as visit_id
      from town cross join generate_series(0, ${rounds - 1}) round cross join seat client
     cross join lateral (select 1 + round * 7919 % (town.members - 1) as away) step
      join seat volunteer on volunteer.serial = (client.serial + step.away) % town.members
     cross join lateral (
       select town.starts + (town.ends - town.starts) * ((round * town.members + client.serial)::float8 / (${rounds} * town.members)) as at
     ) moment;
  create temporary view waiting as
    select town.bank_id, town.coordinator_id, client.member_id as client_id, client.account_id as client_account_id,
      volunteer.member_id as volunteer_id, moment.at,
      pg_temp.laid_id(moment.at - interval '1 day', concat(town.place, ' waiting ', client.serial)) as visit_id
      from town cross join seat client join seat volunteer on volunteer.serial = (client.serial + 1) % town.members
     cross join lateral (select town.ends - make_interval(mins => client.serial * 7 % 4000) as at) moment
     where client.serial % town.waits_every = 0;
  create temporary view wished as
    select town.bank_id, town.coordinator_id, client.member_id as client_id, make_interval(hours => client.serial % 300) as later,
      pg_temp.laid_id(town.ends, concat(town.place, ' wish ', client.serial)) as request_id
      from town cross join seat client where client.serial % 50 = 25`;

/** Takes a seat a laid member; they join one after the other, a millisecond each, before `town.starts`. */
export const takeSeats = `
  insert into seat select serial, pg_temp.laid_id(joined, concat(place, ' member ', serial)), pg_temp.laid_id(joined, concat(place, ' account ', serial)), joined
    from town cross join generate_series(0, members - 1) serial
   cross join lateral (select starts - make_interval(secs => (members - serial) / 1000.0) as joined) moment`;

const id = (text: string) => `'${text}'::uuid`;
const shifted = (...columns: string[]) => Object.fromEntries(columns.map((column) => [column, `model.${column} + laid.later`]));
/** Ids of rows that hang on a visit, made from its own. */
const hanging = (what: string) => `pg_temp.laid_id(laid.at, concat(laid.visit_id, ${what}))`;

const ofTransfer = { bank_id: 'laid.bank_id', actor_id: 'laid.coordinator_id', recorded_xid: 'ledger_xid()' };

/**
 * The model's rows of a table once for each laid row, with other ids, people and times; every other column as the product wrote it. `model`
 * names the rows by a key that begins with their bank, since the table they are sought in grows with every bank that is laid.
 */
function copied(columns: Columns, table: string, model: string, laid: string, changes: Record<string, string>): LayingStep {
  const names = columns.get(table) ?? [];
  const unknown = Object.keys(changes).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`);
  const values = names.map((name) => changes[name] ?? `model.${name}`).join(', ');
  return {
    what: table,
    sql: `insert into ${table} (${names.join(', ')}) select ${values} from ${table} model cross join ${laid} laid where ${model}`,
  };
}

export function memberSteps(
  columns: Columns,
  { bankId, memberId, accountId, openingId }: ModelRows,
  name = `'Person ' || laid.serial`,
): LayingStep[] {
  const ofModel = (column: string, value: string) => `model.bank_id = ${id(bankId)} and model.${column} = ${id(value)}`;
  const seats = '(select * from town cross join seat)';
  const phone = `'177' || lpad((laid.place * laid.members + laid.serial)::text, 8, '0')`;
  const ofPerson = { person_id: 'laid.member_id', created_at: 'laid.joined' };
  const ofMember = { bank_id: 'laid.bank_id', member_id: 'laid.member_id', person_id: 'laid.member_id' };
  const ofAccount = { bank_id: 'laid.bank_id', account_id: 'laid.account_id', owner_id: 'laid.member_id' };
  return [
    copied(columns, 'person', `model.person_id = ${id(memberId)}`, seats, { ...ofPerson, sign_in_phone: phone }),
    copied(columns, 'session', `model.person_id = ${id(memberId)}`, seats, {
      person_id: 'laid.member_id',
      session_id: 'gen_random_uuid()',
      token_hash: 'sha256(uuid_send(laid.member_id))',
    }),
    copied(columns, 'role', `model.person_id = ${id(memberId)}`, seats, { ...ofMember, granted_at: 'laid.joined' }),
    copied(columns, 'member', ofModel('member_id', memberId), seats, {
      ...ofMember,
      account_id: 'laid.account_id',
      created_at: 'laid.joined',
      phone,
      name,
      member_number: `lpad(laid.bank_number::text, 3, '0') || lpad((laid.taken_numbers + 1 + laid.serial)::text, 6, '0')`,
    }),
    copied(columns, 'account_history', ofModel('account_id', accountId), seats, {
      ...ofAccount,
      recorded_at: 'laid.joined',
      recorded_xid: 'ledger_xid()',
    }),
    copied(columns, 'account', ofModel('account_id', accountId), seats, {
      ...ofAccount,
      balance_minutes: String(openingMinutes),
      held_out_minutes: `case when laid.serial % laid.waits_every = 0 then ${visitMinutes} else 0 end`,
      version: String(1 + 2 * rounds),
      recorded_until: 'laid.ends',
      opened_at: 'laid.joined',
      head_hash: 'sha256(uuid_send(laid.account_id))',
    }),
    copied(columns, 'transfer', ofModel('transfer_id', openingId), seats, {
      ...ofTransfer,
      transfer_id: `pg_temp.laid_id(laid.joined, concat(laid.place, ' opening ', laid.serial))`,
      debit_account_id: 'laid.issuance_id',
      credit_account_id: 'laid.account_id',
      effective_at: 'laid.joined',
      recorded_at: 'laid.joined',
      debit_version: 'laid.issuance_version + 1 + laid.serial',
      debit_balance_after: `laid.issuance_minutes - ${openingMinutes} * (1 + laid.serial)`,
      credit_version: '1',
      credit_balance_after: String(openingMinutes),
      debit_hash: `sha256(uuid_send(laid.account_id) || 'debit')`,
      credit_hash: `sha256(uuid_send(laid.account_id) || 'credit')`,
    }),
  ];
}

/** Every service is a row of the ledger; one a member has its visit with everything that hangs on it. */
function serviceSteps(columns: Columns, model: ModelRows): LayingStep[] {
  const service = `model.bank_id = ${id(model.bankId)} and model.transfer_id = ${id(model.paymentId)}`;
  return [
    copied(columns, 'transfer', service, '(select * from served order by round, serial)', {
      ...ofTransfer,
      transfer_id: 'laid.transfer_id',
      debit_account_id: 'laid.client_account_id',
      credit_account_id: 'laid.volunteer_account_id',
      visit_id: 'laid.visit_id',
      effective_at: 'laid.at',
      recorded_at: 'laid.at',
      debit_version: 'laid.client_version',
      debit_balance_after: 'laid.client_minutes',
      credit_version: 'laid.volunteer_version',
      credit_balance_after: 'laid.volunteer_minutes',
      debit_hash: `sha256(uuid_send(laid.transfer_id) || 'debit')`,
      credit_hash: `sha256(uuid_send(laid.transfer_id) || 'credit')`,
    }),
    ...visitSteps(columns, model, model.doneVisitId, '(select * from served where is_visited order by round, serial)', true),
  ];
}

/** A visit's request, its scans, what was found, the minutes held for it, and where it was decided the decision and the end of the hold. */
export function visitSteps(columns: Columns, { bankId }: ModelRows, visitId: string, source: string, isDecided: boolean): LayingStep[] {
  const asked = `visit.bank_id = ${id(bankId)} and visit.visit_id = ${id(visitId)}`;
  const ofModel = (column: string) => `model.bank_id = ${id(bankId)} and model.${column} = (select ${column} from visit where ${asked})`;
  const laid = `(select source.*, source.at - visit.captured_out as later from ${source} source cross join visit where ${asked})`;
  const copy = (table: string, model: string, changes: Record<string, string>) =>
    copied(columns, table, model, laid, { bank_id: 'laid.bank_id', ...changes });
  const ofVisit = (table: string, changes: Record<string, string>) =>
    copy(table, ofModel('visit_id'), { visit_id: 'laid.visit_id', ...changes });
  const decision = { approval_id: hanging(`'approval'`), decided_by: 'laid.coordinator_id', transfer_id: 'laid.transfer_id' };
  const written = { recorded_xid: 'ledger_xid()' };
  const steps = [
    copy('request', ofModel('request_id'), {
      request_id: hanging(`'request'`),
      client_id: 'laid.client_id',
      created_by: 'laid.coordinator_id',
      ...shifted('starts_at', 'ends_at', 'created_at'),
    }),
    ofVisit('visit', {
      hold_id: 'laid.visit_id',
      request_id: hanging(`'request'`),
      client_id: 'laid.client_id',
      volunteer_id: 'laid.volunteer_id',
      planned_by: 'laid.volunteer_id',
      ...(isDecided ? decision : {}),
      ...shifted('planned_start', 'planned_end', 'captured_in', 'captured_out', 'credited_start', 'credited_end'),
      ...shifted('waiting_since', 'decided_at', 'created_at'),
    }),
    ofVisit('scan_event', { event_id: hanging('model.kind'), actor_id: 'laid.volunteer_id', ...shifted('at', 'received_at') }),
    ofVisit('visit_exception', shifted('raised_at')),
    ofVisit('call_back_draw', shifted('drawn_at')),
    copy('hold', ofModel('hold_id'), {
      hold_id: 'laid.visit_id',
      account_id: 'laid.client_account_id',
      ...shifted('expires_at', 'placed_at'),
      ...written,
    }),
  ];
  if (!isDecided) return steps;
  const { approval_id: approvalId, transfer_id: transferId } = decision;
  return [
    ...steps,
    copy('hold_end', ofModel('hold_id'), { hold_id: 'laid.visit_id', transfer_id: transferId, ...shifted('ended_at'), ...written }),
    copy('approval', ofModel('approval_id'), { approval_id: approvalId, actor_id: 'laid.coordinator_id', ...shifted('decided_at') }),
  ];
}

/** Everything that is laid in one bank, in this order; the bank's own rows then know of it. */
export function stepsOfBank(columns: Columns, model: ModelRows): LayingStep[] {
  const wishes = copied(
    columns,
    'request',
    `model.bank_id = ${id(model.bankId)} and model.request_id = ${id(model.openRequestId)}`,
    'wished',
    {
      bank_id: 'laid.bank_id',
      request_id: 'laid.request_id',
      client_id: 'laid.client_id',
      created_by: 'laid.coordinator_id',
      ...shifted('starts_at', 'ends_at'),
    },
  );
  const kept = (table: string, changes: string, key: string) => ({
    what: `${table} itself`,
    sql: `update ${table} set ${changes} from town where ${table}.bank_id = town.bank_id and ${key}`,
  });
  return [
    ...memberSteps(columns, model),
    ...serviceSteps(columns, model),
    ...visitSteps(columns, model, model.waitingVisitId, 'waiting', false),
    wishes,
    kept('bank', 'last_member_serial = taken_numbers + members', 'true'),
    kept(
      'account',
      `version = version + members, balance_minutes = balance_minutes - ${openingMinutes} * members, recorded_until = greatest(recorded_until, starts)`,
      'account_id = issuance_id',
    ),
  ];
}
