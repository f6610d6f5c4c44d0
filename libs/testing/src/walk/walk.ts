import { UnitOfWork } from '@timebank/database';
import { newId, Refusal } from '@timebank/kernel';
import {
  AuditLedger,
  CapMembers,
  CloseAccount,
  ExpireHolds,
  OpenAccounts,
  PlaceHold,
  type Posting,
  PostTransfers,
  ReleaseHolds,
  SetLimits,
} from '@timebank/ledger';
import type { TestRooms } from '../test-rooms';
import { refusedWith } from './model-books';
import { ModelLedger } from './model-ledger';
import { modelStanding, type Standing } from './standing';
import { type Chance, pickFrom, WalkBank } from './walk-bank';
import { type Banks, drawPosting, drawReversal, reused } from './walk-postings';

type WalkAnswer = string | readonly string[];
type WalkStep = { what: string; expected: WalkAnswer; answered: Promise<WalkAnswer> };

const day = 86_400_000;

/**
 * Random steps through the ledger of two banks, each taken by the real abilities and by the model. After every step the two must have answered the
 * same, and every account must be the same in database and model: balance, held minutes, floor, ceiling, open or closed, and both banks at zero. A
 * difference is thrown, with the steps that led there.
 */
export class Walk {
  private readonly model = new ModelLedger();
  private readonly sent: Posting[] = [];
  private readonly trail: string[] = [];
  private readonly unit: UnitOfWork;
  readonly banks: Banks;

  private constructor(
    private readonly rooms: TestRooms,
    private readonly standing: Standing,
  ) {
    this.unit = rooms.get(UnitOfWork);
    const actorId = newId();
    this.banks = [new WalkBank(4, actorId), new WalkBank(2, actorId)];
  }

  static async begin(rooms: TestRooms, standing: Standing): Promise<Walk> {
    const walk = new Walk(rooms, standing);
    const [here, there] = walk.banks;
    for (const [bank, other] of [
      [here, there],
      [there, here],
    ] as const) {
      const accounts = bank.firstAccounts(other.bankId);
      walk.model.open(bank.bankId, accounts);
      await rooms.get(OpenAccounts).run(bank.bankId, accounts);
    }
    return walk;
  }

  private get bankIds(): string[] {
    return this.banks.map(({ bankId }) => bankId);
  }

  async step(chance: Chance): Promise<void> {
    const { what, expected, answered } = this.draw(chance);
    const said = [await answered].flat().join(', ');
    this.trail.push(`${what}: ${said}`);
    const wanted = [expected].flat().join(', ');
    if (said !== wanted) this.fail(`the model says ${wanted}`);
    const stands = await this.standing.of(this.bankIds);
    const should = modelStanding(this.model.books, this.bankIds);
    if (stands !== should) this.fail(`the accounts stand so:\n${stands}\nand should so:\n${should}`);
  }

  /** Recomputes both banks from their transfers, chains of hashes included. */
  async end(): Promise<void> {
    const { faults } = await this.rooms.get(AuditLedger).run(this.bankIds);
    if (faults.length > 0) this.fail(`the audit found ${JSON.stringify(faults)}`);
  }

  private fail(difference: string): never {
    throw new Error(`after step ${this.trail.length}: ${difference}\nthe last steps were\n${this.trail.slice(-30).join('\n')}`);
  }

  private draw(chance: Chance): WalkStep {
    const drawn = chance.integer(0, 99);
    if (drawn < 46) return this.send(chance);
    if (drawn < 57) return this.hold(chance);
    if (drawn < 63) return this.release(chance);
    if (drawn < 65) return this.expire(chance);
    if (drawn < 73) return this.again(chance, (posting) => posting);
    if (drawn < 77) return this.again(chance, (posting) => reused(chance, this.model.books, this.banks, posting));
    if (drawn < 88) return this.reverse(chance);
    if (drawn < 92) return this.limits(chance);
    if (drawn < 94) return this.cap(chance);
    if (drawn < 97) return this.close(chance);
    return this.join(chance);
  }

  private post(chance: Chance, postings: readonly Posting[], isNew: boolean): WalkStep {
    if (isNew) this.sent.push(...postings);
    const send = () => this.rooms.get(PostTransfers).run(postings);
    const isInside = chance.integer(0, 7) === 7;
    const answered = isInside ? this.unit.run(this.bankIds, send) : send();
    const lines = answered.then((outcomes) =>
      outcomes.map(({ outcome, code, parameters = {}, postedMinutes, overflowMinutes }) =>
        code === undefined ? `${outcome} ${postedMinutes}+${overflowMinutes}` : refusedWith(code, sortedByKey(parameters)),
      ),
    );
    return { what: `post${isInside ? ' inside' : ''} ${JSON.stringify(postings)}`, expected: this.model.post(postings), answered: lines };
  }

  /** One posting, or several in a call. */
  private send(chance: Chance): WalkStep {
    const count = chance.integer(0, 7) === 7 ? chance.integer(2, 4) : 1;
    const postings = Array.from({ length: count }, () => drawPosting(chance, this.banks, this.model.books));
    return this.post(chance, postings, true);
  }

