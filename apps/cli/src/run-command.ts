import { workAs } from '@timebank/database';
import { explain } from './explain';
import { program } from './program';

/** Runs what was typed after `timebank`, and says by the exit code how it ended. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    // For the audit trail; what is written here no person signed in for.
    await workAs({ work: `timebank ${args[0] ?? ''}`.trim() }, () => program.parseAsync(args, { from: 'user' }));
  } catch (error) {
    const { text, code } = explain(error);
    if (text) process.stderr.write(`${text}\n`);
    process.exitCode = code;
  }
}
