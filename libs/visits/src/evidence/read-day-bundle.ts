import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadPolicy } from '@timebank/banks';
import type { DayBundle } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { buildingOf } from './building-of.rules';
import { shortName } from './bundle-words.rules';
import { Challenges } from './challenges';

type PlannedVisitRow = Omit<DayBundle['visits'][number], 'plannedStart' | 'plannedEnd' | 'capturedIn' | 'building' | 'challenge'> & {
  place: string | null;
  timeZone: string;
  plannedStart: Date;
  plannedEnd: Date;
  capturedIn: Date | null;
};

const mostVisits = 200;
/** For visits that begin within these hours the phone keeps door and note too. */
const wholeForMs = 24 * 3_600_000;

/** Earliest first; at the same moment always in the same order. */
function byStart(left: PlannedVisitRow, right: PlannedVisitRow): number {
  return left.plannedStart.getTime() - right.plannedStart.getTime() || (left.visitId < right.visitId ? -1 : 1);
}

/**
 * What a volunteer's phone keeps to work without signal: their planned and running visits in every bank, from a day back to three days ahead, each
 * with a challenge that dates the bundle. Names, and places of other days, are cut to what a lost phone may show. Reads only.
 */
@Injectable()
export class ReadDayBundle {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: Challenges,
    private readonly policies: ReadPolicy,
  ) {}

  async run(actor: Actor): Promise<DayBundle> {
    const banks = new Map(
      actor.roles.flatMap(({ role, bankId, memberId }) =>
        role === 'volunteer' && bankId && memberId ? [[bankId, memberId] as const] : [],
      ),
    );
    return this.unit.run([...banks.keys()], async () => {
      const { now } = this.unit;
      // One bank at a time: with lists of banks and members the server would make a new plan at every call in a big city, which takes longer than
      // reading.
      const found = await this.unit.together(...[...banks].map(([bankId, memberId]) => this.ofBank(bankId, memberId, now)));
      const rows = found.flat().sort(byStart).slice(0, mostVisits);
      const zones = new Map(rows.map(({ bankId, timeZone }) => [bankId, timeZone]));
      const visits = rows.map(({ place, note, ...visit }) => ({
        ...visit,
        ...(visit.plannedStart.getTime() < now.getTime() + wholeForMs ? { place, note } : { place: null, note: null }),
        clientName: shortName(visit.clientName),
        building: buildingOf(place),
        plannedStart: visit.plannedStart.toISOString(),
        plannedEnd: visit.plannedEnd.toISOString(),
        capturedIn: visit.capturedIn?.toISOString() ?? null,
        challenge: this.challenges.make(visit.visitId, actor.personId, now),
      }));
      const limits = await this.unit.together(...[...zones].map(([bankId, timeZone]) => this.limitsOf(bankId, localDate(now, timeZone))));
      return { now: now.toISOString(), limits, visits };
    });
  }

  private async limitsOf(bankId: string, day: string): Promise<DayBundle['limits'][number]> {
    const { minimumMinutes, windowBeforeMinutes, windowAfterMinutes } = await this.policies.run(bankId, day);
    return { bankId, minimumMinutes, windowBeforeMinutes, windowAfterMinutes };
  }

  private ofBank(bankId: string, memberId: string, now: Date): Promise<PlannedVisitRow[]> {
    return this.unit.query<PlannedVisitRow>(
      `select v.visit_id, v.bank_id, c.name as client_name, v.service_kind, v.planned_start, v.planned_end, v.planned_minutes, v.state,
         v.captured_in, b.name as bank_name, b.phone as bank_phone, zone_at(b.bank_id, $3) as time_zone, coalesce(r.place, c.home_address) as place, r.note
       from visit v join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
       join bank b on b.bank_id = v.bank_id join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
       where v.bank_id = $1 and v.volunteer_id = $2 and v.state in ('planned', 'in_progress')
         and v.planned_start < $3::timestamptz + interval '72 hours' and v.planned_end > $3::timestamptz - interval '24 hours'
       order by v.planned_start, v.visit_id limit $4`,
      [bankId, memberId, now, mostVisits],
    );
  }
}
