import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths, type RouteName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ClosingCity, type TestCaller, type TwoBanks, type WholeBank } from '@timebank/testing';

describe('closed time banks', () => {
  let at: ClosingCity;
  let two: TwoBanks;
  let admin: TestCaller;
  let colleague: TestCaller;

  beforeAll(async () => {
    at = await ClosingCity.open();
    ({ two, admin, colleague } = at);
  });
  afterAll(() => two.city.close());

  describe('once closed', () => {
    let bank: WholeBank;
    let cancelled: string;

    beforeAll(async () => {
      bank = await at.openBank('Closed Street');
      await two.policy(bank, 'interchange', true);
      await two.grant(bank, bank.client.accountId, 60);
      cancelled = await at.cancelled(bank);
      const back = { kind: 'donation', fromAccountId: bank.client.accountId, toAccountId: bank.pool, minutes: 60 };
      await bank.client.caller.put(`${bank.base}/transfers/${newId()}`, back).expect(201);
      await at.closeByTwo(bank.base);
    });

    it('D10: no route of the bank writes, whoever calls', async () => {
      const everybody = await two.city.register(admin, two.home.bankId, 'volunteer');
      for (const role of ['volunteer', 'client', 'coordinator', 'admin']) {
        await two.city.database.query(
          `insert into role (person_id, bank_id, role, member_id, granted_at) select person_id, $2, $3, $1, now() from member where member_id = $1`,
          [everybody.memberId, bank.bankId, role],
        );
      }
      await admin.put(`/api/roles/${everybody.memberId}/admin`).expect(201);
      const goesOn: RouteName[] = ['putBank', 'closeBank', 'reopenBank', 'takeBackAct', 'putScan'];
      const writing = (Object.keys(paths) as RouteName[]).filter((name) => {
        return paths[name][0] !== 'GET' && paths[name][1].startsWith('/api/banks/:bankId') && !goesOn.includes(name);
      });
      expect(writing.length).toBeGreaterThan(35);
      for (const name of writing) {
        const [method, path] = paths[name];
        const url = path
          .replace(':bankId', bank.bankId)
          .replace(':role', 'auditor')
          .replace(/:[A-Za-z]+/g, () => newId());
        const verb = method.toLowerCase() as 'put' | 'post' | 'patch' | 'delete';
        const call = everybody.caller.call(verb, url, method === 'DELETE' || name === 'createImport' ? undefined : {});
        // The one body that is a file.
        const { body, status } = await (name === 'createImport' ? call.attach('file', Buffer.from('name\n'), 'people.csv') : call);
        expect([name, status, body]).toEqual([name, 409, { code: 'banks/closed', parameters: { closedOn: at.today() } }]);
      }
      await two.host.coordinator.caller.put(`${bank.base}/requests/${newId()}`, at.request(bank)).expect(404);
    });

    it('D10: everything is read on, by its people and the city, and sealed', async () => {
      const { base, client } = bank;
      const statement = `${base}/accounts/${client.accountId}/statement.csv`;
      for (const path of ['', '/queue', '/members', '/requests', '/visits', '/letters', '/waiting-acts', '/policies']) {
        await bank.coordinator.caller.get(`${base}${path}`).expect(200);
      }
      for (const path of ['/ledger/trial-balance', '/reports/liability', '/reports/integrity', '/accounts', '/ledger/positions']) {
        await bank.admin.caller.get(`${base}${path}`).expect(200);
      }
      await client.caller.get(statement).expect(200);
      await client.caller.get(`${base}/accounts/${client.accountId}/entries`).expect(200);
      await two.city.anybody.get(`${base}/checkpoints`).expect(200);
      const { banks } = (await admin.get('/api/reports/liability').expect(200)).body;
      expect(banks.map(({ bankId }: { bankId: string }) => bankId)).toContain(bank.bankId);
    });

    it('D10: what founded it is answered again, and nothing else may be founded under its id', async () => {
      const input = { name: 'Closed Street', phone: '025-83330000', timeZone: 'Asia/Shanghai', sameName: true };
      expect((await admin.put(bank.base, input).expect(200)).body.closedOn).toBe(at.today());
      await admin.put(bank.base, { ...input, name: 'Another' }).expect(409);
    });

    it('D10: a scan that a phone kept without signal is not lost: it is a letter, to be answered when the bank is opened again', async () => {
      const { body: bundle } = await bank.volunteer.caller.get('/api/me/day-bundle').expect(200);
      expect(bundle.visits ?? []).toEqual([]);
      const scan = { kind: 'in', card: 'ABCD-EFGH', clientTime: two.city.clock.now().toISOString() };
      const path = `${bank.base}/visits/${cancelled}/scans/${newId()}`;
      await bank.volunteer.caller.put(path, scan).expect(200);
      const { body: letters } = await bank.coordinator.caller.get(`${bank.base}/letters`).expect(200);
      expect(letters.items).toMatchObject([{ volunteerId: bank.volunteer.memberId, state: 'open', visit: { visitId: cancelled } }]);
      const online = await bank.volunteer.caller.put(`${bank.base}/visits/${cancelled}/scans/${newId()}`, {
        kind: 'in',
        card: 'ABCD-EFGH',
      });
      expect([online.status, online.body.code]).toEqual([422, 'visits/unknown_card']);
    });

    it('D10: it is no choice any more: for guests, gifts, credit lines, settlements', async () => {
      const hosts = (await two.guest.caller.get(`${two.home.base}/hosts`).expect(200)).body.items;
      expect(hosts.map(({ bankId }: { bankId: string }) => bankId)).toEqual([two.host.bankId]);
      const donation = {
        kind: 'donation',
        fromAccountId: two.client.accountId,
        toAccountId: bank.pool,
        toBankId: bank.bankId,
        minutes: 10,
      };
      const given = await two.client.caller.put(`${two.host.base}/transfers/${newId()}`, donation).expect(409);
      expect(given.body).toEqual({ code: 'banks/closed', parameters: { closedOn: at.today() } });
      const line = await admin.put(`${two.home.base}/credit-lines/${bank.bankId}`, { creditLineMinutes: 60 }).expect(409);
      expect(line.body.code).toBe('banks/closed');
      const settlement = { creditorBankId: two.home.bankId, debtorBankId: bank.bankId, minutes: 10 };
      expect((await admin.put(`/api/settlements/${newId()}`, settlement).expect(409)).body.code).toBe('banks/closed');
    });
  });

  describe('at the same moment', () => {
    const unit = () => two.city.app.get(UnitOfWork, { strict: false });
    /** Until so many in this database wait for a lock, or what was to wait has ended without. */
    async function untilHeldUp(asked: Promise<unknown>, waiters = 1): Promise<void> {
      let isOver = false;
      void asked.finally(() => (isOver = true));
      for (;;) {
        const waiting = await two.city.database.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (waiting.length >= waiters || isOver) return;
      }
    }
    /** Begins something in a unit that stays open until the spec ends it. */
    function begin(banks: string[], work: () => Promise<unknown>): { begun: Promise<unknown>; letGo: () => void; ended: Promise<unknown> } {
      let letGo = () => {};
      const gate = new Promise<void>((open) => (letGo = open));
      let ended: Promise<unknown> = Promise.resolve();
      const begun = new Promise((started, failed) => {
        ended = unit().run(banks, async () => {
          await work().then(started, failed);
          await gate;
        });
      });
      return { begun, letGo, ended };
    }
    const rows = {
      request: (bank: WholeBank) =>
        unit().query(
          `insert into request (bank_id, request_id, client_id, service_kind, starts_at, ends_at, minutes, state, content_hash, created_by, created_at)
           values ($1, $2, $3, 'company', $4, $4::timestamptz + interval '1 hour', 60, 'open', 'x', $3, $4)`,
          [bank.bankId, newId(), bank.client.memberId, new Date(two.city.clock.now().getTime() + 3_600_000)],
        ),
      closed: (bank: WholeBank) =>
        unit()
          .query('select from bank where bank_id = $1 for update', [bank.bankId])
          .then(() => unit().query('select hold_books($1)', [bank.bankId]))
          .then(() => unit().query('update bank set closed_on = current_date where bank_id = $1', [bank.bankId])),
    };

    it('D10: a closing waits for what is being written, and then sees it', async () => {
      const bank = await at.openBank('North');
      await at.close(admin, bank.base).expect(202);
      const writing = begin([bank.bankId], () => rows.request(bank));
      await writing.begun;
      const closing = at.close(colleague, bank.base).then(({ status, body }) => [status, body.parameters]);
      await untilHeldUp(closing);
      writing.letGo();
      await writing.ended;
      expect(await closing).toEqual([409, { openRequests: 1 }]);
    });

    it('D10: what had passed the door when a bank closed is refused: a request, and a grant', async () => {
      const bank = await at.openBank('South');
      const closing = begin([bank.bankId], () => rows.closed(bank));
      await closing.begun;
      const asked = bank.coordinator.caller.put(`${bank.base}/requests/${newId()}`, at.request(bank)).then(({ body }) => body.code);
      await untilHeldUp(asked);
      const grant = { kind: 'grant', fromAccountId: bank.fund, toAccountId: bank.client.accountId, minutes: 60 };
      const granted = bank.admin.caller.put(`${bank.base}/transfers/${newId()}`, grant).then(({ body }) => body.code);
      await untilHeldUp(granted);
      closing.letGo();
      await closing.ended;
      expect([await asked, await granted]).toEqual(['banks/closed', 'banks/closed']);
      expect(await two.city.database.query('select from transfer where bank_id = $1', [bank.bankId])).toEqual([]);
    });

    /** A bank whose volunteer is a guest at the host. */
    async function openHome(name: string): Promise<WholeBank> {
      const bank = await at.openBank(name);
      await two.policy(bank, 'interchange', true);
      await two.ask(bank.volunteer.caller, two.host, bank.bankId, bank.volunteer.memberId).expect(201);
      await two.ask(two.host.coordinator.caller, two.host, bank.bankId, bank.volunteer.memberId).expect(200);
      return bank;
    }

    it('D10: a closing waits for a plan of one of its volunteers elsewhere, and then sees it', async () => {
      const bank = await openHome('East');
      const requestId = await two.openRequest(60, 'company', 300);
      await at.close(admin, bank.base).expect(202);
      const host = begin([two.host.bankId], () => unit().query('select hold_books($1)', [two.host.bankId]));
      await host.begun;
      const planned = two.take(bank.volunteer.caller, requestId, bank.volunteer.memberId).then(({ status }) => status);
      await untilHeldUp(planned);
      const closing = at.close(colleague, bank.base).then(({ status, body }) => [status, body.parameters]);
      await untilHeldUp(closing, 2);
      host.letGo();
      await host.ended;
      expect(await planned).toBe(201);
      expect(await closing).toEqual([409, { visitsElsewhere: 1 }]);
    });

    it('D10: a plan for a volunteer whose bank is being closed waits, and is refused; so is a guest', async () => {
      const bank = await openHome('Hill');
      const requestId = await two.openRequest(60, 'company', 600);
      const another = bank.admin;
      await two.ask(another.caller, two.host, bank.bankId, another.memberId).expect(201);
      const closing = begin([bank.bankId], () => rows.closed(bank));
      await closing.begun;
      const planned = two
        .take(two.host.coordinator.caller, requestId, bank.volunteer.memberId)
        .then(({ status, body }) => [status, body.code]);
      await untilHeldUp(planned);
      const confirmed = two
        .ask(two.host.coordinator.caller, two.host, bank.bankId, another.memberId)
        .then(({ status, body }) => [status, body.code]);
      await untilHeldUp(confirmed, 2);
      closing.letGo();
      await closing.ended;
      expect([await planned, await confirmed]).toEqual([
        [409, 'banks/closed'],
        [409, 'banks/closed'],
      ]);
    });

    it('D10: a visit of a volunteer whose bank is closed all the same is refused alone; its neighbours are approved, and it may be rejected', async () => {
      const bank = await openHome('Field');
      const { guest } = two;
      two.guest = bank.volunteer;
      const visitId = await two.help();
      two.guest = guest;
      const neighbour = await two.help();
      await two.city.database.query('update bank set closed_on = $2 where bank_id = $1', [bank.bankId, at.today()]);
      expect(await two.approve([visitId, neighbour])).toMatchObject([
        { visitId, outcome: 'refused', code: 'banks/closed', parameters: { closedOn: at.today() } },
        { visitId: neighbour, outcome: 'approved' },
      ]);
      const rejection = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' };
      const { body } = await two.host.coordinator.caller.put(`${two.host.base}/approvals/${newId()}`, rejection).expect(201);
      expect(body.results).toMatchObject([{ visitId, outcome: 'rejected' }]);
    });

    it('D10: both admins at the same moment close it once', async () => {
      const bank = await at.openBank('West');
      const answers = await Promise.all([admin, admin, colleague, colleague].map((by) => at.close(by, bank.base)));
      expect(answers.every(({ status }) => [200, 202].includes(status))).toBe(true);
      expect(await two.city.database.query('select act from bank_closing where bank_id = $1', [bank.bankId])).toEqual([{ act: 'closed' }]);
    });
  });
});
