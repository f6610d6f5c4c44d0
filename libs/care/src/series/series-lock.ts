import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { readRule, refuse, type Policy, type SeriesRule } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Zone } from '@timebank/kernel';
import { BankToday } from '../bank-today';
import { endOfSeries, reasonOfEnd } from './goes-on.sql';
import type { Plan, Terms } from './rule.rules';
import { daysWithout, type DaysWithout } from './days-without.sql';
import type { SeriesRow, SeriesTermsRow } from './series.entity';

/** A series with all that its dates follow from, and the bank's day. */
export type KnownSeries = SeriesRow & { plan: Plan; today: string; policy: Policy; firstRegularId: string | null };

/** What is stored was read when it came. */
function readTermsRow({ rule, ...row }: SeriesTermsRow): Terms {
  return { ...row, ruleText: rule, rule: readRule(rule) as SeriesRule };
}

/** Whether somebody may say what a client needs: the bank's coordinators, and the client. */
export function mayAskFor(actor: Actor, bankId: string, clientId: string): boolean {
  return hasRole(actor, 'coordinator', bankId) || (hasRole(actor, 'client', bankId) && memberIn(actor, bankId) === clientId);
}

/** Reads and locks one series until the unit ends. It is locked before its requests. Refuses `series/not_found`. */
@Injectable()
export class SeriesLock {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
  ) {}

  /** For those who may ask for the client; nobody else learns that it is there. */
  async asked(actor: Actor, bankId: string, seriesId: string): Promise<KnownSeries> {
    const series = await this.one(bankId, seriesId);
    if (!mayAskFor(actor, bankId, series.clientId)) throw refuse('series/not_found');
    return series;
  }

  async one(bankId: string, seriesId: string): Promise<KnownSeries> {
    const [series] = await this.many(bankId, [seriesId]);
    if (!series) throw refuse('series/not_found');
    return series;
  }

  /** Those that are there, locked in the order of their ids, by as many statements as one takes. */
  async many(bankId: string, seriesIds: readonly string[]): Promise<KnownSeries[]> {
    const asked = [bankId, seriesIds];
    const rows = await this.unit.query<SeriesRow>(
      `select s.*, ${endOfSeries} as ends_on, ${reasonOfEnd} as end_reason from series s join member m on m.bank_id = s.bank_id and m.member_id = s.client_id
        where s.bank_id = $1 and s.series_id = any ($2::uuid[]) order by s.series_id for no key update of s`,
      asked,
    );
    if (rows.length === 0) return [];
    const { zone, today, policy } = await this.bankToday.run(bankId);
    const [terms, pauses, regulars] = await this.unit.together(
      this.unit.query<SeriesTermsRow>(
        'select * from series_terms where bank_id = $1 and series_id = any ($2::uuid[]) order by number',
        asked,
      ),
      this.unit.query<DaysWithout>(daysWithout, asked),
      this.unit.query<{ seriesId: string; memberId: string }>(
        `select distinct on (series_id) series_id, member_id from series_regular where bank_id = $1 and series_id = any ($2::uuid[])
          order by series_id, added_at, member_id`,
        asked,
      ),
    );
    const termsOf = Map.groupBy(terms, ({ seriesId }) => seriesId);
    const pausesOf = Map.groupBy(pauses, ({ seriesId }) => seriesId);
    const firstOf = new Map(regulars.map(({ seriesId, memberId }) => [seriesId, memberId]));
    return rows.map((row) => {
      const plan = planOf(row, (termsOf.get(row.seriesId) ?? []).map(readTermsRow), pausesOf.get(row.seriesId) ?? [], zone);
      return { ...row, plan, today, policy, firstRegularId: firstOf.get(row.seriesId) ?? null };
    });
  }
}

function planOf({ endsOn }: SeriesRow, terms: readonly Terms[], pauses: Plan['pauses'], zone: Zone): Plan {
  return { terms, pauses, endsOn, zone };
}
