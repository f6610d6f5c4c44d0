import type { DynamicModule, Type } from '@nestjs/common';
import { AccessModule, type Actor, GrantRole } from '@timebank/access';
import { BanksModule, PutBank, PutPolicy } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import { ActivitiesModule } from '@timebank/activities';
import { FamilyModule } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import type { Card, Policy, PolicyKey, RefusalCode, RelationKind, Visit } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { localDate, newId } from '@timebank/kernel';
import { LedgerModule, PostTransfers } from '@timebank/ledger';
import { MembersModule, PutMember, PutRelation } from '@timebank/members';
import { AuditBooks, ReportsModule } from '@timebank/reports';
import { PutRequest, RequestsModule } from '@timebank/requests';
import { DecideVisits, IssueCard, PlanVisit, ScanCard, VisitsModule } from '@timebank/visits';
import { openRooms, testStart, type TestRooms } from './test-rooms';

export type TestPerson = { actor: Actor; memberId: string; accountId: string };
/** A day with a volunteer, a client of 600 minutes and their card; `time` sets the clock to so many minutes after its beginning. */
export type TestDay = { volunteer: TestPerson; client: TestPerson; card: Card; time: (minutes: number) => Date };
export type TestRole = 'volunteer' | 'client' | 'coordinator';

/** One bank on a fresh database, without the HTTP door: people, cards and visits in a line each. Times are minutes from `testStart`. */
export class TestCity {
  readonly bankId = newId();
  private people = 0;
  private days = 0;

  constructor(readonly rooms: TestRooms) {}

  get<Ability>(ability: Type<Ability>): Ability {
    return this.rooms.get(ability);
  }

  /** The clock, at so many minutes after `testStart`. */
  at(minutes: number): Date {
    const instant = new Date(testStart.getTime() + minutes * 60_000);
    this.rooms.clock.set(instant);
    return instant;
  }

  async person(...roles: TestRole[]): Promise<TestPerson> {
    this.people += 1;
    const memberId = newId();
    const memberRoles = roles.filter((role) => role !== 'coordinator');
    const { value } = await this.get(PutMember).run(this.bankId, memberId, {
      name: `Person ${this.people}`,
      birthDate: '1950-02-03',
      roles: memberRoles.length > 0 ? memberRoles : ['volunteer'],
    });
    const { personId } = await this.one<{ personId: string }>('select person_id as "personId" from member where member_id = $1', [
      memberId,
    ]);
    for (const role of roles) await this.get(GrantRole).run({ personId, bankId: this.bankId, role, memberId });
    return {
      memberId,
      accountId: value.accountId,
      actor: { personId, roles: roles.map((role) => ({ role, bankId: this.bankId, memberId })) },
    };
  }

  /** A client with minutes to spend. */
  async client(minutes = 600): Promise<TestPerson> {
    const client = await this.person('client');
    if (minutes > 0) await this.give(client, minutes);
    return client;
  }

  /** Minutes out of the fund, which issuance covers. */
  async give(person: TestPerson, minutes: number): Promise<void> {
    const [transferId, fund] = [newId(), deriveId(this.bankId, 'fund')];
    const [outcome] = await this.get(PostTransfers).run([
      {
        bankId: this.bankId,
        transferId,
        debitAccountId: fund,
        creditAccountId: person.accountId,
        minutes,
        kind: 'grant',
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: null,
        actorId: person.actor.personId,
        effectiveAt: this.rooms.clock.now(),
        holdId: null,
        overflow: null,
        cover: { accountId: deriveId(this.bankId, 'issuance'), transferId: newId(), limitMinutes: null },
      },
    ]);
    if (outcome?.outcome !== 'posted') throw new Error(`the grant was ${outcome?.outcome} ${outcome?.code}`);
  }

  async relate(coordinator: TestPerson, one: TestPerson, other: TestPerson, kind: RelationKind): Promise<void> {
    await this.get(PutRelation).run(coordinator.actor, this.bankId, one.memberId, other.memberId, kind);
  }

  async card(coordinator: TestPerson, client: TestPerson): Promise<Card> {
    return this.get(IssueCard).run(coordinator.actor, this.bankId, client.memberId);
  }

