import { type Actor, GrantRole } from '@timebank/access';
import { PutBank, PutCreditLine } from '@timebank/banks';
import { newId } from '@timebank/kernel';
import { AttendActivity, CloseActivity, JoinActivity, PutActivity } from '@timebank/activities';
import { ImportsModule, RunImports, StageImport, StartImport } from '@timebank/imports';
import type { ImportKind } from '@timebank/contract';
import { CheckpointsModule, SetLimits } from '@timebank/ledger';
import { HoursModule, SettleMember, TransferHours } from '@timebank/hours';
import { CalendarFeeds, PutOffer, PutSeries, RunRounds } from '@timebank/care';
import { ListServiceKinds, PutServiceKind } from '@timebank/requests';
import {
  Availability,
  ClientNeeds,
  Extensions,
  Mentors,
  PatchMember,
  PutExemption,
  PutGuest,
  QualificationKinds,
  ReadMember,
} from '@timebank/members';
import { openCity, TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { AttendSession, CloseCourse, DrawCourse, PutCourse, TakePlace } from '@timebank/training';
import {
  AskAbsentHelpers,
  CallWishes,
  CancelVisit,
  IssueCards,
  KeepRiskReading,
  ListInsured,
  PlanVisit,
  PutInsurance,
} from '@timebank/visits';
import { liveFamily } from './lived-family';
import { liveJoining } from './lived-joining';

/** Where a city keeps its signing key and publishes its checkpoints. */
export type Places = { keyFolder: string; folder: string };

const day = 24 * 60;

/** Two banks of which each kind of row that the audit answers for has a few: visits of every end, grants, a reversal, a leaver, a guest. */
export class LivedBooks {
  private readonly admin: Actor;

  private constructor(
    readonly city: TestCity,
    private readonly home: TestCity,
    private readonly coordinator: TestPerson,
    private readonly colleague: TestPerson,
  ) {
    this.admin = { personId: newId(), roles: [{ role: 'admin', bankId: city.bankId, memberId: null }] };
  }

  static async live(places: Places): Promise<TestCity> {
    const city = await openCity(HoursModule, ImportsModule, CheckpointsModule.forRoot(places));
    const home = new TestCity(city.rooms);
    await city.get(PutBank).run(home.bankId, { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' });
    const books = new LivedBooks(city, home, await city.person('coordinator'), await city.person('coordinator'));
    await books.ofVisits();
    await books.ofOverflow();
    await books.ofHand();
    await books.ofLeaver();
    await books.ofGuest();
    await books.ofCare();
    await books.ofRisk();
    await books.ofLearning();
    await books.ofActivities();
    await books.ofFiles();
    await liveJoining(city, books.coordinator);
    return city;
  }

  private async served(volunteer: TestPerson, client: TestPerson, card: string, from: number): Promise<string> {
    const { city, coordinator } = this;
    const visitId = await city.planned(coordinator, volunteer, client, city.at(from));
    await city.scan(volunteer, visitId, 'in', card);
    city.at(from + 60);
    await city.scan(volunteer, visitId, 'out', card);
    return visitId;
  }

  private servedOn({ volunteer, client, card }: TestDay, from: number): Promise<string> {
    return this.served(volunteer, client, card.url, from);
  }

  /** One approved whole, one shortened, one rejected; one called off, one that waits, one that is planned. */
  private async ofVisits(): Promise<void> {
    const { city, coordinator, colleague } = this;
    for (const days of [1, 2]) {
      const people = await city.nextDay(coordinator);
      const [whole, short, no] = [
        await this.servedOn(people, days * day),
        await this.servedOn(people, days * day + 120),
        await this.servedOn(people, days * day + 240),
      ];
      await city.approve(colleague, [whole]);
      await city.approve(colleague, [short], { creditedMinutes: { [short]: 50 }, reasonCode: 'other' });
      await city.approve(colleague, [no], { decision: 'reject', reasonCode: 'other' });
    }
    const { volunteer, client, card } = await city.nextDay(coordinator);
    const off = await city.planned(coordinator, volunteer, client, city.at(3 * day));
    await city.get(CancelVisit).run(volunteer.actor, city.bankId, off);
    await this.served(volunteer, client, card.url, 3 * day + 120);
    const absent = await city.planned(coordinator, volunteer, client, city.at(3 * day + 300));
    city.at(3 * day + 320);
    await city.get(AskAbsentHelpers).run(city.bankId);
    await city.get(CallWishes).put(volunteer.actor, city.bankId, newId(), { visitId: absent });
    await city.get(ClientNeeds).put(client.actor, city.bankId, client.memberId, { door: 'The bell is broken', pets: 'A dog' });
    await city.get(GrantRole).run({ personId: colleague.actor.personId, bankId: city.bankId, role: 'auditor', memberId: null });
    await city.policy(colleague, 'windowBeforeMinutes', 45);
  }

  private async ofOverflow(): Promise<void> {
    const { city, coordinator, colleague } = this;
    const people = await city.nextDay(coordinator);
    await city.get(SetLimits).run(city.bankId, people.volunteer.accountId, { floorMinutes: 0, ceilingMinutes: 20 });
    await city.approve(colleague, [await this.servedOn(people, 4 * day)]);
  }

  /** Grants by an admin, one of them taken back; and a donation of more than there is, which is refused. */
  private async ofHand(): Promise<void> {
    const { city, admin } = this;
    const { fund, pool } = await city.one<{ fund: string; pool: string }>(
      'select fund_account_id as fund, pool_account_id as pool from bank where bank_id = $1',
      [city.bankId],
    );
    for (const isReversed of [false, true]) {
      const { accountId } = await city.client(0);
      const [transferId, minutes] = [newId(), 120];
      const input = { kind: 'grant' as const, fromAccountId: fund, toAccountId: accountId, minutes, reasonCode: 'welcome' };
      await city.get(TransferHours).run(admin, city.bankId, transferId, input);
      if (!isReversed) continue;
      const back = {
        kind: 'reversal' as const,
        reversesId: transferId,
        fromAccountId: accountId,
        toAccountId: fund,
        minutes,
        reasonCode: 'correction',
      };
      await city.get(TransferHours).run(admin, city.bankId, newId(), back);
    }
    const { actor, accountId } = await city.client(0);
    const donation = { kind: 'donation' as const, fromAccountId: accountId, toAccountId: pool, minutes: 60 };
    await city
      .get(TransferHours)
      .run(actor, city.bankId, newId(), donation)
      .catch(() => undefined);
  }

  /** Leaves something to two others, more than goes below their ceilings, and the rest to the pool. */
  private async ofLeaver(): Promise<void> {
    const { city, admin } = this;
    const [leaver, heir, full] = [await city.client(), await city.person('client'), await city.person('client')];
    await city.relate(this.coordinator, leaver, heir, 'spouse');
    await city.relate(this.coordinator, leaver, full, 'child');
    await city.get(SetLimits).run(city.bankId, heir.accountId, { floorMinutes: 0, ceilingMinutes: 30 });
    await city.get(SetLimits).run(city.bankId, full.accountId, { floorMinutes: 0, ceilingMinutes: 0 });
    await city.get(SettleMember).run(admin, city.bankId, newId(), {
      memberId: leaver.memberId,
      reason: 'moved',
      leftOn: '2026-03-02',
      heirs: [
        { memberId: heir.memberId, minutes: 100 },
        { memberId: full.memberId, minutes: 50 },
      ],
      restTo: null,
    });
  }

  /** A need that comes back, a sheet of cards, somebody exempt, and a client's wish that was set aside with a reason. */
  private async ofCare(): Promise<void> {
    const { city, coordinator } = this;
    const { volunteer, client } = await city.nextDay(coordinator);
    const at = city.at(6 * day);
    const need = { serviceKind: 'company', rule: 'FREQ=WEEKLY', startsOn: '2026-04-02', startTime: '09:00', minutes: 60 };
    await city.get(CalendarFeeds).create(coordinator.actor, 'zh-Hans');
    await city.get(PutSeries).run(coordinator.actor, city.bankId, newId(), { clientId: client.memberId, ...need });
    const asked = await city.request(coordinator, client, city.at(8 * day));
    city.at(6 * day);
    await city.get(RunRounds).run(city.bankId);
    await city
      .get(PutOffer)
      .run(coordinator.actor, city.bankId, newId(), { requestId: asked, volunteerId: (await city.person('volunteer')).memberId });
    const other = await city.person('client');
    await city.get(IssueCards).run(coordinator.actor, city.bankId, newId(), { clientIds: [other.memberId] });
    const exempt = { validUntil: '2099-01-01', note: 'A nurse by trade' };
    await city
      .get(Availability)
      .put(city.bankId, volunteer.memberId, { weekly: [], pauses: [], languages: ['zh'], kinds: [], weekMinutes: 240 });
    await city.get(PutExemption).run(coordinator.actor, city.bankId, volunteer.memberId, 'personal_care', exempt);
    const { version } = await city.get(ReadMember).whole(city.bankId, client.memberId);
    await city.get(PatchMember).run(coordinator.actor, city.bankId, client.memberId, { version, helperWish: 'man' });
    await city.get(PlanVisit).run(coordinator.actor, city.bankId, newId(), {
      requestId: await city.request(coordinator, client, at),
      volunteerId: volunteer.memberId,
      overruleNote: 'Both agreed by phone',
      overrules: ['wish_man'],
    });
  }

  /** A kind of service whose risks somebody has read; an insurance for it, and a list of the insured that somebody took. */
  private async ofRisk(): Promise<void> {
    const { city, coordinator } = this;
    const roofs = { class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 90 } as const;
    const said = { names: { 'zh-Hans': 'Roofs' }, riskText: { 'zh-Hans': 'You may fall.' } };
    await city.get(PutServiceKind).run('roofs', { ...roofs, ...said });
    const version = (await city.get(ListServiceKinds).one('roofs'))?.riskVersion ?? '';
    await city.get(KeepRiskReading).run(coordinator.actor, city.bankId, coordinator.memberId, 'roofs', { version });
    const cover = { insurer: 'PICC', number: 'P 1', from: '2026-01-01', until: '2026-12-31', kinds: ['roofs'] };
    await city.get(PutInsurance).run(city.bankId, newId(), cover);
    await city.get(ListInsured).csv(this.admin, city.bankId, '2026-03-03', 'zh-Hans');
  }

  /** A course that somebody passed, a mentor, a kind of qualification that includes another, and qualifications that lasted longer by one act. */
  private async ofLearning(): Promise<void> {
    const { city, coordinator, colleague } = this;
    const { bankId } = city;
    const [learner, teacher] = [await city.person('volunteer'), await city.person('volunteer')];
    const [courseId, sessionId] = [newId(), newId()];
    const { time } = await city.nextDay(coordinator);
    const now = time(0);
    await city.get(PutCourse).run(coordinator.actor, bankId, courseId, {
      title: 'First aid',
      place: 'Ninghai Road 12',
      places: 2,
      qualification: 'first_aid',
      serviceKinds: ['urgent_help'],
      teachers: [teacher.memberId],
      sessions: [{ sessionId, day: now.toISOString().slice(0, 10), startTime: '20:00', endTime: '21:00' }],
      closesAt: new Date(now.getTime() + 60 * 60_000).toISOString(),
    });
    await city.get(TakePlace).put(learner.actor, bankId, courseId, learner.memberId);
    time(120);
    await city.get(DrawCourse).run(coordinator.actor, bankId, courseId);
    time(12 * 60 + 30);
    const at = { courseId, sessionId };
    for (const { memberId } of [learner, teacher]) await city.get(AttendSession).run(coordinator.actor, bankId, { ...at, memberId }, {});
    await city.get(CloseCourse).run(coordinator.actor, bankId, courseId, { passed: [learner.memberId], payTeachers: false });
    await city.get(Mentors).put(coordinator.actor, bankId, teacher.memberId);
    const ending = { code: 'first_aid', from: '2026-01-01', to: '2099-01-01', validUntil: '2099-06-01', note: 'Courses were closed' };
    const kind = { names: { 'zh-Hans': 'First responder' }, validityMonths: 24, includes: ['first_aid'] };
    await city.get(QualificationKinds).put('first_responder', kind);
    await city.get(Extensions).put(colleague.actor, bankId, newId(), ending);
  }

  /** An activity at which two came, one of them to help; that one may act for the other. */
  private async ofActivities(): Promise<void> {
    const { city, coordinator, colleague } = this;
    const { bankId } = city;
    const { volunteer, client, time } = await city.nextDay(coordinator);
    const activityId = newId();
    const [startsAt, endsAt] = [time(60).toISOString(), time(150).toISOString()];
    time(0);
    await city.policy(colleague, 'activityHoursFrom', 'fund');
    const places = { participantPlaces: 5, helperPlaces: 2 };
    await city.get(PutActivity).run(coordinator.actor, bankId, activityId, { name: 'Singing', startsAt, endsAt, ...places });
    await city.get(JoinActivity).put(volunteer.actor, bankId, activityId, volunteer.memberId, 'helper');
    await city.get(JoinActivity).put(client.actor, bankId, activityId, client.memberId, 'participant');
    time(150);
    const memberIds = [volunteer.memberId, client.memberId];
    await city.get(AttendActivity).run(coordinator.actor, bankId, activityId, { memberIds });
    await city.get(CloseActivity).run(colleague.actor, bankId, activityId);
    await liveFamily(city, { coordinator, client, volunteer, startsAt: time(10_000) });
  }

  /** What the bank kept before, from files: two members, what one had saved, a visit between them. */
  private async ofFiles(): Promise<void> {
    const { city, coordinator } = this;
    const { bankId } = city;
    const files: [ImportKind, string, number?][] = [
      ['members', 'No,Name,Birth date\nX1,Before One,1944-01-01\nX2,Before Two,1945-01-01'],
      ['balances', 'No,Minutes\nX1,90', 90],
      ['visits', 'Volunteer number,Client number,Service,Date,Minutes\nX1,X2,Company,2019-03-01,90'],
    ];
    for (const [kind, text, controlTotal] of files) {
      const file = { name: `${kind}.csv`, bytes: Buffer.from(text) };
      const importId = await city.get(StageImport).run(coordinator.actor, bankId, file, kind);
      await city.get(StartImport).run(coordinator.actor, bankId, importId, { controlTotal });
      await city.get(RunImports).one(bankId, importId);
    }
  }

  /** A volunteer of the other bank helps here; both banks laid down what the other may run up. */
  private async ofGuest(): Promise<void> {
    const { city, home, coordinator, colleague } = this;
    for (const bank of [city, home]) await bank.policy(colleague, 'interchange', true);
    const guest = await home.person('volunteer');
    await city.get(PutGuest).run(guest.actor, city.bankId, guest.memberId, home.bankId);
    await city.get(PutGuest).run(coordinator.actor, city.bankId, guest.memberId, home.bankId);
    for (const minutes of [600, 1_200]) await city.get(PutCreditLine).run(this.admin, city.bankId, home.bankId, minutes);
    const role = { role: 'volunteer' as const, bankId: city.bankId, memberId: guest.memberId, homeBankId: home.bankId };
    const abroad = { ...guest, actor: { ...guest.actor, roles: [...guest.actor.roles, role] } };
    const { client, card } = await city.nextDay(coordinator);
    await city.approve(colleague, [await this.served(abroad, client, card.url, 5 * day)]);
  }
}
