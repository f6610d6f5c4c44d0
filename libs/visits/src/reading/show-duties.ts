import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, hasRole, isCityAdmin } from '@timebank/access';
import type { DeskHome } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberFilters } from '@timebank/members';
import { dayRange, type Zone } from '@timebank/kernel';
import { PolicyNow } from '../policy-now';
import { dueToRecord } from '../recording-deadline.rules';
import { hoursBefore } from '../waiting.sql';
import { nearDeadlines, silentCount } from './home.sql';
import { silentClients } from './silent-clients.sql';
import { ShowWeeks } from './show-weeks';

/** What is near: three days for times that nobody has entered, two for what a colleague has to confirm. */
const [recordWithinDays, actsWithinHours] = [3, 48];

type Near = { visits: number; acts: number; actsUntil: Date | null; volunteers: number; endsOn: string | null };

/** What a first screen shows beyond the day, by role: silent elders for those who plan, deadlines and weeks for those who answer for the bank. In the caller's unit. */
@Injectable()
export class ShowDuties implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly policyNow: PolicyNow,
    private readonly showWeeks: ShowWeeks,
    private readonly memberFilters: MemberFilters,
  ) {}

  onModuleInit(): void {
    this.memberFilters.register('silent', silentClients);
  }

  async run(actor: Actor, bankId: string, day: string, zone: Zone): Promise<Pick<DeskHome, 'silent' | 'deadlines' | 'weeks'>> {
    const isAdmin = isCityAdmin(actor) || hasRole(actor, 'admin', bankId);
    const isAuditor = hasRole(actor, 'auditor', bankId);
    return {
      silent: isAdmin || hasRole(actor, 'coordinator', bankId) ? await this.silent(bankId) : null,
      deadlines: isAdmin ? await this.deadlines(bankId, day, zone) : null,
      weeks: isAdmin || isAuditor ? await this.showWeeks.run(bankId, day, zone) : null,
    };
  }

  private async silent(bankId: string): Promise<number> {
    return (await this.unit.one<{ silent: number }>(silentCount, [bankId, this.unit.now]))?.silent ?? 0;
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
    };
  }
}
