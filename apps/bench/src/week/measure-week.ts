import { CareModule, ReadWeek } from '@timebank/care';
import { UnitOfWork } from '@timebank/database';
import { localDate, mondayOf, RunningClock } from '@timebank/kernel';
import { openBrowser, openDesk } from '@timebank/testing';
import { VisitsModule } from '@timebank/visits';
import { openRooms } from '../bench-rooms';
import { scrollDown } from '../lists/desk-lists';
import { type ListedBank, openListedBank } from '../lists/listed-bank';
import { roomsOfLists } from '../lists/server-lists';
import { spreadOf } from '../load';
import type { Measurement, Progress } from '../report';

const [members, visits, slowedDown] = [60_000, 2_000, 4];
const [warmUps, turns] = [8, 41];
const zone = 'Asia/Shanghai';
/** Moved past every wall, by a superuser: visits that were, into this week. */
const moved = 'visit';

/** So many of the bank's visits, all of different people, at all hours of this week. */
async function fillWeek({ database, bankId }: ListedBank, monday: string): Promise<void> {
  await database.look(
    `with chosen as (
       select visit_id, timestamptz '${monday} 08:00+08' + ((row_number() over (order by visit_id)) % 70) * interval '150 minutes' as start
         from ${moved} where bank_id = '${bankId}' order by visit_id limit ${visits})
     update ${moved} v set planned_start = c.start, planned_end = c.start + interval '1 hour' from chosen c where v.bank_id = '${bankId}' and v.visit_id = c.visit_id`,
  );
  await database.look('vacuum (analyze)');
}

/** The board of the week beside a plain read by an index of as many rows. */
async function measureServer(bank: ListedBank, monday: string): Promise<Measurement> {
  const care = CareModule.forRoot(VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false }));
  const rooms = await openRooms(bank.database.url, new RunningClock(), [...roomsOfLists.slice(0, -1), care]);
  try {
    const unit = rooms.get(UnitOfWork);
    const { bankId } = bank;
    const plain = `select * from visit where bank_id = $1 and planned_start >= $2 order by planned_start, visit_id limit $3`;
    const board = await rooms.get(ReadWeek).run(bankId, { from: monday, by: 'helpers' });
    const rows = board.visits.length;
    const reads = {
      board: () => rooms.get(ReadWeek).run(bankId, { from: monday, by: 'helpers' }),
      plain: () => unit.run([bankId], () => unit.query(plain, [bankId, new Date(`${monday}T00:00:00+08:00`), rows])),
    };
    const times = { board: [] as number[], plain: [] as number[] };
    for (let turn = 0; turn < warmUps + turns; turn += 1) {
      for (const [name, read] of Object.entries(reads)) {
        const startedAt = performance.now();
        await read();
        if (turn >= warmUps) times[name as keyof typeof times].push(performance.now() - startedAt);
      }
    }
    const [of, beside] = [spreadOf(times.board), spreadOf(times.plain)];
    const note = `${rows} visits, ${board.rows.length} rows: ${of.p50} ms (p95 ${of.p95}) ÷ ${beside.p50} ms (p95 ${beside.p95})`;
    return { value: Number((of.p50 / beside.p50).toFixed(2)), note };
  } finally {
    await rooms.close();
  }
}

async function measureBoard(bank: ListedBank): Promise<Measurement> {
  const browser = await openBrowser();
  try {
    const phone = '13800000000';
    const { page, complaints } = await openDesk(browser, bank.api.origin, { phone, password: `measuring-${phone}` });
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowedDown });
    const { script, rows } = await scrollDown(browser, page, { name: 'week', path: '/console/week', row: '[role="grid"] [data-index]' });
    if (complaints.length > 0) throw new Error(`the desk complained: ${complaints.join('; ')}`);
    return {
      value: Number(script.toFixed(1)),
      note: `the longest script of a task while the wheel turns, CPU ÷ ${slowedDown}; ${rows} rows at most`,
    };
  } finally {
    await browser.close();
  }
}

/** The desk's week board at a bank with 2,000 visits in the week: what the server and what the page takes. */
export async function measureWeek(progress: Progress): Promise<[name: string, found: Measurement][]> {
  progress(`laying a bank of ${members} members with ${visits} visits in this week`);
  const bank = await openListedBank(progress, members);
  try {
    const monday = mondayOf(localDate(new Date(), zone));
    await fillWeek(bank, monday);
    progress('reading the week');
    const server = await measureServer(bank, monday);
    progress(`scrolling it at CPU ÷ ${slowedDown}`);
    return [
      ['week.server', server],
      ['week.script', await measureBoard(bank)],
    ];
  } finally {
    await bank.close();
  }
}
