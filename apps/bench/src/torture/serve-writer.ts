import { createInterface } from 'node:readline';
import { Refusal, RunningClock } from '@timebank/kernel';
import { LedgerModule, type Posting, PostTransfers } from '@timebank/ledger';
import { openRooms } from '../bench-rooms';

export type WriterCall = { call: number; posting: Posting };
export type WriterAnswer = { call: number; outcome: string };

/** The child's side: posts what comes in on stdin, a line each and all at once, through the group-commit writer, and answers on stdout. */
export async function serveWriter(databaseUrl: string): Promise<void> {
  const rooms = await openRooms(databaseUrl, new RunningClock(), [LedgerModule]);
  const say = (answer: WriterAnswer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  const post = async ({ call, posting }: WriterCall) => {
    const [answer] = await rooms.get(PostTransfers).run([{ ...posting, effectiveAt: new Date(posting.effectiveAt) }]);
    say({ call, outcome: answer?.code ?? answer?.outcome ?? 'nothing' });
  };
  say({ call: -1, outcome: 'ready' });
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line) as WriterCall;
    post(asked).catch((error: unknown) => say({ call: asked.call, outcome: error instanceof Refusal ? error.code : String(error) }));
  }
  await rooms.close();
}
