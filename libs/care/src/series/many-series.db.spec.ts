import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GenerateSeries, PutSeries } from '@timebank/care';
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
      if ((turn += 1) === 4) throw new Error('cut off');
      return made;
    });
    await expect(city.get(GenerateSeries).run(city.bankId)).rejects.toThrow('cut off');
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
});