  /** The next day with people of its own, since a pair has three visits a day. */
  async nextDay(coordinator: TestPerson): Promise<TestDay> {
    this.days += 1;
    const start = this.days * 24 * 60;
    const time = (minutes: number) => this.at(start + minutes);
    time(0);
    const volunteer = await this.person('volunteer');
    const client = await this.client();
    return { volunteer, client, card: await this.card(coordinator, client), time };
  }

  async request(by: TestPerson, client: TestPerson, startsAt: Date, minutes = 60, serviceKind = 'company'): Promise<string> {
    const requestId = newId();
    await this.get(PutRequest).run(by.actor, this.bankId, requestId, {
      clientId: client.memberId,
      serviceKind,
      startsAt: startsAt.toISOString(),
      minutes,
    });
    return requestId;
  }

  async plan(by: TestPerson, volunteer: TestPerson, requestId: string): Promise<string> {
    const visitId = newId();
    await this.get(PlanVisit).run(by.actor, this.bankId, visitId, { requestId, volunteerId: volunteer.memberId });
    return visitId;
  }

  /** A request of the coordinator's, taken by the volunteer. */
  async planned(coordinator: TestPerson, volunteer: TestPerson, client: TestPerson, startsAt: Date, minutes = 60): Promise<string> {
    return this.plan(volunteer, volunteer, await this.request(coordinator, client, startsAt, minutes));
  }

  async scan(volunteer: TestPerson, visitId: string, kind: 'in' | 'out', card: string, clientTime?: Date): Promise<Visit> {
    const input = { kind, card, ...(clientTime ? { clientTime: clientTime.toISOString() } : {}) };
    return (await this.get(ScanCard).run(volunteer.actor, this.bankId, visitId, newId(), input)).value;
  }

  async approve(by: TestPerson, visitIds: string[], more: Partial<Parameters<DecideVisits['run']>[3]> = {}) {
    const { value } = await this.get(DecideVisits).run(by.actor, this.bankId, newId(), { visitIds, decision: 'approve', ...more });
    return value.results;
  }

  /** A policy of the bank from today on. */
  async policy<Key extends PolicyKey>(by: TestPerson, key: Key, value: Policy[Key]): Promise<void> {
    const validFrom = localDate(this.rooms.clock.now(), 'Asia/Shanghai');
    await this.get(PutPolicy).run(by.actor, this.bankId, newId(), { key, value, validFrom, source: 'test' });
  }

  async balance(person: TestPerson): Promise<{ balanceMinutes: number; heldOutMinutes: number }> {
    const row = await this.one<{ balance: string; held: string }>(
      'select balance_minutes as balance, held_out_minutes as held from account where account_id = $1',
      [person.accountId],
    );
    return { balanceMinutes: Number(row.balance), heldOutMinutes: Number(row.held) };
  }

  /** Whether every balance follows from the transfers, and the visits say the same. */
  async faults(): Promise<unknown[]> {
    return (await this.get(AuditBooks).run([this.bankId])).faults;
  }

  async one<Row extends object>(sql: string, values: unknown[]): Promise<Row> {
    const [row] = await this.rooms.database.query<Row>(sql, values);
    if (!row) throw new Error('no such row');
    return row;
  }

  close(): Promise<void> {
    return this.rooms.close();
  }
}

/** What a refusal looks like to `rejects.toMatchObject`. */
export const refusal = (code: RefusalCode, parameters: Record<string, unknown> = {}) => ({ name: 'Refusal', code, parameters });

export const testOrigin = 'https://timebank.example';

const visits = () => VisitsModule.forRoot({ origin: testOrigin, originIsPublic: true });

/** Every room of the main line. */
export const mainLine = (opened = visits()): (Type | DynamicModule)[] => [
  AccessModule.forRoot({ secretKey: 'k'.repeat(32) }),
  LedgerModule,
  BanksModule,
  MembersModule,
  ReportsModule,
  RequestsModule,
  CareModule.forRoot(opened),
  TrainingModule.forRoot(opened),
  ActivitiesModule.forRoot(opened),
  FamilyModule.forRoot(opened),
];

/** Opens every room of the main line, and those named, and founds a bank. */
export async function openCity(...more: (Type | DynamicModule)[]): Promise<TestCity> {
  const rooms = await openRooms([...mainLine(), ...more]);
  const city = new TestCity(rooms);
  await rooms.get(PutBank).run(city.bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
  return city;
}
