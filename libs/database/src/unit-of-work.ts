import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EventKind, Events } from '@timebank/contract';
import { newId, type Clock } from '@timebank/kernel';
import { escapeLiteral, type PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { CLOCK } from './clock.token';
import { asOutage, asRefusal, isReadOnly, isRetryable } from './faults';
import { type Columns, insertManyOf, insertOf, type NewRow, type RowClass, updateOf } from './rows';
import { saidOf, whoWorks } from './trail/who-works';

type Unit = {
  runner: QueryRunner;
  client: PoolClient;
  banks: readonly string[];
  /** Sent without waiting for the answer, which the end of the unit looks at. */
  sent: Promise<unknown>[];
  /** Begun and not answered yet. */
  running: Set<Promise<unknown>>;
  afterCommit: (() => void)[];
  now: Date;
  /** Its connection belongs to somebody else, or soon will. */
  isOver: boolean;
};

const over = 'the unit of work is over';

/** Postgres' word for what comes after a failure in the same transaction. */
const afterFailure = '25P02';

/** A deadlock that 32 callers kept up was seen to outlast six attempts. */
const mostAttempts = 12;
/** The longest pause before another attempt, in milliseconds; it doubles from attempt to attempt. */
const longestPause = 320;
const statementNames = new Map<string, string>();
const columnNames = new Map<string, string>();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function statementName(sql: string): string {
  let name = statementNames.get(sql);
  if (!name) {
    name = createHash('sha256').update(sql).digest('base64url').slice(0, 22);
    statementNames.set(sql, name);
  }
  return name;
}

function camelCase(column: string): string {
  let name = columnNames.get(column);
  if (!name) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    columnNames.set(column, name);
  }
  return name;
}

/** The first fault of several statements that is not just the echo of another's. */
function causeIn(ended: readonly PromiseSettledResult<unknown>[]): unknown {
  const failed = ended.filter((end) => end.status === 'rejected').map(({ reason }) => reason as { code?: string } | undefined);
  return failed.find((fault) => fault?.code !== afterFailure);
}

async function readRows<Row extends object>(client: PoolClient, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const result = await client.query<unknown[]>({ name: statementName(sql), text: sql, values: values as unknown[], rowMode: 'array' });
  const names = result.fields.map((field) => camelCase(field.name));
  return result.rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) row[names[index] as string] = cells[index];
    return row as Row;
  });
}

/**
 * The only way to Postgres: one transaction on one connection, with the rows of the named banks in sight and of no
 * others (row security). READ COMMITTED; starts again from BEGIN on a serialization failure or a deadlock, so the work
 * must have no effects outside. What is to happen outside goes through `tell` (outbox) or `afterCommit`.
 * A lost database becomes the refusal `service/unavailable`; whether a commit that was under way took hold is then
 * unknown, which is why callers send ids of their own making and may send again.
 * Statements travel without waiting for each other: those that are asked for by `together` are one round trip, in
 * that order, and the beginning and what is told wait for no answer of their own.
 * The beginning also names who works (`workAs`), for the audit trail that the database keeps of every change.
 * A unit that is over takes no statement: a branch of the work that somehow goes on would write on a connection that is
 * back in the pool, outside any transaction or inside a stranger's.
 */
@Injectable()
export class UnitOfWork {
  private readonly storage = new AsyncLocalStorage<Unit>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs `work` inside one transaction that sees `banks`. Inside another unit it joins that one, which must see them already. */
  async run<Result>(banks: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const outer = this.storage.getStore();
    if (outer) {
      if (outer.isOver) throw new Error(over);
      if (!banks.every((bank) => outer.banks.includes(bank))) throw new Error('the unit of work does not see that bank');
      return work();
    }
    return this.persist(banks, '', work);
  }

  /** As `run`, from one snapshot and without writing: for a report whose figures have to agree with each other. Never inside another unit. */
  async look<Result>(banks: readonly string[], work: () => Promise<Result>): Promise<Result> {
    if (this.isOpen) throw new Error('a snapshot cannot begin inside a unit of work');
    return this.persist(banks, 'isolation level repeatable read read only', work);
  }

