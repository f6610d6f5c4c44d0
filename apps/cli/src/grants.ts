import type { INestApplicationContext } from '@nestjs/common';
import { type GrantRun, routes } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { ListGrantRuns, PreviewGrants, ResumeGrantRuns, ShowGrantRun, StartGrantRun } from '@timebank/hours';
import { CannotRun } from './cannot-run';
import { inBank } from './in-bank';

type Output = { json?: boolean };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function monthOf(text: string): string {
  const parsed = routes.putGrantRun.body?.safeParse({ month: text });
  if (!parsed?.success) throw new CannotRun(`Not a month: ${text}. Write it as 2026-11.`);
  return text;
}

/** `timebank grants preview`. */
export function previewGrants(bank: string, monthText: string, { json }: Output): Promise<void> {
  const month = monthOf(monthText);
  return inBank(bank, async (rooms, bankId) => {
    const found = await rooms.get(PreviewGrants, { strict: false }).run(bankId, { month, limit: 200 });
    if (json) return say(JSON.stringify(found));
    say(`${found.eligibleMembers} members are eligible for ${found.minutesEach} minutes each:`);
    for (const { reason, members } of found.reasons) say(`  ${reason.padEnd(14)} ${members}`);
    say(`${found.grantMinutes} minutes would go out (${found.ceilingMembers} members have no room for all of theirs):`);
    say(`  pool ${found.poolMinutes}, fund ${found.fundMinutes}, issued ${found.issuedMinutes}, lacking ${found.lackingMinutes}`);
    if (found.runId !== null) say(`The grants of ${month} have been given already, by run ${found.runId}.`);
  });
}

/** The run of a month, also one that was started in the console; otherwise a new one, under an id that a repeat finds again. */
async function runOfMonth(rooms: INestApplicationContext, bankId: string, month: string): Promise<string> {
  for (let cursor: string | undefined; ;) {
    const page = await rooms.get(ListGrantRuns, { strict: false }).run(bankId, { limit: 200, cursor });
    const known = page.items.find((run) => run.month === month);
    if (known) return known.runId;
    if (page.nextCursor === null) return deriveId(bankId, `grants ${month}`);
    cursor = page.nextCursor;
  }
}

function report(run: GrantRun): void {
  const { month, grantedMembers, eligibleMembers, refusedMembers, grantedMinutes, poolMinutes, fundMinutes } = run;
  say(
    `✓ grants of ${month}: ${grantedMembers} of ${eligibleMembers} members, ${grantedMinutes} minutes (pool ${poolMinutes}, fund ${fundMinutes})`,
  );
  if (refusedMembers > 0) say(`  ${refusedMembers} members were not granted anything; the console lists them with the reason`);
}

/** `timebank grants run`. */
export function runGrants(bank: string, monthText: string, { json }: Output): Promise<void> {
  const month = monthOf(monthText);
  return inBank(bank, async (rooms, bankId) => {
    const runId = await runOfMonth(rooms, bankId, month);
    // Nobody is signed in here: the operator of the machine acts for the bank, under an id of its own.
    const operator = { personId: deriveId(bankId, 'operator'), roles: [] };
    await rooms.get(StartGrantRun, { strict: false }).lay(operator, bankId, runId, month);
    const onProgress = (settled: number, eligible: number) => {
      if (!json) say(`  … ${settled} of ${eligible} members`);
    };
    await rooms.get(ResumeGrantRuns, { strict: false }).one(bankId, runId, { onProgress });
    const result = await rooms.get(ShowGrantRun, { strict: false }).run(bankId, runId);
    if (json) say(JSON.stringify(result));
    else report(result);
  });
}
