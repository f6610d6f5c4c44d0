import { newId } from '@timebank/kernel';
import type supertest from 'supertest';
import { openApp, type TestApp, type TestCaller, type TestMember } from './test-app';

export type TestBank = { bankId: string; base: string; fund: string; pool: string; coordinator: TestMember };
export type TestPosition = {
  otherBankId: string;
  otherBankName: string;
  positionMinutes: number;
  creditLineMinutes: number;
  usedPercent: number;
  inFlightMinutes: number;
  oldestInFlightAt: string | null;
};
type DecisionResult = { visitId: string; outcome: string; code?: string; parameters?: Record<string, unknown> };

/** A volunteer at home in one bank, a client of 3,000 minutes in another, and a third bank that has to do with neither. Over HTTP. */
export class TwoBanks {
  guest: TestMember;

  constructor(
    readonly city: TestApp,
    readonly admin: TestCaller,
    readonly banks: { home: TestBank; host: TestBank; third: TestBank },
    people: { guest: TestMember; client: TestMember },
    readonly card: string,
  ) {
    this.guest = people.guest;
    this.client = people.client;
  }

  readonly client: TestMember;
  readonly home = this.banks.home;
  readonly host = this.banks.host;
  readonly third = this.banks.third;

  /** Where the API and both front ends are served. */
  get origin(): string {
    const { port } = this.city.app.getHttpServer().address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  transfer(by: TestCaller, bank: TestBank, body: object, id = newId()): supertest.Test {
    return by.put(`${bank.base}/transfers/${id}`, body);
  }

  grant(bank: TestBank, toAccountId: string, minutes: number): supertest.Test {
    return this.transfer(this.admin, bank, { kind: 'grant', fromAccountId: bank.fund, toAccountId, minutes }).expect(201);
  }

  policy(bank: TestBank, key: string, value: unknown): supertest.Test {
    const validFrom = this.city.clock.now().toISOString().slice(0, 10);
    return this.admin.put(`${bank.base}/policies/${newId()}`, { key, value, validFrom, source: 'test' }).expect(201);
  }

  ask(by: TestCaller, bank: TestBank, homeBankId = this.home.bankId, memberId = this.guest.memberId): supertest.Test {
    return by.put(`${bank.base}/guests/${memberId}`, { homeBankId });
  }

  /** Both banks take part, and the volunteer is confirmed. */
  async befriend(): Promise<void> {
    for (const bank of [this.home, this.host]) await this.policy(bank, 'interchange', true);
    await this.ask(this.guest.caller, this.host).expect(201);
    await this.ask(this.host.coordinator.caller, this.host).expect(200);
  }

  async balance(bank: TestBank, account: string): Promise<number> {
    return (await this.admin.get(`${bank.base}/accounts/${account}`).expect(200)).body.balanceMinutes;
  }

  async position(bank: TestBank, other: TestBank): Promise<TestPosition> {
    const { body } = await this.admin.get(`${bank.base}/ledger/positions`).expect(200);
    return (body.items as TestPosition[]).find(({ otherBankId }) => otherBankId === other.bankId) as TestPosition;
  }

  async openRequest(minutes = 60, serviceKind = 'company', offsetMinutes = 0): Promise<string> {
    const requestId = newId();
    const startsAt = new Date(this.city.clock.now().getTime() + offsetMinutes * 60_000).toISOString();
    const body = { clientId: this.client.memberId, serviceKind, startsAt, minutes };
    await this.host.coordinator.caller.put(`${this.host.base}/requests/${requestId}`, body).expect(201);
    return requestId;
  }

  take(by: TestCaller, requestId: string, volunteerId = this.guest.memberId, visitId = newId()): supertest.Test {
    return by.put(`${this.host.base}/visits/${visitId}`, { requestId, volunteerId });
  }

  scan(visitId: string, kind: 'in' | 'out', by = this.guest): supertest.Test {
    return by.caller.put(`${this.host.base}/visits/${visitId}/scans/${newId()}`, { kind, card: this.card });
  }

  /** Taken and served by the guest, a day later than what was before; waits for approval. */
  async help(minutes = 60): Promise<string> {
    this.city.clock.advance(24 * 60);
    const visitId = newId();
    await this.take(this.guest.caller, await this.openRequest(minutes), this.guest.memberId, visitId).expect(201);
    await this.scan(visitId, 'in').expect(201);
    this.city.clock.advance(minutes);
    await this.scan(visitId, 'out').expect(201);
    return visitId;
  }

  async approve(visitIds: string[], id = newId()): Promise<DecisionResult[]> {
    const { body } = await this.host.coordinator.caller.put(`${this.host.base}/approvals/${id}`, { visitIds, decision: 'approve' });
    return body.results as DecisionResult[];
  }
}

export async function openTwoBanks(): Promise<TwoBanks> {
  const city = await openApp();
  const admin = await city.signInAsCityAdmin();
  const found = async (name: string): Promise<TestBank> => {
    const bankId = await city.openBank(admin, name);
    const base = `/api/banks/${bankId}`;
    const { fund, pool } = (await admin.get(base).expect(200)).body.accounts;
    return { bankId, base, fund, pool, coordinator: await city.register(admin, bankId, 'coordinator') };
  };
  const [home, host, third] = [await found('Drum Tower'), await found('Bell Tower'), await found('Third Street')];
  const guest = await city.register(home.coordinator.caller, home.bankId, 'volunteer');
  const client = await city.register(host.coordinator.caller, host.bankId, 'client');
  const { body } = await host.coordinator.caller.post(`${host.base}/members/${client.memberId}/cards`).expect(201);
  const banks = new TwoBanks(city, admin, { home, host, third }, { guest, client }, body.code);
  await banks.grant(host, client.accountId, 3_000);
  return banks;
}
