import { BadSetting } from '@timebank/contract';
import { EmbeddedPostgresFault, RolesInUse, SchemaFault, UnfitPooler, UnsafeRoles } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { faultInWords } from './fault-in-words';

export type Explanation = { text: string; code: number };

/** What an operator has to settle first: a setting, a login, a database that does not fit this version. */
const settledFirst = [BadSetting, RolesInUse, SchemaFault, UnfitPooler, UnsafeRoles];

/** Why a process cannot go on: one line for the operator where it is no fault of the program, and the exit code that says who has to act. */
export function explain(error: unknown): Explanation {
  if (settledFirst.some((explained) => error instanceof explained)) return { text: (error as Error).message, code: 2 };
  if (error instanceof EmbeddedPostgresFault) return { text: error.message, code: 1 };
  if (error instanceof Refusal) return { text: `refused: ${error.code} ${JSON.stringify(error.parameters)}`, code: 1 };
  return { text: faultInWords(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)), code: 1 };
}

/** For a process that serves: says why it cannot, and ends. */
export function endExplained(error: unknown): never {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exit(code);
}
