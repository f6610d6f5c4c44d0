import { readConfig } from '@timebank/contract';
import { Refusal, RunningClock } from '@timebank/kernel';
import { type ClockRepair, RepairClock, WatchBooks } from '@timebank/ledger';
import { clockStart } from '@timebank/process';
import { originOf } from '@timebank/visits';
import { CannotRun } from './cannot-run';
import { bringUpToDate, withEnvironment } from './migrate';
import { openRooms } from './rooms';

type Options = { repair?: boolean; who?: string; why?: string };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function saidIn({ repair, who, why }: Options): { saidBy: string; reason: string } | null {
  if (!repair) return null;
  const said = { saidBy: who?.trim() ?? '', reason: why?.trim() ?? '' };
  if (said.saidBy === '' || said.reason === '') throw new CannotRun('--repair needs --who NAME and --why TEXT; both are kept for good.');
  if (said.saidBy.length > 80 || said.reason.length > 500) throw new CannotRun('--who has at most 80 characters, --why at most 500.');
  return said;
}

const lineOf = ({ bankId, aheadUntil, repairedAt, accounts, saidBy, reason }: ClockRepair) =>
  `bank ${bankId}: ran ahead to ${aheadUntil.toISOString()}, ${accounts} accounts take entries again since ${repairedAt.toISOString()}, said by ${saidBy}: ${reason}`;

/** `timebank clock`. */
export function clock(options: Options): Promise<void> {
  const config = readConfig(process.env);
  const said = saidIn(options);
  return withEnvironment(
    config,
    async (environment) => {
      if (said) await bringUpToDate(config, environment);
      const { isMachines } = await clockStart(environment.appUrl, config.clockSpeed);
      if (said && !isMachines) throw new CannotRun('This city was run faster than real time: its books may lie ahead of now.');
      const rooms = await openRooms(config, environment, new RunningClock(1, new Date(), isMachines), originOf(config));
      try {
        const [books, repairs] = [rooms.get(WatchBooks, { strict: false }), rooms.get(RepairClock, { strict: false })];
        const { clocksApartSeconds } = await books.look();
        if (said && clocksApartSeconds !== 0)
          throw new CannotRun(
            `The database's clock lies ${Math.abs(clocksApartSeconds)} seconds from this machine's. Set both right first.`,
          );
        const made = said ? await repairs.run(said) : [];
        for (const repair of said ? made : await repairs.kept()) say(`${said ? '✓' : '·'} ${lineOf(repair)}`);
        if (said && made.length === 0) say('Nothing is recorded ahead of now; nothing was repaired.');
        say(`now ${new Date().toISOString()}`);
        books.refuseToServe(await books.look());
        say('✓ the clocks agree, and nothing is recorded well ahead of now');
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'service/unavailable') throw error;
        say(`✗ ${JSON.stringify(error.parameters)}`);
        process.exitCode = 1;
      } finally {
        await rooms.close();
      }
    },
    said ? 'change' : 'look',
  );
}
