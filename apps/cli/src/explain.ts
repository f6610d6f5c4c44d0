import { CommanderError } from 'commander';
import { BadSetting } from '@timebank/contract';
import { EmbeddedPostgresFault, RolesInUse, SchemaFault, UnfitPooler, UnsafeRoles } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { faultInWords } from '../../api/src/fault-in-words';
import { CannotRun } from './cannot-run';

/** What went wrong, as one line for the operator, and the exit code. */
export function explain(error: unknown): { text: string; code: number } {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof BadSetting || error instanceof CannotRun || error instanceof UnsafeRoles) return { text: error.message, code: 2 };
  if ([EmbeddedPostgresFault, RolesInUse, SchemaFault, UnfitPooler].some((explained) => error instanceof explained))
    return { text: (error as Error).message, code: 1 };
  if (error instanceof Refusal) return { text: `refused: ${error.code} ${JSON.stringify(error.parameters)}`, code: 1 };
  const said = faultInWords(error);
  if (said !== null) return { text: said, code: 1 };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}
