import { Injectable } from '@nestjs/common';
import type { VisitState } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { VisitRow } from './visit.entity';
import { mayBegin, mayMove, type Mover } from './visit-states.rules';

/** What may be written of a visit beside its state, each with its column and type. */
const columns = {
  requestId: ['request_id', 'uuid'],
  clientId: ['client_id', 'uuid'],
  volunteerId: ['volunteer_id', 'uuid'],
  volunteerHomeBankId: ['volunteer_home_bank_id', 'uuid'],
  serviceKind: ['service_kind', 'text'],
  plannedStart: ['planned_start', 'timestamptz'],
  plannedEnd: ['planned_end', 'timestamptz'],
  plannedMinutes: ['planned_minutes', 'integer'],
  holdId: ['hold_id', 'uuid'],
  lane: ['lane', 'text'],
  class: ['class', 'text'],
  assurance: ['assurance', 'text'],
  capturedIn: ['captured_in', 'timestamptz'],
  capturedOut: ['captured_out', 'timestamptz'],
  creditedStart: ['credited_start', 'timestamptz'],
  creditedEnd: ['credited_end', 'timestamptz'],
  creditedMinutes: ['credited_minutes', 'integer'],
  proposedMinutes: ['proposed_minutes', 'integer'],
  enteredBy: ['entered_by', 'uuid'],
  enteredAt: ['entered_at', 'timestamptz'],
  enteredHash: ['entered_hash', 'bytea'],
  manualReasonCode: ['manual_reason_code', 'text'],
  manualNote: ['manual_note', 'text'],
  evidence: ['evidence', 'text'],
  payer: ['payer', 'text'],
  plannedBy: ['planned_by', 'uuid'],
  cancelledBy: ['cancelled_by', 'uuid'],
  cancelledAt: ['cancelled_at', 'timestamptz'],
  cancelNote: ['cancel_note', 'text'],
  waitingSince: ['waiting_since', 'timestamptz'],
  approvalId: ['approval_id', 'uuid'],
  decidedBy: ['decided_by', 'uuid'],
  decidedRule: ['decided_rule', 'text'],
  decidedAt: ['decided_at', 'timestamptz'],
  decisionReasonCode: ['decision_reason_code', 'text'],
  transferId: ['transfer_id', 'uuid'],
  contentHash: ['content_hash', 'bytea'],
  scanOutReminders: ['scan_out_reminders', 'smallint'],
  createdAt: ['created_at', 'timestamptz'],
} as const satisfies Partial<Record<keyof VisitRow, readonly [string, string]>>;

type Column = keyof typeof columns;
type Values = Partial<Pick<VisitRow, Column>>;
/** One step of a visit, and what is written with it. Steps of one call write the same columns. */
export type Step = { visitId: string; from: VisitState; to: VisitState; set: Values };

const columnsOf = (values: Values) => Object.keys(values) as Column[];

/**
 * Writes visits: nobody else does (tidy.spec.ts). Each state is asked of the one table (visit-states.rules.ts) with who takes the visit there,
 * so that the table cannot say one thing and the code another; a step that it does not list is a fault. In the caller's unit of work, which holds
 * the visits' locks and has refused what a person may not do.
 */
@Injectable()
export class WriteVisit {
  constructor(private readonly unit: UnitOfWork) {}

  /** A new visit; false when its id is taken. */
  async begin(bankId: string, visitId: string, state: VisitState, who: Mover, set: Values): Promise<boolean> {
    if (!mayBegin(state, who)) throw new Error(`a visit does not begin as ${state} by ${who}`);
    const names = columnsOf(set);
    const row = await this.unit.one(
      `insert into visit (bank_id, visit_id, state, ${names.map((name) => columns[name][0]).join(', ')})
       values ($1, $2, $3, ${names.map((_, index) => `$${index + 4}`).join(', ')}) on conflict (bank_id, visit_id) do nothing returning visit_id`,
      [bankId, visitId, state, ...names.map((name) => set[name])],
    );
    return row !== null;
  }

  /** Any number of visits in one statement. Each gets the next version. */
  async move(bankId: string, who: Mover, steps: readonly Step[]): Promise<void> {
    const [first] = steps;
    if (!first) return;
    const wrong = steps.find(({ from, to }) => !mayMove(from, to, who));
    if (wrong) throw new Error(`a visit does not go from ${wrong.from} to ${wrong.to} by ${who}`);
    const names = columnsOf(first.set);
    const list = (sql: (name: Column, index: number) => string) => names.map((name, index) => `, ${sql(name, index)}`).join('');
    await this.unit.query(
      `update visit v set state = d.state, version = v.version + 1${list((name) => `${columns[name][0]} = d.${columns[name][0]}`)}
       from unnest($2::uuid[], $3::text[]${list((name, index) => `$${index + 4}::${columns[name][1]}[]`)})
         as d(visit_id, state${list((name) => columns[name][0])})
       where v.bank_id = $1 and v.visit_id = d.visit_id`,
      [
        bankId,
        steps.map(({ visitId }) => visitId),
        steps.map(({ to }) => to),
        ...names.map((name) => steps.map(({ set }) => set[name] ?? null)),
      ],
    );
  }

  /** What judging made of a visit: on the way, or ended by somebody and laid into its lane by the rules. */
  async judged(bankId: string, visitId: string, [from, to]: readonly [VisitState, VisitState], who: Mover, set: Values): Promise<void> {
    if (to === 'in_progress') return this.move(bankId, who, [{ visitId, from, to, set }]);
    if (from !== 'ended' && !mayMove(from, 'ended', who)) throw new Error(`a visit does not go from ${from} to ended by ${who}`);
    return this.move(bankId, 'rules', [{ visitId, from: 'ended', to, set }]);
  }

  /** Something about a visit that leaves it in its state. */
  async note(bankId: string, visitId: string, set: Values): Promise<void> {
    const names = columnsOf(set);
    await this.unit.query(
      `update visit set ${names.map((name, index) => `${columns[name][0]} = $${index + 3}`).join(', ')} where bank_id = $1 and visit_id = $2`,
      [bankId, visitId, ...names.map((name) => set[name])],
    );
  }
}
