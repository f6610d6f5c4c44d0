import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import {
  CloseAccount,
  type NewHold,
  OpenAccounts,
  PlaceHold,
  type Posting,
  PostTransfers,
  ReleaseHolds,
  SealCheckpoints,
  SetLimits,
} from '@timebank/ledger';
import type { BenchRooms } from '../bench-rooms';
import type { Random } from '../random';

type Step = { sides: Pick<Posting, 'debitAccountId' | 'creditAccountId' | 'minutes'>; hold: NewHold };

/** A bank's ledger with everything in it that a ledger can hold, sealed now and then on the way. */
export class LivedLedger {
  private readonly members = Array.from({ length: 5 }, () => newId());
  private readonly issuance = newId();
  private readonly pool = newId();
  private readonly closing = newId();
  private readonly posted: Posting[] = [];

  constructor(
    private readonly rooms: BenchRooms,
    readonly bankId: string,
    private readonly random: Random,
  ) {}

  /** Sixty steps by chance: services with and without holds, refusals, reversals, overflow, changed limits, a closed account. */
  async live(): Promise<void> {
    const { bankId, members, random } = this;
    await this.open();
    const serve = (step: Step) => this.serve(step);
    const ways: ((step: Step) => Promise<unknown>)[] = [
      (step) => this.place(step),
      (step) => this.postHeld(step),
      (step) => this.release(step),
      (step) => this.takeBack(step),
      serve,
      serve,
      serve,
    ];
    for (let step = 0; step < 60; step += 1) {
      const debitAccountId = random.pick(members);
      const creditAccountId = random.pick(members.filter((member) => member !== debitAccountId));
      const hold = { bankId, holdId: newId(), accountId: debitAccountId, minutes: random.integer(1, 40), expiresAt: new Date() };
      await random.pick(ways)({ sides: { debitAccountId, creditAccountId, minutes: random.integer(1, 300) }, hold });
      if (step % 15 === 7) await this.rooms.get(SealCheckpoints).run([bankId]);
      if (step === 30) await this.rooms.get(SetLimits).run(bankId, members[0] as string, { floorMinutes: 0, ceilingMinutes: 5_000 });
    }
    await this.rooms.get(CloseAccount).run(bankId, this.closing);
    await this.post({ debitAccountId: this.pool, creditAccountId: members[1] as string, minutes: 9_000_000, kind: 'gift', class: null });
  }

  private async open(): Promise<void> {
    const { bankId } = this;
    const limited = (accountId: string) => ({ accountId, kind: 'member' as const, ownerId: newId(), floorMinutes: 0, ceilingMinutes: 900 });
    const ownerless = { ownerId: null, ceilingMinutes: null };
    const accounts = [
      { accountId: this.issuance, kind: 'issuance' as const, floorMinutes: null, ...ownerless },
      { accountId: this.pool, kind: 'pool' as const, floorMinutes: 0, ...ownerless },
      ...[this.closing, ...this.members].map(limited),
    ];
    await this.rooms.get(UnitOfWork).run([bankId], () => this.rooms.get(OpenAccounts).run(bankId, accounts));
    const opening = { debitAccountId: this.issuance, minutes: 600, kind: 'opening' as const, class: null };
    for (const creditAccountId of this.members) await this.post({ ...opening, creditAccountId });
    // One of each that chance might leave out.
    await this.postHeld(this.certain());
    await this.release(this.certain());
  }

  private certain(): Step {
    const [debitAccountId, creditAccountId] = this.members as [string, string];
    const hold = { bankId: this.bankId, holdId: newId(), accountId: debitAccountId, minutes: 40, expiresAt: new Date() };
    return { sides: { debitAccountId, creditAccountId, minutes: 30 }, hold };
  }

  /** False when the account has too little. */
  private async place({ hold }: Step): Promise<boolean> {
    return this.rooms
      .get(PlaceHold)
      .run(hold)
      .then(
        () => true,
        () => false,
      );
  }

  private async postHeld(step: Step): Promise<void> {
    if (await this.place(step)) await this.post({ ...step.sides, minutes: 30, holdId: step.hold.holdId });
  }

  private async release(step: Step): Promise<void> {
    if (await this.place(step)) await this.rooms.get(ReleaseHolds).run(this.bankId, [step.hold.holdId]);
  }

  private async serve({ sides }: Step): Promise<void> {
    await this.post({ ...sides, overflow: { accountId: this.pool, transferId: newId() } });
  }

  private async takeBack(step: Step): Promise<void> {
    if (this.posted.length < 7) return this.serve(step);
    const [original] = this.posted.splice(this.random.integer(5, this.posted.length - 1), 1) as [Posting];
    const sides = { debitAccountId: original.creditAccountId, creditAccountId: original.debitAccountId, minutes: original.minutes };
    await this.post({ ...sides, visitId: original.visitId, kind: 'reversal', class: null, reversesId: original.transferId });
  }

  private async post(differences: Partial<Posting>): Promise<void> {
    const content = {
      bankId: this.bankId,
      transferId: newId(),
      debitAccountId: '',
      creditAccountId: '',
      minutes: 1,
      kind: 'service' as const,
    };
    const rest = {
      class: 'verified' as const,
      visitId: newId(),
      reversesId: null,
      memoCode: null,
      actorId: newId(),
      effectiveAt: new Date(),
    };
    const posting: Posting = { ...content, ...rest, holdId: null, overflow: null, cover: null, ...differences };
    const [outcome] = await this.rooms.get(PostTransfers).run([posting]);
    if (outcome?.outcome === 'posted' && outcome.overflowMinutes === 0) this.posted.push(posting);
  }
}
