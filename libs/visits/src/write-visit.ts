import { Injectable } from '@nestjs/common';
import type { VisitState } from '@timebank/contract';
import { columnOf, type NewRow, UnitOfWork } from '@timebank/database';
import { VisitRow } from './visit.entity';
import { mayBegin, mayMove, type Mover } from './visit-states.rules';

/** What may be written about a visit besides its state. */
type Column = Exclude<keyof VisitRow, 'bankId' | 'visitId' | 'state' | 'version'>;
type Values = Partial<Pick<VisitRow, Column>>;
/** One step of a visit, and what is written with it. Steps of one call write the same columns. */
export type Step = { visitId: string; from: VisitState; to: VisitState; set: Values };

const nameOf = (column: Column) => columnOf(VisitRow, column).name;
const columnsOf = (values: Values) => Object.keys(values) as Column[];

/**
 * The only writer of visits (tidy.spec.ts). Each step is checked against the one table (visit-states.rules.ts) with who takes it, so table and code
 * cannot differ; a step that the table does not list is a fault. In the caller's unit of work, which holds the visits' locks and has refused what a
 * person may not do.
 */
@Injectable()
export class WriteVisit {
  constructor(private readonly unit: UnitOfWork) {}

  /** A new visit; false when its id is taken. */
  async begin(
    bankId: string,
    visitId: string,
    state: VisitState,
    who: Mover,
    set: Pick<NewRow<typeof VisitRow>, Column>,
  ): Promise<boolean> {
    if (!mayBegin(state, who)) throw new Error(`a visit does not begin as ${state} by ${who}`);
    return this.unit.insertNew(VisitRow, { bankId, visitId, state, ...set }, ['bankId', 'visitId']);
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
      `update visit v set state = d.state, version = v.version + 1${list((name) => `${nameOf(name)} = d.${nameOf(name)}`)}
       from unnest($2::uuid[], $3::text[]${list((name, index) => `$${index + 4}::${columnOf(VisitRow, name).type}[]`)})
         as d(visit_id, state${list(nameOf)})
       where v.bank_id = $1 and v.visit_id = d.visit_id`,
      [
        bankId,
        steps.map(({ visitId }) => visitId),
        steps.map(({ to }) => to),
        ...names.map((name) => steps.map(({ set }) => set[name] ?? null)),
      ],
    );
  }

  /** The result of judging a visit: still under way, or ended by somebody and put into its lane by the rules. */
  async judged(bankId: string, visitId: string, [from, to]: readonly [VisitState, VisitState], who: Mover, set: Values): Promise<void> {
    if (to === 'in_progress') return this.move(bankId, who, [{ visitId, from, to, set }]);
    if (from !== 'ended' && !mayMove(from, 'ended', who)) throw new Error(`a visit does not go from ${from} to ended by ${who}`);
    return this.move(bankId, 'rules', [{ visitId, from: 'ended', to, set }]);
  }

  /** Something about a visit that leaves it in its state. */
  async note(bankId: string, visitId: string, set: Values): Promise<void> {
    const names = columnsOf(set);
    await this.unit.query(
      `update visit set ${names.map((name, index) => `${nameOf(name)} = $${index + 3}`).join(', ')} where bank_id = $1 and visit_id = $2`,
      [bankId, visitId, ...names.map((name) => set[name])],
    );
  }
}
