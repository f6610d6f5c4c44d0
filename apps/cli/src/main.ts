import { Command, CommanderError } from 'commander';
import { BadSetting } from '@timebank/contract';
import { EmbeddedPostgresFault, RolesInUse, SchemaFault, UnfitPooler } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { admin } from './admin';
import { clock } from './clock';
import { audit } from './audit';
import { documents } from './documents';
import { demo } from './demo/command';
import { CannotRun } from './environment';
import { grants } from './grants';
import { watchForInterruption } from './interruption';
import { keys } from './keys';
import { migrateCommand } from './migrate';
import { seal } from './seal';
import { start } from './start';
import { verify } from './verify';

const exitCodes = `
Exit codes: 0 done · 1 a check failed or a fault · 2 wrong use or a setting that cannot be used
Settings are environment variables; see README.md, "Settings".`;

/** What went wrong, as one line for the operator, and the exit code. */
function explain(error: unknown): { text: string; code: number } {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof BadSetting || error instanceof CannotRun) return { text: error.message, code: 2 };
  if ([EmbeddedPostgresFault, RolesInUse, SchemaFault, UnfitPooler].some((explained) => error instanceof explained))
    return { text: (error as Error).message, code: 1 };
  if (error instanceof Refusal) return { text: `refused: ${error.code} ${JSON.stringify(error.parameters)}`, code: 1 };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

const program = new Command('timebank')
  .description("Runs a city's time bank: server, migrations, demo city, audit, first admin.")
  .exitOverride()
  .showHelpAfterError()
  .addHelpText('after', exitCodes);
for (const command of [start, migrateCommand, demo, audit, seal, clock, verify, keys, admin, grants, documents])
  program.addCommand(command.exitOverride());

// Whoever read the output may go, as `head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

watchForInterruption();
try {
  await program.parseAsync();
} catch (error) {
  const { text, code } = explain(error);
  if (text) process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
