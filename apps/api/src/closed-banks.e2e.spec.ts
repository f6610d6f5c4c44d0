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
        const { body, status } = await everybody.caller.call(verb, url, method === 'DELETE' ? undefined : {});
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
      const given = await two.client.caller.put(`${two.host.base}/transfers/${newId()}`, donation).expect(422);
      expect(given.body).toEqual({ code: 'banks/interchange_off', parameters: { bankId: bank.bankId } });
      const line = await admin.put(`${two.home.base}/credit-lines/${bank.bankId}`, { creditLineMinutes: 60 }).expect(409);
      expect(line.body.code).toBe('banks/closed');
      const settlement = { creditorBankId: two.home.bankId, debtorBankId: bank.bankId, minutes: 10 };
      expect((await admin.put(`/api/settlements/${newId()}`, settlement).expect(409)).body.code).toBe('banks/closed');
    });
  });

  describe('at the same moment', () => {
    const unit = () => two.city.app.get(UnitOfWork, { strict: false });
    /** Until somebody in this database waits for a lock, or what was to wait has ended without. */
    async function untilHeldUp(asked: Promise<unknown>): Promise<void> {
      let isOver = false;
      void asked.finally(() => (isOver = true));
      for (;;) {
        const waiting = await two.city.database.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (waiting.length > 0 || isOver) return;
      }
    }
    /** Begins something in a unit that stays open until it is let go. */
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

    it('D10: both admins at the same moment close it once', async () => {
      const bank = await at.openBank('West');
      const answers = await Promise.all([admin, admin, colleague, colleague].map((by) => at.close(by, bank.base)));
      expect(answers.every(({ status }) => [200, 202].includes(status))).toBe(true);
      expect(await two.city.database.query('select act from bank_closing where bank_id = $1', [bank.bankId])).toEqual([{ act: 'closed' }]);
    });
  });
});
