import { UnitOfWork } from '@timebank/database';
import type { TestRooms } from '@timebank/testing';
import type { Mutant } from './mutant-list';
import { type ProbeName, probes } from './mutant-probes';
import { openLedger } from './open-ledger';
import { tellProgress } from './progress';

export type MutantsReport = {
  seed: number;
  mutants: number;
  caught: number;
  /** What may be taken away without any probe noticing. */
  survived: string[];
  /** Probes that the sound ledger does not pass: they would catch anything. */
  unsound: string[];
};

async function mutate({ of, edit, sql }: Mutant, { database }: TestRooms): Promise<void> {
  if (sql !== undefined) await database.query(sql);
  if (!edit) return;
  const [routine, ...others] = await database.query<{ source: string }>(
    'select pg_get_functiondef(oid) as source from pg_proc where proname = $1',
    [edit.routine],
  );
  if (!routine || others.length > 0) throw new Error(`${of}: there is not one ${edit.routine}`);
  const places = routine.source.split(edit.from).length - 1;
  if (places !== 1) throw new Error(`${of}: ${edit.routine} has ${places} times ${edit.from}`);
  await database.query(routine.source.replace(edit.from, () => edit.to));
}

/** Puts a mutant's methods into the unit of work of these rooms, and of no others. */
function mutateUnit({ of, unit = {} }: Mutant, rooms: TestRooms): void {
  const sound = rooms.get(UnitOfWork) as unknown as Record<string, unknown>;
  for (const [name, method] of Object.entries(unit)) {
    if (typeof sound[name] !== 'function') throw new Error(`${of}: the unit of work has no ${name}`);
    sound[name] = method;
  }
}

/** The ledger's room on a database in which one thing has been taken away. */
const openMutant = (mutant: Mutant) => async (): Promise<TestRooms> => {
  const rooms = await openLedger();
  try {
    await mutate(mutant, rooms);
    mutateUnit(mutant, rooms);
    return rooms;
  } catch (error) {
    await rooms.close();
    throw error;
  }
};

/** A probe that draws its steps may happen to miss a mutant; the next draw then gets it. */
const draws = 4;

/** Opens before it probes, so that an edit which no longer fits is an error and not a mutant caught. */
async function isCaught(mutant: Mutant, seed: number): Promise<boolean> {
  for (let draw = 0; draw < draws; draw += 1) {
    const rooms = await openMutant(mutant)();
    // Whatever is thrown, the mutant was noticed: a sound ledger lets the same probe pass.
    const found = await probes[mutant.caughtBy](async () => rooms, seed + draw * 1_000).catch((error: unknown) => [String(error)]);
    if (found.length > 0) return true;
  }
  return false;
}

/**
 * Takes one thing away from the ledger's functions or schema, or from the unit of work, these one after the other, each on a database of its own, and
 * expects the probe that each mutant names to notice. First every such probe has to pass on the ledger as it is.
 */
export async function huntMutants(hunted: readonly Mutant[], seed: number): Promise<MutantsReport> {
  const report: MutantsReport = { seed, mutants: hunted.length, caught: 0, survived: [], unsound: [] };
  for (const name of new Set(hunted.map(({ caughtBy }) => caughtBy)) as Set<ProbeName>) {
    const found = await probes[name](openLedger, seed);
    if (found.length > 0) report.unsound.push(`${name}: ${found.join(', ')}`);
  }
  for (const mutant of hunted) {
    if (await isCaught(mutant, seed)) report.caught += 1;
    else report.survived.push(mutant.of);
    tellProgress('mutants', report.caught + report.survived.length, hunted.length);
  }
  return report;
}
