import { CommanderError } from 'commander';
import type { Explanation } from '@timebank/process';
import { CannotRun } from './cannot-run';

/** As for every process, and what only a command can meet: wrong use, and what it finds that it needs first. */
export async function explain(error: unknown): Promise<Explanation> {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof CannotRun) return { text: error.message, code: 2 };
  return (await import('@timebank/process')).explain(error);
}
