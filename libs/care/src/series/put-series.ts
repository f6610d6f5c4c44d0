import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Series, type SeriesInput, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { CheckAsked } from '@timebank/requests';
import { BankToday } from '../bank-today';
import { checkNear, readTerms } from './check-terms';
import { beforeLaying, LayDates } from './lay-dates';
import { ReadSeries } from './read-series';
import { lastDateOf } from './rule.rules';
import { SeriesRow, SeriesTermsRow } from './series.entity';
import { mayAskFor, SeriesLock } from './series-lock';

/** Standing needs of one client that go on: three a day, but for one. Each lays up to six weeks of dates. */
const mostActive = 20;

/**
 * Asks for help that comes back by itself: a coordinator for any client of the bank, a client for themselves. Its dates are laid in the same
 * transaction. Idempotent under the caller's id; other content is `series/id_reused`. Refuses what `CheckAsked` and `readTerms` refuse.
 */
@Injectable()
export class PutSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly checkAsked: CheckAsked,
    private readonly lock: SeriesLock,
    private readonly layDates: LayDates,
    private readonly readSeries: ReadSeries,
  ) {}

  async run(actor: Actor, bankId: string, seriesId: string, input: SeriesInput): Promise<Stored<Series>> {
    if (!mayAskFor(actor, bankId, input.clientId)) throw refuse('access/not_allowed', {}, 'body.clientId');
    const hash = contentHash(input);
    return this.unit.run([bankId], async () => {
      const first = await once(this.unit, SeriesRow, { bankId, seriesId }, { hash, reused: 'series/id_reused' }, () =>
        this.layDown(actor, bankId, seriesId, input, hash),
      );
      return { first, value: await this.readSeries.run(actor, bankId, seriesId) };
    });
  }

  /** False when a call at the same time was faster. */
  private async layDown(actor: Actor, bankId: string, seriesId: string, input: SeriesInput, hash: Buffer): Promise<boolean> {
    const day = await this.bankToday.run(bankId);
    checkNear(day.today, input.startsOn, 'body.startsOn');
    const dated = readTerms(input, day);
    const asked = await this.checkAsked.run(bankId, input);
    await this.refuseMany(bankId, input.clientId);
    const { clientId, serviceKind, rule, startsOn, startTime, minutes, place = null, note = null } = input;
    const helpersNeeded = input.helpersNeeded ?? asked.helpersNeeded;
    const { now } = this.unit;
    const by = { createdBy: actor.personId, createdAt: now, contentHash: hash };
    const lastDay = lastDateOf(dated, day.zone);
    const isMade = await this.unit.insertNew(SeriesRow, {
      bankId,
      seriesId,
      clientId,
      serviceKind,
      lastDay,
      ...beforeLaying(day.today),
      ...by,
    });
    if (!isMade) return false;
    const terms = { number: 1, fromDay: startsOn, startsOn, rule, startTime, minutes, helpersNeeded, place, note };
    await this.unit.insertRow(SeriesTermsRow, { bankId, seriesId, ...terms, changedBy: actor.personId, changedAt: now });
    await this.layDates.run(await this.lock.one(bankId, seriesId));
    return true;
  }

  /** Callers for one client take turns until the unit ends, so two at once cannot both pass. */
  private async refuseMany(bankId: string, clientId: string): Promise<void> {
    await this.unit.query('select pg_advisory_xact_lock(hashtextextended($1::text, 110))', [clientId]);
    const row = await this.unit.one<{ active: number }>(
      `select count(*) as active from series s
        where s.bank_id = $1 and s.client_id = $2 and coalesce(s.ends_on > bank_day(s.bank_id, $3), true)
          and coalesce(s.last_day >= bank_day(s.bank_id, $3), true)`,
      [bankId, clientId, this.unit.now],
    );
    if ((row?.active ?? 0) >= mostActive) throw refuse('series/too_many', { most: mostActive }, 'body.clientId');
  }
}