  private async persist<Result>(banks: readonly string[], mode: string, work: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(banks, mode, work);
      } catch (error) {
        if (!isRetryable(error) || attempt >= mostAttempts) {
          // To write in a snapshot is a fault; anywhere else the database has become read-only.
          throw mode !== '' && isReadOnly(error) ? error : asRefusal(error);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(longestPause, 5 * 2 ** attempt)));
      }
    }
  }

  private async attempt<Result>(banks: readonly string[], mode: string, work: () => Promise<Result>): Promise<Result> {
    if (!banks.every((bank) => uuid.test(bank))) throw new Error('a bank id is not a UUID');
    const runner = this.dataSource.createQueryRunner();
    let broken: unknown;
    try {
      const client = (await runner.connect()) as PoolClient;
      const now = this.clock.now();
      const unit: Unit = { runner, client, banks, sent: [], running: new Set(), afterCommit: [], now, isOver: false };
      const who = escapeLiteral(saidOf(whoWorks(), now));
      this.send(unit, client.query(`begin ${mode}; set local timebank.banks = '{${banks.join(',')}}'; set local timebank.who = ${who}`));
      try {
        const result = await this.working(unit, work);
        await Promise.all([...unit.sent, client.query('commit')]);
        for (const effect of unit.afterCommit) effect();
        return result;
      } catch (error) {
        await client.query('rollback').catch((fault: unknown) => {
          broken = fault;
        });
        throw causeIn(await Promise.allSettled(unit.sent)) ?? error;
      }
    } finally {
      if (broken === undefined) await runner.release();
      else await this.discard(runner);
    }
  }

  private async working<Result>(unit: Unit, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.storage.run(unit, work);
    } finally {
      await this.end(unit);
    }
  }

  /** Takes no further statement, and waits for those under way: the transaction must not end before them. */
  private async end(unit: Unit): Promise<void> {
    unit.isOver = true;
    await Promise.allSettled(unit.running);
  }

  private async during<Result>(unit: Unit, statement: Promise<Result>): Promise<Result> {
    unit.running.add(statement);
    try {
      return await statement;
    } finally {
      unit.running.delete(statement);
    }
  }

  private send(unit: Unit, statement: Promise<unknown>): void {
    statement.catch(() => undefined);
    unit.sent.push(statement);
  }

  /** A connection that could not even roll back must not go back to the pool. */
  private async discard(runner: QueryRunner): Promise<void> {
    const client = (await runner.connect().catch(() => null)) as PoolClient | null;
    (client as unknown as { connection?: { stream?: { destroy(): void } } } | null)?.connection?.stream?.destroy();
    await runner.release().catch(() => undefined);
  }

  private get unit(): Unit {
    const unit = this.storage.getStore();
    if (!unit) throw new Error('a query outside a unit of work');
    if (unit.isOver) throw new Error(over);
    return unit;
  }

  /** Whether a unit of work is open around the caller. */
  get isOpen(): boolean {
    return this.storage.getStore() !== undefined;
  }

  /** Product time at the start of this unit: one moment for everything it writes. */
  get now(): Date {
    return this.unit.now;
  }

  /** Runs a prepared statement; column names come back in camel case, `bigint` as number, `date` as `2026-11-23`. */
  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { unit } = this;
    return this.during(unit, readRows<Row>(unit.client, sql, values));
  }

  /**
   * Waits for all branches, and only then fails, with the first cause. Use it instead of `Promise.all`, which fails at once and leaves the other
   * branches running after the work has ended.
   */
  async together<Parts extends readonly unknown[]>(...parts: Parts): Promise<{ -readonly [Part in keyof Parts]: Awaited<Parts[Part]> }> {
    const ended = await Promise.allSettled(parts);
    const failed = ended.find((end) => end.status === 'rejected');
    if (failed) throw causeIn(ended) ?? failed.reason;
    return ended.map((end) => (end as PromiseFulfilledResult<unknown>).value) as {
      -readonly [Part in keyof Parts]: Awaited<Parts[Part]>;
    };
  }

  /**
   * Reads tables outside row security (access) by one prepared statement without a transaction: for what every call asks before a bank is known. It
   * sees no bank's rows, and must not write. Inside a unit it is a plain query of that unit.
   */
  async glance<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    if (this.isOpen) return this.query<Row>(sql, values);
    const runner = this.dataSource.createQueryRunner();
    try {
      return await readRows<Row>((await runner.connect()) as PoolClient, sql, values);
    } catch (error) {
      throw asOutage(error);
    } finally {
      await runner.release();
    }
  }

  /** The first row, or null. */
  async one<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row | null> {
    const rows = await this.query<Row>(sql, values);
    return rows[0] ?? null;
  }

  /** Writes a new row. If its id, or anything else unique, is taken, it throws Postgres' error; see `violates`. */
  async insertRow<Entity extends RowClass>(entity: Entity, row: NewRow<Entity>): Promise<void> {
    const { sql, values } = insertOf(entity, row);
    await this.query(sql, values);
  }

  /**
   * As `insertRow`; false, and nothing written, when another row has the same values in the columns `unless`, or in any unique ones if none are
   * named. Waits for whoever is writing that row.
   */
  async insertNew<Entity extends RowClass>(
    entity: Entity,
    row: NewRow<Entity>,
    unless: readonly (keyof InstanceType<Entity> & string)[] = [],
  ): Promise<boolean> {
    const { sql, values } = insertOf(entity, row, unless);
    return (await this.query(sql, values)).length > 0;
  }

  /** As `insertNew`, of rows that name the same columns, by one statement: how many were new. */
  async insertNewRows<Entity extends RowClass>(
    entity: Entity,
    rows: readonly NewRow<Entity>[],
    unless: readonly (keyof InstanceType<Entity> & string)[],
  ): Promise<number> {
    if (rows.length === 0) return 0;
    const { sql, values } = insertManyOf(entity, rows, unless);
    return (await this.query(sql, values)).length;
  }

  /** Changes the rows that `key` names, without a look at what they were; a version goes up by one. */
  async updateRow<Entity extends RowClass>(entity: Entity, key: Columns<Entity>, set: Columns<Entity>): Promise<void> {
    const { sql, values } = updateOf(entity, key, set);
    await this.query(sql, values);
  }

  /** Appends to the outbox, in this transaction, also who acted for somebody. Waits for nothing: what fails here fails the unit at its end. */
  tell<Kind extends EventKind>(bankId: string, kind: Kind, payload: Events[Kind]): void {
    const [{ unit }, { forId, actorId }] = [this, whoWorks()];
    const told = readRows(unit.client, 'insert into outbox (bank_id, event_id, kind, payload, happened_at) values ($1, $2, $3, $4, $5)', [
      bankId,
      newId(),
      kind,
      JSON.stringify(forId === undefined ? payload : { ...payload, byProxy: actorId }),
      unit.now,
    ]);
    this.send(unit, told);
  }

  /** Runs `effect` once the transaction has committed, never when it has not. */
  afterCommit(effect: () => void): void {
    this.unit.afterCommit.push(effect);
  }
}
