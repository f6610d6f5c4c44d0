import { newId } from '@timebank/kernel';
import type { TestCaller, TestMember } from './test-app';
import { openTwoBanks, type TestBank, type TwoBanks } from './two-banks';
import type supertest from 'supertest';

/** A bank with one of each, and an admin of its own. */
export type WholeBank = TestBank & { client: TestMember; volunteer: TestMember; admin: TestMember };

/** A city of several banks and two admins, where banks are closed. */
export class ClosingCity {
  private constructor(
    readonly two: TwoBanks,
    readonly admin: TestCaller,
    readonly colleague: TestCaller,
  ) {}

  static async open(): Promise<ClosingCity> {
    const two = await openTwoBanks();
    const colleague = await two.city.secondCityAdmin(two.admin, two.home.bankId);
    await two.befriend();
    return new ClosingCity(two, two.admin, colleague);
  }

  today = (): string => this.two.city.clock.now().toISOString().slice(0, 10);
  said = (): { on: string; reasonCode: string; note: string } => ({
    on: this.today(),
    reasonCode: 'work_ended',
    note: 'The street has a new one',
  });
  close = (by: TestCaller, base: string, body: object = this.said()): supertest.Test => by.post(`${base}/close`, body);
  reopen = (by: TestCaller, base: string, body: object = { reasonCode: 'work_resumed' }): supertest.Test => by.post(`${base}/reopen`, body);

  async closeByTwo(base: string): Promise<void> {
    await this.close(this.admin, base).expect(202);
    await this.close(this.colleague, base).expect(200);
  }

  async openBank(name: string): Promise<WholeBank> {
    const { city } = this.two;
    const bankId = await city.openBank(this.admin, name);
    const base = `/api/banks/${bankId}`;
    const { fund, pool } = (await this.admin.get(base).expect(200)).body.accounts;
    const coordinator = await city.register(this.admin, bankId, 'coordinator');
    const client = await city.register(coordinator.caller, bankId, 'client');
    const volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    const admin = await city.register(coordinator.caller, bankId, 'volunteer');
    await this.admin.put(`${base}/roles/${admin.memberId}/admin`).expect(201);
    return { bankId, base, fund, pool, coordinator, client, volunteer, admin };
  }

  /** What a client asks for in an hour. */
  request = ({ client }: WholeBank): object => ({
    clientId: client.memberId,
    serviceKind: 'company',
    startsAt: new Date(this.two.city.clock.now().getTime() + 3_600_000).toISOString(),
    minutes: 60,
  });

  async cancelled(bank: WholeBank): Promise<string> {
    const [requestId, visitId] = [newId(), newId()];
    const { caller } = bank.coordinator;
    await caller.put(`${bank.base}/requests/${requestId}`, this.request(bank)).expect(201);
    await caller.put(`${bank.base}/visits/${visitId}`, { requestId, volunteerId: bank.volunteer.memberId }).expect(201);
    await caller.post(`${bank.base}/requests/${requestId}/cancel`).expect(200);
    return visitId;
  }
}
