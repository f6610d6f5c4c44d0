import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GenerateSeries, PutSeries } from '@timebank/care';
import { refuse } from '@timebank/contract';
import { localDate, newId } from '@timebank/kernel';
import { Occurrences } from '@timebank/requests';
import { openCity, type TestCity } from '@timebank/testing';

const copies = 1_000;

describe('many series of a bank', () => {
  let city: TestCity;
  const laid = () =>
    city.rooms.database.query<{ dates: number; days: number; series: number; behind: number }>(
      `select count(*)::int as dates, count(distinct (r.series_id, r.planned_date))::int as days, count(distinct r.series_id)::int as series,
              (select count(*) from series where generated_until < '2000-02-01')::int as behind from request r where r.series_id is not null`,
    );

  /** A series and copies of it that were never laid. */
  beforeAll(async () => {
    city = await openCity();
    const coordinator = await city.person('coordinator');
    const { client, time } = await city.nextDay(coordinator);
    const input = { clientId: client.memberId, serviceKind: 'company', rule: 'FREQ=DAILY;INTERVAL=7', startTime: '09:00', minutes: 60 };
    const startsOn = localDate(time(24 * 60), 'Asia/Shanghai');
    await city.get(PutSeries).run(coordinator.actor, city.bankId, newId(), { ...input, startsOn });
    await city.rooms.database.query(
      `with made as (insert into series (bank_id, series_id, client_id, service_kind, generated_until, laid_on, created_by, created_at, content_hash)
         select bank_id, gen_random_uuid(), client_id, service_kind, '2000-01-01', '2000-01-01', created_by, created_at, content_hash
           from series, generate_series(1, $1) returning bank_id, series_id)
       insert into series_terms (bank_id, series_id, number, from_day, starts_on, rule, start_time, minutes, helpers_needed, changed_by, changed_at)
       select m.bank_id, m.series_id, 1, t.from_day, t.starts_on, t.rule, t.start_time, t.minutes, t.helpers_needed, t.changed_by, t.changed_at
         from made m, series_terms t`,
      [copies],
    );
  });
  afterAll(() => city.close());

  it('are laid to their end after a run that was cut off, and none twice', async () => {
    const occurrences = city.get(Occurrences);
    const lay = occurrences.lay.bind(occurrences);
    let turn = 0;
    const cut = jest.spyOn(occurrences, 'lay').mockImplementation(async (asked) => {
      const made = await lay(asked);
      // In the middle of a batch: what it laid is undone with it.
      if ((turn += 1) === 4) throw refuse('service/unavailable');
      return made;
    });
    await expect(city.get(GenerateSeries).run(city.bankId)).rejects.toThrow('service/unavailable');
    cut.mockRestore();
    const [before] = await laid();
    expect(before).toEqual({ dates: 301 * 6, days: 301 * 6, series: 301, behind: copies - 300 });
    const rest = copies - 300;
    const startedAt = performance.now();
    expect(await city.get(GenerateSeries).run(city.bankId)).toEqual({ series: rest, dates: rest * 6 });
    if (process.env['RATE']) process.stdout.write(`${Math.round((rest * 6_000) / (performance.now() - startedAt))} rows/s\n`);
    const [after] = await laid();
    expect(after).toEqual({ dates: (copies + 1) * 6, days: (copies + 1) * 6, series: copies + 1, behind: 0 });
    expect(await city.get(GenerateSeries).run(city.bankId)).toEqual({ series: 0, dates: 0 });
  });

  it('are laid beside one that cannot be, which is named each time until it is mended', async () => {
    const { query } = city.rooms.database;
    const days = `update series set laid_on = '2000-01-01', generated_until = generated_until - 7`;
    const [broken] = await query<{ seriesId: string }>('select series_id as "seriesId" from series order by series_id offset 250 limit 1');
    const { seriesId } = broken as { seriesId: string };
    const ruleBecomes = (rule: string) =>
      query(
        `alter table series_terms disable trigger user; update series_terms set rule = '${rule}' where series_id = '${seriesId}';
         alter table series_terms enable trigger user`,
      );
    const run = () => city.get(GenerateSeries).run(city.bankId);
    await query(`${days}; delete from request r using series s where r.series_id = s.series_id and r.planned_date > s.generated_until`);
    await ruleBecomes('FREQ=HOURLY');
    await expect(run()).rejects.toThrow(`1 series could not be laid, as ${seriesId}`);
    const missing = () =>
      city.one<{ behind: number; of: string }>(
        `select count(*)::int as behind, min(series_id::text) as of from series where laid_on = '2000-01-01'`,
        [],
      );
    expect(await missing()).toEqual({ behind: 1, of: seriesId });
    await expect(run()).rejects.toThrow(seriesId);
    await ruleBecomes('FREQ=DAILY;INTERVAL=7');
    expect(await run()).toEqual({ series: 1, dates: 1 });
    const [after] = await laid();
    expect(after).toEqual({ dates: (copies + 1) * 6, days: (copies + 1) * 6, series: copies + 1, behind: 0 });
  });
});
