import { Injectable } from '@nestjs/common';
import { contentHash, UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { helps } from './helpers.sql';
import { RequestLock } from './request-lock';
import { RequestRow } from './request.entity';
import { endOf } from './request-terms.rules';

/** What one occurrence asks for. */
export type OccurrenceTerms = Pick<RequestRow, 'startsAt' | 'minutes' | 'helpersNeeded' | 'place' | 'note'>;
export type NewOccurrence = OccurrenceTerms &
  Pick<RequestRow, 'bankId' | 'clientId' | 'serviceKind' | 'reservedFor' | 'createdBy'> & { seriesId: string; plannedDate: string };

/** Requests that a series plans, for the room that has series: it lays, moves and reserves them inside its own unit of work. */
@Injectable()
export class Occurrences {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
  ) {}

  /** One request a day of a series, however often it is laid. How many are new. Nobody is told: the series was asked for as a whole. */
  lay(occurrences: readonly NewOccurrence[]): Promise<number> {
    const rows = occurrences.map(({ startsAt, minutes, helpersNeeded, place, note, ...of }) => ({
      ...of,
      requestId: newId(),
      startsAt,
      endsAt: endOf(startsAt, minutes),
      minutes,
      helpersNeeded,
      place,
      note,
      state: 'open' as const,
      createdAt: this.unit.now,
      contentHash: contentHash({ seriesId: of.seriesId, plannedDate: of.plannedDate }),
    }));
    return this.unit.insertNewRows(RequestRow, rows, ['bankId', 'seriesId', 'plannedDate']);
  }

  /** Gives one another day, other terms or both; while somebody helps, no other time. Whoever has said yes stays: it needs no fewer than it has. */
  async change(bankId: string, requestId: string, plannedDate: string, { helpersNeeded, ...terms }: OccurrenceTerms): Promise<void> {
    const endsAt = endOf(terms.startsAt, terms.minutes);
    await this.requests.one(bankId, requestId);
    const found = await this.unit.one<{ helpers: number }>(
      `select count(*) as helpers from request r join visit v on ${helps} where r.bank_id = $1 and r.request_id = $2`,
      [bankId, requestId],
    );
    const needed = Math.max(helpersNeeded, found?.helpers ?? 0);
    await this.unit.updateRow(
      RequestRow,
      { bankId, requestId },
      { plannedDate, ...terms, endsAt, helpersNeeded: needed, askedAgainAt: null, stillNeededAt: null },
    );
    await this.requests.settle(bankId, [requestId]);
  }

  /** The series plans its day no longer, so that it may plan that day anew. */
  async release(bankId: string, requestId: string): Promise<void> {
    await this.unit.updateRow(RequestRow, { bankId, requestId }, { plannedDate: null });
  }

  async reserve(bankId: string, requestIds: readonly string[], memberId: string | null): Promise<void> {
    for (const requestId of requestIds) await this.unit.updateRow(RequestRow, { bankId, requestId }, { reservedFor: memberId });
  }
}
