import { Injectable } from '@nestjs/common';
import { Interchange, ReadBank, ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { banksOfViewer, type Takes, type Viewer } from './request-view';
import { ShareHours } from './share-hours';

/** What a request `r` also has to be, by a policy; as SQL, null for nothing. */
type Condition = (policy: Policy) => string | null;

/**
 * By today's policy, in a unit that sees `banksOfViewer`. A guest takes nothing while either bank is closed to others. Rooms above register what
 * else nobody can take.
 */
@Injectable()
export class Takeable {
  private readonly conditions: Condition[] = [];

  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
    private readonly shareHours: ShareHours,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  register(condition: Condition): void {
    this.conditions.push(condition);
  }

  async run(viewer: Viewer, bankId: string): Promise<Takes> {
    const isGuest = viewer.homeBankId !== null;
    const mayTake = viewer.isVolunteer && (!isGuest || (await this.interchange.isOpen(banksOfViewer(viewer, bankId))));
    if (viewer.isStaff || !mayTake) return { home: null, sharedBefore: null, alsoAsked: [] };
    const { zone } = await this.readBank.run(bankId);
    const policy = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
    return {
      home: viewer.homeBankId ?? bankId,
      sharedBefore: isGuest ? await this.shareHours.before(bankId) : null,
      alsoAsked: this.conditions.flatMap((condition) => condition(policy) ?? []),
    };
  }
}
