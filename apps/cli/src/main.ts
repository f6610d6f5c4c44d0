import { workAs } from '@timebank/database';
import { explain } from './explain';
import { watchForInterruption } from './interruption';
import { program } from './program';

// The reader of the output may go, as `head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

watchForInterruption();
try {
  // For the audit trail; what is written here no person signed in for.
  await workAs({ work: `timebank ${process.argv[2] ?? ''}`.trim() }, () => program.parseAsync());
} catch (error) {
  const { text, code } = explain(error);
  if (text) process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