  private again(chance: Chance, change: (posting: Posting) => Posting): WalkStep {
    if (this.sent.length === 0) return this.send(chance);
    return this.post(chance, [change(pickFrom(chance, this.sent))], false);
  }

  private reverse(chance: Chance): WalkStep {
    if (this.sent.length === 0) return this.send(chance);
    // Half of them of what a cap has split of late, which is rare and where there is most to take back.
    const split = this.sent.slice(-60).filter(({ transferId }) => this.model.books.transfers.get(transferId)?.spilledId);
    const choice = [this.sent.slice(-10), this.sent, split, split][chance.integer(0, 3)] ?? [];
    const original = pickFrom(chance, choice.length > 0 ? choice : this.sent);
    return this.post(chance, [drawReversal(chance, this.banks, this.model.books, original)], true);
  }

  private hold(chance: Chance): WalkStep {
    const bank = pickFrom(chance, this.banks);
    const expiresAt = new Date(this.rooms.clock.now().getTime() + (chance.integer(0, 1) === 0 ? 365 : -1) * day);
    const accountId = pickFrom(chance, bank.members);
    const hold = { bankId: bank.bankId, holdId: newId(), accountId, minutes: chance.integer(1, 300), expiresAt };
    return this.do(`hold ${JSON.stringify(hold)}`, this.model.placeHold(hold), () => this.rooms.get(PlaceHold).run(hold));
  }

  private release(chance: Chance): WalkStep {
    const last = [...this.model.books.holds.values()].slice(-12);
    if (last.length === 0) return this.hold(chance);
    const { bankId, holdId } = pickFrom(chance, last);
    return this.do(`release ${holdId}`, this.model.releaseHold(holdId), () => this.rooms.get(ReleaseHolds).run(bankId, [holdId]));
  }

  private expire(chance: Chance): WalkStep {
    const { bankId } = pickFrom(chance, this.banks);
    const expected = this.model.expireHolds(bankId, this.rooms.clock.now());
    return this.do(`expire ${bankId}`, expected, () => this.rooms.get(ExpireHolds).run(bankId));
  }

  private limits(chance: Chance): WalkStep {
    const { bankId, members, fund, pool, clearing } = pickFrom(chance, this.banks);
    const accountId = pickFrom(chance, [...members, fund, pool, clearing, clearing]);
    const floorMinutes = accountId === clearing ? -chance.integer(0, 1_500) : Math.max(0, chance.integer(-60, 60));
    const ceilingMinutes = accountId === clearing || chance.integer(0, 3) === 0 ? null : chance.integer(200, 2_000);
    const limits = { floorMinutes, ceilingMinutes };
    const expected = this.model.setLimits(accountId, limits);
    return this.do(`limits ${accountId} ${JSON.stringify(limits)}`, expected, () =>
      this.rooms.get(SetLimits).run(bankId, accountId, limits),
    );
  }

  private cap(chance: Chance): WalkStep {
    const { bankId } = pickFrom(chance, this.banks);
    const minutes = chance.integer(300, 1_500);
    return this.do(`cap ${minutes}`, this.model.capMembers(bankId, minutes), () => this.rooms.get(CapMembers).run(bankId, minutes));
  }

  private close(chance: Chance): WalkStep {
    const { bankId, members, pool } = pickFrom(chance, this.banks);
    const accounts = [...members, pool].map((accountId) => this.model.books.account(accountId));
    const empty = accounts.filter((account) => account.balance === 0 && account.held === 0);
    const { accountId } = pickFrom(chance, empty.length > 0 && chance.integer(0, 1) === 0 ? empty : accounts);
    return this.do(`close ${accountId}`, this.model.close(accountId), () => this.rooms.get(CloseAccount).run(bankId, accountId));
  }

  /** A new account takes the place of a closed one. */
  private join(chance: Chance): WalkStep {
    const isClosed = (accountId: string) => this.model.books.account(accountId).isClosed;
    const bank = this.banks.find(({ members, pool }) => [...members, pool].some(isClosed));
    if (!bank) return this.limits(chance);
    const place = bank.members.findIndex(isClosed);
    if (place === -1) bank.pool = newId();
    else bank.members[place] = newId();
    const account = place === -1 ? bank.poolAccount() : bank.memberAccount(bank.members[place] as string, chance.integer(300, 1_500));
    this.model.open(bank.bankId, [account]);
    return this.do(`join ${account.accountId}`, 'done', () => this.rooms.get(OpenAccounts).run(bank.bankId, [account]));
  }

  /** Takes a step that answers nothing or a count, or refuses. */
  private do(what: string, expected: string, run: () => Promise<number | void>): WalkStep {
    const answered = run().then(
      (count) => (count === undefined ? 'done' : `done ${count}`),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return refusedWith(error.code, sortedByKey(error.parameters));
      },
    );
    return { what, expected, answered };
  }
}

const sortedByKey = (parameters: object) =>
  Object.fromEntries(Object.entries(parameters).sort(([left], [right]) => (left < right ? -1 : 1)));
