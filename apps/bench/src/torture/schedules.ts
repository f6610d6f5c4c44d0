import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';
import { type ScanEvent, type ScanServer, SchedulePhone, faultsOf, sentOf } from '@timebank/web-kit/scanning';
import { tellProgress } from './progress';

export type SchedulesReport = {
  seed: number;
  schedules: number;
  scans: number;
  /** Events that the API was sent, and scans that a person had to look at. */
  sends: number;
  boxed: number;
  /** Scans that were lost, never sent or counted with a wrong time. */
  lost: number;
  firstLost: string[];
  /** Starts and ends that were accepted twice, and ids that were used for two things. */
  doubled: number;
  reused: number;
};

type VisitAnswer = {
  events: { eventId: string; outcome: string; code: string | null }[];
  capturedIn: string | null;
  capturedOut: string | null;
};

const schedulesOfCity = 50;
const volunteersOfCity = 4;

/** The API itself, with a bank for some phones. Row for row what a phone's own `putScan` makes of the answers. */
class ApiServer implements ScanServer {
  sends = 0;
  reused = 0;
  private readonly owners = new Map<string, TestMember>();
  private constructor(
    private readonly app: TestApp,
    private readonly base: string,
    private readonly client: TestMember,
    private readonly code: string,
    private readonly volunteers: readonly TestMember[],
  ) {}

  static async found(app: TestApp, admin: TestCaller): Promise<ApiServer> {
    const bankId = await app.openBank(admin);
    const base = `/api/banks/${bankId}`;
    const desk = (await app.register(admin, bankId, 'coordinator')).caller;
    const client = await app.register(desk, bankId, 'client');
    const volunteers: TestMember[] = [];
    while (volunteers.length < volunteersOfCity) volunteers.push(await app.register(desk, bankId, 'volunteer'));
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: client.accountId, minutes: 3 * schedulesOfCity * 60 };
    const transferId = newId();
    await admin.put(`${base}/transfers/${transferId}`, grant).expect(202);
    await (await app.secondCityAdmin(admin, bankId)).put(`${base}/transfers/${transferId}`, grant).expect(201);
    const { body: card } = await desk.post(`${base}/members/${client.memberId}/cards`).expect(201);
    return new ApiServer(app, base, client, (card as { code: string }).code, volunteers);
  }

  now = () => this.app.clock.now().getTime();
  pass = (milliseconds: number) => this.app.clock.set(new Date(this.now() + milliseconds));
  newId = newId;
  card = (_visitId: string, wrong: boolean) => (wrong ? 'ZZZZZZZZ' : this.code);

  async plan(cancelled: boolean): Promise<string> {
    const [requestId, visitId] = [newId(), newId()];
    const volunteer = this.volunteers[this.owners.size % this.volunteers.length] as TestMember;
    const request = { clientId: this.client.memberId, serviceKind: 'company', startsAt: this.app.clock.now().toISOString(), minutes: 60 };
    await this.client.caller.put(`${this.base}/requests/${requestId}`, request).expect(201);
    await volunteer.caller.put(`${this.base}/visits/${visitId}`, { requestId, volunteerId: volunteer.memberId }).expect(201);
    this.owners.set(visitId, volunteer);
    if (cancelled) await volunteer.caller.post(`${this.base}/visits/${visitId}/cancel`).expect(200);
    return visitId;
  }

  async take({ eventId, visitId, kind, card, clientTime }: ScanEvent) {
    this.sends += 1;
    const scan = { kind, card, ...(clientTime === null ? {} : { clientTime }) };
    const { status, body, headers } = await this.ofOwner(visitId).put(`${this.base}/visits/${visitId}/scans/${eventId}`, scan);
    if (status >= 400) {
      const { code, parameters = {} } = body as { code: string; parameters?: Record<string, unknown> };
      if (code === 'scans/id_reused') this.reused += 1;
      return sentOf({ status, code, parameters, retryAfterSeconds: Number(headers['retry-after'] ?? 0) });
    }
    const event = (body as VisitAnswer).events.findLast((one) => one.eventId === eventId);
    if (event?.outcome === 'refused') return { outcome: 'refused' as const, code: event.code ?? '', parameters: {} };
    return { outcome: 'stored' as const, visit: null };
  }

  async captured(visitId: string, kind: 'in' | 'out'): Promise<number | null> {
    const told = (await this.ofOwner(visitId).get(`${this.base}/visits/${visitId}`).expect(200)).body as VisitAnswer;
    const at = kind === 'in' ? told.capturedIn : told.capturedOut;
    return at === null ? null : Date.parse(at);
  }

  private ofOwner(visitId: string): TestCaller {
    return (this.owners.get(visitId) as TestMember).caller;
  }
}

/**
 * Lives `count` random days of a phone against the API on its database: pages killed at any step, requests and answers lost or late, two
 * tabs, somebody else signed in, clocks an hour wrong, uploads 72 hours late. No scan may be lost, and none be counted twice.
 */
export async function liveSchedules(count: number, seed: number): Promise<SchedulesReport> {
  const report: SchedulesReport = { seed, schedules: 0, scans: 0, sends: 0, boxed: 0, lost: 0, firstLost: [], doubled: 0, reused: 0 };
  const app = await openApp();
  try {
    while (report.schedules < count) {
      // Signing in is by real time, so that a city of months past is left behind with its sessions.
      const server = await ApiServer.found(app, await app.signInAsCityAdmin());
      for (let index = 0; index < schedulesOfCity && report.schedules < count; index += 1) {
        const own = seed + report.schedules;
        const phone = new SchedulePhone(own, server);
        await phone.day();
        await phone.heal();
        const faults = await faultsOf(phone);
        report.lost += faults.length;
        if (faults.length > 0 && report.firstLost.length < 5) report.firstLost.push(`seed ${own}: ${faults.join(', ')}`);
        report.scans += phone.wrote.size;
        report.boxed += phone.store.length;
        report.schedules += 1;
      }
      report.sends += server.sends;
      report.reused += server.reused;
      tellProgress('schedules', report.schedules, count);
    }
    const [row] = await app.database.query<{ doubled: number }>(
      `select count(*)::int as doubled from (
         select from scan_event where outcome = 'accepted' group by bank_id, visit_id, kind having count(*) > 1) twice`,
    );
    report.doubled = row?.doubled ?? 0;
    return report;
  } finally {
    await app.close();
  }
}
