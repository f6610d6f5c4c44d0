import { watchForInterruption } from './interruption';
import { runCommand } from './run-command';

// The reader of the output may go, as `head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

watchForInterruption();
await runCommand(process.argv.slice(2));
