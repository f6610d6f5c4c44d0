import { explain } from './explain';
import { program } from './program';

/** Runs what was typed after `timebank`, and says by the exit code how it ended. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const { text, code } = await explain(error);
    if (text) process.stderr.write(`${text}\n`);
    process.exitCode = code;
  }
}
