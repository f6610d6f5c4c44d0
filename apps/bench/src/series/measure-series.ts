import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { PutBank } from '@timebank/banks';
import { newId, RunningClock } from '@timebank/kernel';
import { PutMember } from '@timebank/members';
import { openRooms } from '../bench-rooms';
import { PrivateDatabase } from '../private-database';
import type { Measurement, Progress } from '../report';
import { type LaidSeries, roomsOfSeries } from './lay-series';

const clients = 100;
/** A heap as tight as that of background work, beside what the bench's own program takes of it: what were kept would end it. */
const flags = ['--max-old-space-size=192', '--max-semi-space-size=2'];
/** The rules that people have, and what each means of a day `d` in the words of Postgres, which knows nothing of the product's own. */
const rules: readonly [rule: string, means: string][] = [
  ['FREQ=WEEKLY;BYDAY=MO', 'extract(isodow from d) = 1'],
  ['FREQ=WEEKLY;BYDAY=TU,FR', 'extract(isodow from d) in (2, 5)'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', `extract(isodow from d) = 3 and (d - date_trunc('week', t.starts_on)::date) / 7 % 2 = 0`],
  ['FREQ=DAILY;INTERVAL=3', '(d - t.starts_on) % 3 = 0'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'extract(day from d) = 15'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'extract(isodow from d) = 2 and extract(day from d) between 8 and 14'],
];
/** Laid past every wall, by a superuser. */
const [heads, terms] = ['series', 'series_terms'];
const quoted = (what: string) => `'${what}'`;

/** A bank of clients with so many series among them that were never laid, begun on any day of half a year. */
async function laySeriesOf(database: PrivateDatabase, series: number): Promise<string> {
  const rooms = await openRooms(database.url, new RunningClock(), roomsOfSeries());
  try {
    const bankId = newId();
    await rooms.get(PutBank).run(bankId, { name: 'Measured', phone: '025-88880000', timeZone: 'Asia/Shanghai' });
    for (let serial = 0; serial < clients; serial += 1)
      await rooms.get(PutMember).run(bankId, newId(), { name: `Elder ${serial}`, birthDate: '1940-05-01', roles: ['client'] });
    await database.look(
      `with person as (select member_id, row_number() over (order by member_id) - 1 as place from member where bank_id = $1),
       made as (
         insert into ${heads} (bank_id, series_id, client_id, service_kind, generated_until, laid_on, created_by, created_at, content_hash)
           select $1, gen_random_uuid(), member_id, 'company', '2000-01-01', '2000-01-01', member_id, now(), '\\x00'
             from person cross join generate_series(1, $2::int / ${clients}) returning bank_id, series_id, client_id),
       placed as (select *, row_number() over () as place from made)
       insert into ${terms} (bank_id, series_id, number, from_day, starts_on, rule, start_time, minutes, helpers_needed, changed_by, changed_at)
         select bank_id, series_id, 1, current_date - 200 + (place % 180)::int, current_date - 200 + (place % 180)::int,
                ('{${rules.map(([rule]) => `"${rule}"`).join()}}'::text[])[1 + place % ${rules.length}], '09:00', 60, 1, client_id, now() from placed`,
      [bankId, series],
    );
    await database.analyze();
    return bankId;
  } finally {
    await rooms.close();
  }
}

/** One daily round in a process of its own, killed with SIGKILL by its id once so many series are laid; what it says when it ends by itself. */
async function layOnce(database: PrivateDatabase, bankId: string, killAt: number): Promise<LaidSeries | null> {
  const child = spawn(process.execPath, [...flags, 'dist/apps/bench/main.js', 'series', database.url, bankId], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  const said = text(child.stdout);
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  for (let isOver = false; !isOver && child.exitCode === null;) {
    const [laid] = await database.look<{ series: number }>(`select count(*)::int as series from series where laid_on > '2000-01-01'`);
    isOver = (laid?.series ?? 0) >= killAt;
    if (isOver) child.kill('SIGKILL');
    else await Promise.race([ended, new Promise((wait) => setTimeout(wait, 50))]);
  }
  const code = await ended;
  if (code !== null && code !== 0) throw new Error(`the round ended with ${code}`);
  return code === 0 ? (JSON.parse(await said) as LaidSeries) : null;
}

/** What is laid from tomorrow on beside what the rules mean. */
async function settle(database: PrivateDatabase): Promise<{ doubled: number; missing: number; strangers: number }> {
  const means = rules.map(([rule, meaning]) => `when ${quoted(rule)} then ${meaning}`).join(' ');
  const [found] = await database.look<{ doubled: number; missing: number; strangers: number }>(
    `with wanted as (
       select s.series_id, d::date as day from series s join series_terms t using (bank_id, series_id),
              generate_series(bank_day(s.bank_id, now()) + 1, s.generated_until, '1 day') at, lateral (select at::date as d) of
        where case t.rule ${means} end),
     laid as (select r.series_id, r.planned_date as day, r.starts_at from request r where r.planned_date > bank_day(r.bank_id, now()))
     select (select count(*) - count(distinct (series_id, starts_at)) from laid)::int as doubled,
            (select count(*) from (select series_id, day from wanted except select series_id, day from laid) m)::int as missing,
            (select count(*) from (select series_id, day from laid except select series_id, day from wanted) m)::int as strangers`,
  );
  if (!found) throw new Error('nothing was counted');
  return found;
}

/** A daily round over so many series that were never laid, killed twice on its way, and run again until it ends by itself. */
export async function measureSeries(series: number, progress: Progress): Promise<[name: string, found: Measurement][]> {
  const database = await PrivateDatabase.open();
  try {
    progress(`writing down ${series} series`);
    const bankId = await laySeriesOf(database, series);
    for (const share of [0.1, 0.25]) {
      progress(`laying them, to be killed at ${share * 100} %`);
      if (await layOnce(database, bankId, series * share)) throw new Error('the round was over before it could be killed');
    }
    progress('laying the rest');
    const last = await layOnce(database, bankId, Infinity);
    if (!last) throw new Error('the last round was killed');
    const { doubled, missing, strangers } = await settle(database);
    const of = `${last.series} of ${series} series laid for six weeks in one round: ${last.dates} dates in ${last.seconds.toFixed(1)} s`;
    return [
      ['series.generate', { value: Math.round(last.dates / last.seconds), note: of }],
      ['series.memory', { value: last.mebibytes, note: `the most that the process had, ${last.mebibytesBefore} when it began` }],
      [
        'series.wrong',
        {
          value: doubled + missing + strangers,
          note: `killed twice and run again: ${doubled} doubled, ${missing} missing, ${strangers} that no rule has`,
        },
      ],
    ];
  } finally {
    await database.close();
  }
}
