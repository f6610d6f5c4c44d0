import { Injectable } from '@nestjs/common';
import { BanksOfMembers, hasRole, type Actor } from '@timebank/access';
import { refuse, type SeriesPreview } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { instantOf, localDate, localMinute, type Zone } from '@timebank/kernel';
import { helps, Occurrences } from '@timebank/requests';
import { MoveVisits } from '@timebank/visits';
import { ComingDates, type ComingDate } from './coming-dates';
import { isSameBeside, isSamePlan, mergedTerms, pairDates } from './edit.rules';
import { LayDates } from './lay-dates';
import { askedOn, plannedDays, termsOn, type Terms } from './rule.rules';
import type { KnownSeries } from './series-lock';

type Edit = { from: string; before: Terms; added: readonly Terms[] };
type ChangedDate = SeriesPreview['visits'][number] & { version: number };

/**
 * Lets the dates of a series that are laid follow an edit, in the caller's unit: each moves, stays or ends, and those that the rule has besides are laid.
 * What has begun, or was cancelled, stays as it is.
 */
@Injectable()
export class ChangeDates {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly coming: ComingDates,
    private readonly occurrences: Occurrences,
    private readonly layDates: LayDates,
    private readonly moveVisits: MoveVisits,
    private readonly banksOfMembers: BanksOfMembers,
  ) {}

  async run(actor: Actor, series: KnownSeries, edit: Edit, banks: readonly string[]): Promise<{ visits: ChangedDate[]; added: string[] }> {
    const { bankId, seriesId, plan, generatedUntil } = series;
    const { from, before } = edit;
    const dates = await this.coming.run(bankId, seriesId, from);
    await this.checkBanks(dates, banks);
    const newPlan = { ...plan, terms: [...plan.terms, ...edit.added] };
    const held = await this.heldDays(bankId, seriesId, dates);
    const after = plannedDays(newPlan, from, generatedUntil)
      .filter(({ day, terms: asked }) => !held.has(day) && askedOn(asked, day, plan.zone).startsAt > this.unit.now)
      .map(({ day }) => day);
    const byMonth = [before, ...edit.added].some(({ rule }) => rule.every === 'MONTHLY');
    const { moves, added } = pairDates(
      dates.map(({ plannedDate }) => plannedDate),
      after,
      byMonth,
    );
    const changed = { ...series, plan: newPlan };
    const visits: ChangedDate[] = [];
    for (const date of dates) visits.push(...(await this.change(actor, series, changed, date, moves.get(date.plannedDate) ?? null)));
    await this.layDates.lay(changed, added);
    return { visits, added };
  }

  private async change(
    actor: Actor,
    old: KnownSeries,
    changed: KnownSeries,
    date: ComingDate,
    target: string | null,
  ): Promise<ChangedDate[]> {
    const { bankId, plan } = changed;
    const { requestId, plannedDate, helpers, version } = date;
    const visitIds = helpers.map(({ visitId }) => visitId);
    const what = { requestId, date: plannedDate, newDate: target, version };
    /** A line for each helper; one alone where there is none. */
    const say = (becomes: ChangedDate['becomes'], lost: readonly string[]): ChangedDate[] =>
      helpers.length === 0
        ? [{ ...what, becomes, losesHelper: false, helperName: null }]
        : helpers.map(({ visitId, name }) => ({ visitId, ...what, helperName: name, becomes, losesHelper: lost.includes(visitId) }));
    if (target === null) {
      await this.coming.cancel(actor, bankId, [date]);
      await this.occurrences.release(bankId, requestId);
      return say('ended', visitIds);
    }
    const laidAs = askedOn(termsOn(old.plan.terms, plannedDate) ?? (old.plan.terms[0] as Terms), plannedDate, plan.zone);
    const wanted = askedOn(termsOn(plan.terms, target) as Terms, target, plan.zone);
    const merged = mergedTerms(hourOn(date, target, plan.zone), hourOn({ ...date, ...laidAs }, target, plan.zone), wanted, helpers.length);
    const change = () => this.occurrences.change(bankId, requestId, target, merged);
    if (isSamePlan(date, merged)) {
      if (target !== plannedDate || !isSameBeside(date, merged)) await change();
      return say('kept', []);
    }
    if (helpers.length === 0) {
      await change();
      return say('moved', []);
    }
    const by = hasRole(actor, 'coordinator', bankId) ? 'coordinator' : 'client';
    const mayKeep = localDate(date.startsAt, plan.zone) === localDate(merged.startsAt, plan.zone);
    const lost = await this.moveVisits.run(actor, by, { bankId, requestId, visitIds, mayKeep }, change);
    if (lost.length > 0) await this.offerAgain(changed, requestId);
    return say('moved', lost);
  }

  /** What lost its helper is for the series' first regular who does not help there, as a new date is. */
  private async offerAgain({ bankId, seriesId }: KnownSeries, requestId: string): Promise<void> {
    const first = await this.unit.one<{ memberId: string }>(
      `select g.member_id from series_regular g join request r on r.bank_id = g.bank_id and r.request_id = $3
        where g.bank_id = $1 and g.series_id = $2 and r.state = 'open'
          and not exists (select from visit v where ${helps} and v.volunteer_id = g.member_id)
        order by g.added_at, g.member_id limit 1`,
      [bankId, seriesId, requestId],
    );
    if (first) await this.occurrences.reserve(bankId, [requestId], first.memberId);
  }

  /** Days whose request is no coming one: cancelled by hand, begun, done. The series lays none there. */
  private async heldDays(bankId: string, seriesId: string, coming: readonly ComingDate[]): Promise<Set<string>> {
    const rows = await this.unit.query<{ plannedDate: string }>(
      `select planned_date from request where bank_id = $1 and series_id = $2 and planned_date is not null
        and request_id <> all ($3::uuid[])`,
      [bankId, seriesId, coming.map(({ requestId }) => requestId)],
    );
    return new Set(rows.map(({ plannedDate }) => plannedDate));
  }

  /** Somebody took a date a moment ago, and this unit does not see all of their visits. */
  private async checkBanks(dates: readonly ComingDate[], banks: readonly string[]): Promise<void> {
    const needed = await this.banksOfMembers.run(dates.flatMap(({ helpers }) => helpers.map(({ volunteerId }) => volunteerId)));
    if (!needed.every((bank) => banks.includes(bank))) throw refuse('series/preview_stale');
  }
}

/** A date on the day to which it moves, at its own hour; one that stands on another day than it was laid for stays there. */
function hourOn(date: ComingDate, target: string, zone: Zone): ComingDate {
  const isOnItsDay = localDate(date.startsAt, zone) === date.plannedDate;
  if (!isOnItsDay || target === date.plannedDate) return date;
  return { ...date, startsAt: instantOf(target, localMinute(date.startsAt, zone).slice(11), zone) };
}
