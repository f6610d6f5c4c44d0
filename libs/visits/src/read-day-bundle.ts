import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { DayBundle } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { buildingOf, shortName } from './bundle-words.rules';
import { Challenges } from './challenges';

type Planned = Omit<DayBundle['visits'][number], 'plannedStart' | 'plannedEnd' | 'capturedIn' | 'building' | 'challenge'> & {
  place: string | null;
  plannedStart: Date;
  plannedEnd: Date;
  capturedIn: Date | null;
};

const mostVisits = 200;

/**
 * What a volunteer's phone keeps to work without signal: their planned and running visits in every bank, from a day back to
 * three days ahead, each with a challenge that dates the bundle. Names and places are cut to what a lost phone may show. Reads only.
 */
@Injectable()
export class ReadDayBundle {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: Challenges,
  ) {}

  async run(actor: Actor): Promise<DayBundle> {
    const volunteering = actor.roles.filter(({ role, memberId }) => role === 'volunteer' && memberId !== null);
    const bankIds = [...new Set(volunteering.flatMap(({ bankId }) => bankId ?? []))];
    const members = [...new Set(volunteering.map(({ memberId }) => memberId))];
    return this.unit.run(bankIds, async () => {
      const { now } = this.unit;
      const rows = await this.unit.query<Planned>(
        `select v.visit_id, v.bank_id, c.name as client_name, v.service_kind, v.planned_start, v.planned_end, v.planned_minutes, v.state,
           v.captured_in, b.name as bank_name, b.phone as bank_phone, r.place
         from visit v join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
         join bank b on b.bank_id = v.bank_id join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
         where v.bank_id = any ($1::uuid[]) and v.volunteer_id = any ($2::uuid[]) and v.state in ('planned', 'in_progress')
           and v.planned_start < $3::timestamptz + interval '72 hours' and v.planned_end > $3::timestamptz - interval '24 hours'
         order by v.planned_start, v.visit_id limit $4`,
        [bankIds, members, now, mostVisits],
      );
      const visits = rows.map(({ place, ...visit }) => ({
        ...visit,
        clientName: shortName(visit.clientName),
        building: buildingOf(place),
        plannedStart: visit.plannedStart.toISOString(),
        plannedEnd: visit.plannedEnd.toISOString(),
        capturedIn: visit.capturedIn?.toISOString() ?? null,
        challenge: this.challenges.make(visit.visitId, actor.personId, now),
      }));
      return { now: now.toISOString(), visits };
    });
  }
}
