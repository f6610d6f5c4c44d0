import { Injectable } from '@nestjs/common';
import { BanksOfMembers, type Actor } from '@timebank/access';
import { refuse, type Series, type SeriesPatch, type SeriesPreview, type SeriesPreviewInput } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { ChangeDates } from './change-dates';
import { checkNear, readTerms } from './check-terms';
import { carriedOn } from './edit.rules';
import { ReadSeries } from './read-series';
import { lastDateOf, lastFirst, termsOn, type Terms } from './rule.rules';
import { SeriesRow, SeriesTermsRow } from './series.entity';
import { SeriesLock, type KnownSeries } from './series-lock';
import { TakeForRegulars } from './take-for-regulars';

type Changes = Omit<SeriesPreviewInput, 'from'>;

/** Carries what an edit would do out of the transaction that is undone. */
class Undone extends Error {
  constructor(readonly preview: SeriesPreview) {
    super('previewed');
  }
}

/**
 * Changes a series from a day on. A preview does all of it in a transaction that is undone, so it cannot differ from what is saved. The save carries the
 * preview's hash: `series/preview_stale` when it would do something else by now. Refuses days of the past, and terms as `PutSeries` does.
 */
@Injectable()
export class EditSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly lock: SeriesLock,
    private readonly changeDates: ChangeDates,
    private readonly readSeries: ReadSeries,
    private readonly takeForRegulars: TakeForRegulars,
  ) {}

  async preview(actor: Actor, bankId: string, seriesId: string, { from, ...changes }: SeriesPreviewInput): Promise<SeriesPreview> {
    const banks = await this.banks(bankId, seriesId);
    try {
      return await this.unit.run(banks, async () => {
        const series = await this.lock.asked(actor, bankId, seriesId);
        throw new Undone(await this.apply(actor, series, from, changes, banks));
      });
    } catch (thrown) {
      if (thrown instanceof Undone) return thrown.preview;
      throw thrown;
    }
  }

  async run(actor: Actor, bankId: string, seriesId: string, { version, previewHash, from, ...changes }: SeriesPatch): Promise<Series> {
    const banks = await this.banks(bankId, seriesId);
    await this.unit.run(banks, async () => {
      const series = await this.lock.asked(actor, bankId, seriesId);
      if (series.version !== version) throw refuse('series/stale', { version: series.version }, 'body.version');
      const done = await this.apply(actor, series, from, changes, banks);
      if (done.previewHash !== previewHash) throw refuse('series/preview_stale', {}, 'body.previewHash');
    });
    await this.takeForRegulars.run(bankId, seriesId);
    return this.unit.run([bankId], () => this.readSeries.run(actor, bankId, seriesId));
  }

  /** What the unit must see: wherever a helper of a coming date has visits. */
  private async banks(bankId: string, seriesId: string): Promise<string[]> {
    const helpers = await this.unit.run([bankId], () =>
      this.unit.query<{ volunteerId: string }>(
        `select distinct v.volunteer_id from request r
           join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.state = 'planned'
          where r.bank_id = $1 and r.series_id = $2`,
        [bankId, seriesId],
      ),
    );
    const elsewhere = await this.banksOfMembers.run(helpers.map(({ volunteerId }) => volunteerId));
    return [...new Set([bankId, ...elsewhere])];
  }

  private async apply(actor: Actor, series: KnownSeries, from: string, changes: Changes, banks: readonly string[]): Promise<SeriesPreview> {
    const { bankId, seriesId, plan, today, endsOn, version } = series;
    if (from < today) throw refuse('series/date_past', { today }, 'body.from');
    checkNear(today, from, 'body.from');
    if (endsOn !== null && endsOn <= from) throw refuse('series/ended', { endsOn });
    const before = termsOn(plan.terms, from) ?? (plan.terms[0] as Terms);
    const terms = this.newTerms(series, before, from, changes);
    // The edit itself has the highest number: what was changed last is shown.
    const numbered = [...carriedOn(plan.terms, before, terms), terms].map((one, place) => ({ ...one, number: terms.number + place }));
    for (const { ruleText: rule, rule: _, ...asked } of numbered)
      await this.unit.insertRow(SeriesTermsRow, { bankId, seriesId, ...asked, rule, changedBy: actor.personId, changedAt: this.unit.now });
    const [last] = lastFirst([...plan.terms, ...numbered]);
    await this.unit.updateRow(SeriesRow, { bankId, seriesId }, { lastDay: lastDateOf(last as Terms, plan.zone) });
    const done = await this.changeDates.run(actor, series, { from, before, added: numbered }, banks);
    const hash = contentHash({ version, from, changes, done });
    const visits = done.visits.map(({ version: __, ...visit }) => visit);
    return { previewHash: hash.toString('hex'), visits, added: done.added };
  }

  /** Another rule is counted from the day on which it begins; the same one goes on as it was counted. */
  private newTerms({ plan, policy }: KnownSeries, before: Terms, from: string, changes: Changes): Terms {
    const ruleText = changes.rule ?? before.ruleText;
    const asked = {
      startsOn: ruleText === before.ruleText ? before.startsOn : from,
      startTime: changes.startTime ?? before.startTime,
      minutes: changes.minutes ?? before.minutes,
      helpersNeeded: changes.helpersNeeded ?? before.helpersNeeded,
      place: changes.place === undefined ? before.place : changes.place,
      note: changes.note === undefined ? before.note : changes.note,
    };
    const dated = readTerms({ ...asked, rule: ruleText }, { zone: plan.zone, policy });
    return { ...asked, ...dated, ruleText, number: Math.max(...plan.terms.map((one) => one.number)) + 1, fromDay: from };
  }
}
