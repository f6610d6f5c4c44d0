import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, hasRole, isCityAdmin, LastSignIn } from '@timebank/access';
import type { DeskHome } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberFilters } from '@timebank/members';
import { dayRange, type Zone } from '@timebank/kernel';
import { PolicyNow } from '../policy-now';
import { dueToRecord } from '../recording-deadline.rules';
import { hoursBefore } from '../waiting.sql';
import { changesSince, nearDeadlines, sealing, silentCount, urgentAnswers } from './home.sql';
import { silentClients } from './silent-clients.sql';
import { ShowWeeks } from './show-weeks';

/** What is near: three days for times that nobody has entered, two for what a colleague has to confirm. */
const [recordWithinDays, actsWithinHours] = [3, 48];

type Sealing = { number: number | null; sealedAt: string | null; missing: number; unsealedSince: Date | null };
type Near = { visits: number; acts: number; actsUntil: Date | null; volunteers: number; endsOn: string | null } & {
  insurances: number;
  insuredUntil: string | null;
};

/** What a first screen shows beyond the day, by role: silent elders for those who plan, deadlines and weeks for those who answer for the bank. In the caller's unit. */
@Injectable()
export class ShowDuties implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly policyNow: PolicyNow,
    private readonly showWeeks: ShowWeeks,
    private readonly memberFilters: MemberFilters,
    private readonly lastSignIn: LastSignIn,
  ) {}

  onModuleInit(): void {
    this.memberFilters.register('silent', silentClients);
  }

  async run(
    actor: Actor,
    bankId: string,
    day: string,
    zone: Zone,
  ): Promise<Pick<DeskHome, 'silent' | 'urgent' | 'deadlines' | 'watched' | 'weeks'>> {
    const isAdmin = isCityAdmin(actor) || hasRole(actor, 'admin', bankId);
    const isAuditor = hasRole(actor, 'auditor', bankId);
    return {
      silent: isAdmin || hasRole(actor, 'coordinator', bankId) ? await this.silent(bankId) : null,
      urgent: await this.urgent(bankId),
      deadlines: isAdmin ? await this.deadlines(bankId, day, zone) : null,
      watched: isAuditor ? await this.watched(actor, bankId) : null,
      weeks: isAdmin || isAuditor ? await this.showWeeks.run(bankId, day, zone) : null,
    };
  }

  private async urgent(bankId: string): Promise<DeskHome['urgent']> {
    const { urgentWithinMinutes } = await this.policyNow.run(bankId);
    const { now } = this.unit;
    const values = [bankId, hoursBefore(now, 30 * 24), hoursBefore(now, -urgentWithinMinutes / 60), urgentWithinMinutes];
    return (await this.unit.one<DeskHome['urgent']>(urgentAnswers, values)) as DeskHome['urgent'];
  }

  private async silent(bankId: string): Promise<number> {
    return (await this.unit.one<{ silent: number }>(silentCount, [bankId, this.unit.now]))?.silent ?? 0;
  }

  private async watched(actor: Actor, bankId: string): Promise<NonNullable<DeskHome['watched']>> {
    const { number, sealedAt, missing, unsealedSince } = (await this.unit.one<Sealing>(sealing, [bankId])) as Sealing;
    const before = await this.lastSignIn.run(actor);
    const changed = before && (await this.unit.one<{ count: number }>(changesSince, [bankId, before.xid]));
    return {
      seal: number === null || sealedAt === null ? null : { number, sealedAt },
      missing,
      unsealedSince: unsealedSince?.toISOString() ?? null,
      changes: before && { count: changed?.count ?? 0, since: before.at.toISOString() },
    };
  }

  private async deadlines(bankId: string, day: string, zone: Zone): Promise<NonNullable<DeskHome['deadlines']>> {
    const { recordingDeadlineWorkingDays } = await this.policyNow.run(bankId);
    const { now } = this.unit;
    const days = dueToRecord(day, recordingDeadlineWorkingDays, recordWithinDays) ?? { from: day, to: day };
    const [{ from }, { to }] = [dayRange(days.from, zone), dayRange(days.to, zone)];
    const values = [bankId, now, from, to, hoursBefore(now, -actsWithinHours)];
    const near = (await this.unit.one<Near>(nearDeadlines, values)) as Near;
    return {
      recording: { visits: near.visits, ...days },
      acts: { waiting: near.acts, until: near.actsUntil?.toISOString() ?? null },
      qualifications: { volunteers: near.volunteers, until: near.endsOn },
      insurances: { ending: near.insurances, until: near.insuredUntil },
    };
  }
}
