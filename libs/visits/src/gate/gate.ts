import { Injectable } from '@nestjs/common';
import { BanksOfMembers } from '@timebank/access';
import { Interchange, ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type GateReason, type ImaginedPlan, type Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, Refusal } from '@timebank/kernel';
import type { RequestRow } from '@timebank/requests';
import { reasonsOf, type FoundReason } from './gate.rules';
import { ReadGateFacts } from './read-gate-facts';

export type GatedRequest = Pick<RequestRow, 'bankId' | 'requestId' | 'startsAt'>;
/** What the gate found, the volunteer's home bank where they are a guest, and the policy of the day, which the plan needs too. */
export type GateAnswer = { found: FoundReason[]; homeBankId: string | null; policy: Policy };

/**
 * Everything that stands between a volunteer and a request. Whoever takes, assigns or offers asks here, and so all of them are told the same.
 */
@Injectable()
export class Gate {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly facts: ReadGateFacts,
    private readonly interchange: Interchange,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  /** What the unit must see. */
  async banks(bankId: string, volunteerId: string): Promise<string[]> {
    return [...new Set([bankId, ...(await this.banksOfMembers.run([volunteerId]))])];
  }

  /**
   * For a plan that follows in this unit, which sees `banks`: the volunteer's row at home is locked first, so that the facts show what another plan of
   * theirs, in any bank, has just committed. A guest's row here is locked too, and both banks stay open until the unit ends. Refuses
   * `members/not_found` and `banks/closed`.
   */
  async hold(request: GatedRequest, volunteerId: string, banks: readonly string[], asked?: readonly GateReason[]): Promise<GateAnswer> {
    const homeBankId = await this.lock(request.bankId, volunteerId);
    const bankWithoutInterchange = homeBankId === null ? null : await this.holdOpen([request.bankId, homeBankId]);
    return this.judge(request, volunteerId, banks, bankWithoutInterchange, { asked });
  }

  /** The same for somebody who only asks: nothing is locked. */
  async look(request: GatedRequest, volunteerId: string, banks: readonly string[], imagined?: ImaginedPlan): Promise<GateAnswer> {
    const guest = await this.unit.one<{ homeBankId: string }>(
      `select home_bank_id from guest where bank_id = $1 and member_id = $2 and state = 'confirmed'`,
      [request.bankId, volunteerId],
    );
    const pair = guest ? [request.bankId, guest.homeBankId] : [];
    const open = new Set((await this.interchange.open(pair)).map(({ bankId }) => bankId));
    return this.judge(request, volunteerId, banks, pair.find((bankId) => !open.has(bankId)) ?? null, { imagined });
  }

  private async judge(
    request: GatedRequest,
    volunteerId: string,
    banks: readonly string[],
    bankWithoutInterchange: string | null,
    { asked, imagined }: { asked?: readonly GateReason[] | undefined; imagined?: ImaginedPlan | undefined },
  ): Promise<GateAnswer> {
    const { bankId, requestId } = request;
    const startsAt = imagined?.startsAt === undefined ? request.startsAt : new Date(imagined.startsAt);
    const { zone } = await this.readBank.run(bankId);
    const [policy, [facts]] = await this.unit.together(
      this.readPolicy.run(bankId, localDate(startsAt, zone)),
      this.facts.run(bankId, [requestId], [volunteerId], banks, imagined),
    );
    if (!facts) throw refuse('members/not_found', {}, 'body.volunteerId');
    return { found: reasonsOf({ ...facts, bankWithoutInterchange }, policy, asked), homeBankId: facts.homeBankId, policy };
  }

  private async lock(bankId: string, volunteerId: string): Promise<string | null> {
    const lock = (homeBankId: string) =>
      this.unit.one('select from member where bank_id = $1 and member_id = $2 for no key update', [homeBankId, volunteerId]);
    if (await lock(bankId)) return null;
    const guest = await this.unit.one<{ homeBankId: string }>(
      `select home_bank_id from guest where bank_id = $1 and member_id = $2 and state = 'confirmed' for no key update`,
      [bankId, volunteerId],
    );
    if (!guest) throw refuse('members/not_found', {}, 'body.volunteerId');
    await lock(guest.homeBankId);
    return guest.homeBankId;
  }

  /** Which of the banks takes no part; null where both do, and then they stay open. */
  private async holdOpen(bankIds: readonly string[]): Promise<string | null> {
    try {
      await this.interchange.holdOpen(bankIds);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.code !== 'banks/interchange_off') throw thrown;
      return thrown.parameters['bankId'] as string;
    }
  }
}
