import { Injectable } from '@nestjs/common';
import { type Actor, SecondPerson } from '@timebank/access';
import { isWaiting, refuse, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ClosePeople } from '@timebank/members';
import { eligibleMembers, type GrantMonthFound } from './grant-month';
import { PolicyToday } from '../policy-today';

/** Whether a month's grants need two admins, in the unit of work that writes the run. */
@Injectable()
export class TwoForRun {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly closePeople: ClosePeople,
    private readonly secondPerson: SecondPerson,
    private readonly policyToday: PolicyToday,
  ) {}

  /** Before it is read whether the run is there: the same run one after the other. */
  hold(bankId: string, runId: string): Promise<void> {
    return this.secondPerson.hold(bankId, runId);
  }

  /** By two where each is given more than one alone may grant, and where the rule reaches the caller or people close to them. */
  async run(actor: Actor, bankId: string, runId: string, month: string, found: GrantMonthFound): Promise<Waiting | null> {
    const { secondPersonAboveMinutes } = await this.policyToday.run(bankId);
    const eligible = await this.unit.query<{ memberId: string }>(`select member_id from (${eligibleMembers}) eligible`, found.eligible);
    const memberIds = eligible.map(({ memberId }) => memberId);
    const isLarge = found.policy.grantMinutesMonthly > secondPersonAboveMinutes;
    // Nobody could ask the operator of the machine again, so what needs two is done at the desk.
    if (isLarge && actor.roles.length === 0) throw refuse('access/not_allowed');
    const content = { month };
    const isOpen = await this.secondPerson.isOpen(bankId, 'grant_run', runId, content);
    if (!isLarge && !isOpen && (await this.closePeople.run(actor, memberIds)) === null) return null;
    const act = { bankId, kind: 'grant_run' as const, subjectId: runId, content, memberId: null, roles: ['admin'] as const };
    const asked = await this.secondPerson.run(actor, { ...act, reused: 'grants/id_reused' });
    return isWaiting(asked) ? asked : null;
  }
}
