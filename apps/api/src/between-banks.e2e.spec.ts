import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { AuditBooks } from '@timebank/reports';
import { openTwoBanks, type TestBank, type TestMember, type TwoBanks } from '@timebank/testing';

describe('help between two banks', () => {
  let two: TwoBanks;
  beforeAll(async () => {
    two = await openTwoBanks();
  });
  afterAll(() => two.city.close());

  describe('a guest', () => {
    it('may ask nowhere while a bank keeps to itself', async () => {
      expect((await two.guest.caller.get(`${two.home.base}/hosts`).expect(200)).body.items).toEqual([]);
      expect((await two.ask(two.guest.caller, two.host).expect(422)).body).toMatchObject({ code: 'banks/interchange_off' });
      await two.policy(two.home, 'interchange', true);
      expect((await two.ask(two.guest.caller, two.host).expect(422)).body).toEqual({
        code: 'banks/interchange_off',
        parameters: { bankId: two.host.bankId },
      });
      await two.policy(two.host, 'interchange', true);
      expect((await two.guest.caller.get(`${two.home.base}/hosts`).expect(200)).body.items).toEqual([
        { bankId: two.host.bankId, name: 'Bell Tower', phone: '025-83330000', state: null, isOpen: true },
      ]);
    });

    it('is not confirmed before they have asked', async () => {
      expect((await two.ask(two.host.coordinator.caller, two.host).expect(409)).body.code).toBe('guests/not_asked');
    });

    it('asks for themselves only, and not at home', async () => {
      const other = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'volunteer');
      expect((await two.ask(other.caller, two.host).expect(404)).body.code).toBe('guests/not_found');
      expect((await two.ask(two.home.coordinator.caller, two.host).expect(404)).body.code).toBe('guests/not_found');
      expect((await two.ask(two.admin, two.host).expect(404)).body.code).toBe('guests/not_found');
      expect((await two.ask(two.guest.caller, two.home).expect(422)).body.code).toBe('guests/own_bank');
      expect((await two.ask(two.guest.caller, two.host, newId()).expect(404)).body.code).toBe('members/not_found');
      expect((await two.ask(two.guest.caller, { ...two.host, base: `/api/banks/${newId()}` }).expect(404)).body.code).toBe(
        'banks/not_found',
      );
    });

    it('asks once, is confirmed once, and both may be repeated', async () => {
      const asked = await two.ask(two.guest.caller, two.host).expect(201);
      expect(asked.body).toMatchObject({ state: 'asked', homeBankName: 'Drum Tower', memberId: two.guest.memberId, qualifications: [] });
      expect((await two.ask(two.guest.caller, two.host).expect(200)).body).toEqual(asked.body);
      expect((await two.guest.caller.get(two.host.base).expect(404)).body.code).toBe('request/not_found');
      expect((await two.ask(two.guest.caller, two.host, two.third.bankId).expect(409)).body.code).toBe('guests/id_reused');
      expect((await two.ask(two.host.coordinator.caller, two.host, two.third.bankId).expect(409)).body.code).toBe('guests/id_reused');
      const confirmed = await two.ask(two.host.coordinator.caller, two.host).expect(200);
      expect(confirmed.body.state).toBe('confirmed');
      expect((await two.ask(two.host.coordinator.caller, two.host).expect(200)).body).toEqual(confirmed.body);
      expect((await two.ask(two.guest.caller, two.host).expect(200)).body.state).toBe('confirmed');
      const { body: me } = await two.guest.caller.get('/api/me').expect(200);
      expect(me.banks.map((bank: { name: string }) => bank.name).sort()).toEqual(['Bell Tower', 'Drum Tower']);
      expect(me.member.bankId).toBe(two.home.bankId);
    });

    it('is seen there by name, number, home bank and qualification, and by nothing else', async () => {
      const qualified = `${two.home.base}/members/${two.guest.memberId}/qualifications`;
      await two.home.coordinator.caller.put(`${qualified}/first_aid`, { validUntil: '2027-01-01' }).expect(201);
      await two.home.coordinator.caller.put(`${qualified}/personal_care`, { validUntil: '2026-01-01' }).expect(201);
      const { body } = await two.host.coordinator.caller.get(`${two.host.base}/guests`).expect(200);
      const [line] = body.items;
      expect(line.qualifications).toEqual([{ code: 'first_aid', validUntil: '2027-01-01' }]);
      expect(Object.keys(line).sort()).toEqual([
        'askedAt',
        'bankId',
        'confirmedAt',
        'endedAt',
        'homeBankId',
        'homeBankName',
        'memberId',
        'memberNumber',
        'name',
        'qualifications',
        'state',
      ]);
      await two.host.coordinator.caller.get(`${two.host.base}/members/${two.guest.memberId}`).expect(404);
      await two.host.coordinator.caller.get(`${two.home.base}/members/${two.guest.memberId}`).expect(404);
      await two.guest.caller.get(`${two.host.base}/guests`).expect(403);
      await two.third.coordinator.caller.get(`${two.host.base}/guests`).expect(404);
    });

    it('is still looked after by their own bank alone', async () => {
      await two.home.coordinator.caller
        .patch(`${two.home.base}/members/${two.guest.memberId}`, { version: 1, circumstances: ['low_income'] })
        .expect(200);
      await two.admin.delete(`${two.host.base}/roles/${two.guest.memberId}/volunteer`).expect(404);
      await two.guest.caller.get(`${two.host.base}/accounts/${two.client.accountId}`).expect(403);
      await two.guest.caller.get(`${two.host.base}/accounts/${two.guest.accountId}`).expect(404);
    });
  });

  describe('a visit', () => {
    it('is found, taken, scanned and approved in the bank of the client, and paid at home', async () => {
      const requestId = await two.openRequest();
      const open = await two.guest.caller.get(`${two.host.base}/requests?state=open`).expect(200);
      expect(open.body.items).toMatchObject([{ requestId, place: null }]);
      const visitId = newId();
      await two.take(two.guest.caller, requestId, two.guest.memberId, visitId).expect(201);
      await two.take(two.guest.caller, requestId, two.guest.memberId, visitId).expect(200);
      await two.scan(visitId, 'in').expect(201);
      two.city.clock.advance(50);
      await two.scan(visitId, 'out').expect(201);
      const approvalId = newId();
      const [result] = await two.approve([visitId], approvalId);
      expect(result).toMatchObject({ visitId, outcome: 'approved' });
      expect(await two.approve([visitId], approvalId)).toEqual([result]);

      expect(await two.balance(two.home, two.guest.accountId)).toBe(50);
      expect(await two.balance(two.host, two.client.accountId)).toBe(2_950);
      const entries = async (by: TestMember, bank: TestBank) =>
        (await by.caller.get(`${bank.base}/accounts/${by.accountId}/entries`).expect(200)).body.items[0];
      expect(await entries(two.guest, two.home)).toMatchObject({
        kind: 'service',
        class: 'verified',
        minutes: 50,
        visitId,
        otherAccountKind: 'clearing',
        otherName: 'Bell Tower',
      });
      expect(await entries(two.client, two.host)).toMatchObject({ kind: 'service', minutes: -50, visitId, otherName: 'Drum Tower' });
      const seen = await two.guest.caller.get(`${two.host.base}/visits/${visitId}`).expect(200);
      expect(seen.body).toMatchObject({ state: 'approved', volunteerId: two.guest.memberId });
      expect(seen.body.volunteerName).toMatch(/^volunteer/);
    });

    it('leaves both banks and the pair at zero', async () => {
      for (const bank of [two.home, two.host]) {
        expect((await two.admin.get(`${bank.base}/ledger/trial-balance`).expect(200)).body.sumMinutes).toBe(0);
      }
      const there = { creditLineMinutes: 6_000, inFlightMinutes: 0, oldestInFlightAt: null };
      expect(await two.position(two.home, two.host)).toMatchObject({
        ...there,
        positionMinutes: -50,
        usedPercent: 1,
        otherBankName: 'Bell Tower',
      });
      expect(await two.position(two.host, two.home)).toMatchObject({
        ...there,
        positionMinutes: 50,
        usedPercent: 0,
        otherBankName: 'Drum Tower',
      });
      const all = await two.admin.get('/api/ledger/positions').expect(200);
      expect(all.body.items).toHaveLength(2);
      await two.home.coordinator.caller.get('/api/ledger/positions').expect(403);
      expect((await two.city.app.get(AuditBooks, { strict: false }).run([two.home.bankId, two.host.bankId])).faults).toEqual([]);
    });

    it('may not overlap with one at home, nor the other way round', async () => {
      two.city.clock.advance(24 * 60);
      const atHome = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'client');
      await two.grant(two.home, atHome.accountId, 300);
      const requestId = newId();
      const startsAt = new Date(two.city.clock.now().getTime() + 30 * 60_000).toISOString();
      const wanted = { clientId: atHome.memberId, serviceKind: 'company', startsAt, minutes: 60 };
      await two.home.coordinator.caller.put(`${two.home.base}/requests/${requestId}`, wanted).expect(201);
      const planAtHome = (visitId: string) =>
        two.guest.caller.put(`${two.home.base}/visits/${visitId}`, { requestId, volunteerId: two.guest.memberId });
      const [atHomeId, atHostId] = [newId(), newId()];
      await planAtHome(atHomeId).expect(201);
      const away = await two.openRequest(60);
      expect((await two.take(two.guest.caller, away).expect(409)).body).toEqual({
        code: 'visits/overlapping_plan',
        parameters: { visitId: atHomeId, bankId: two.home.bankId, gate: ['overlaps'] },
      });
      await two.guest.caller.post(`${two.home.base}/visits/${atHomeId}/cancel`).expect(200);
      await two.take(two.guest.caller, away, two.guest.memberId, atHostId).expect(201);
      expect((await planAtHome(newId()).expect(409)).body.code).toBe('visits/overlapping_plan');
      expect((await two.guest.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(409)).body).toEqual({
        code: 'guests/visits_ahead',
        parameters: { visitIds: [atHostId] },
      });
      await two.guest.caller.post(`${two.host.base}/visits/${atHostId}/cancel`).expect(200);
    });

    it('counts what was done at home on the same day', async () => {
      two.city.clock.advance(24 * 60);
      await two.policy(two.host, 'dayCapMinutes', 90);
      const atHome = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'client');
      await two.grant(two.home, atHome.accountId, 300);
      const homeCard = (await two.home.coordinator.caller.post(`${two.home.base}/members/${atHome.memberId}/cards`).expect(201)).body.code;
      const [requestId, visitId, second] = [newId(), newId(), newId()] as [string, string, string];
      const wanted = { clientId: atHome.memberId, serviceKind: 'company', startsAt: two.city.clock.now().toISOString(), minutes: 60 };
      await two.home.coordinator.caller.put(`${two.home.base}/requests/${requestId}`, wanted).expect(201);
      await two.guest.caller.put(`${two.home.base}/visits/${visitId}`, { requestId, volunteerId: two.guest.memberId }).expect(201);
      const scanAtHome = (kind: string) =>
        two.guest.caller.put(`${two.home.base}/visits/${visitId}/scans/${newId()}`, { kind, card: homeCard }).expect(201);
      await scanAtHome('in');
      two.city.clock.advance(60);
      await scanAtHome('out');
      await two.take(two.guest.caller, await two.openRequest(60), two.guest.memberId, second).expect(201);
      await two.scan(second, 'in').expect(201);
      two.city.clock.advance(60);
      const { body } = await two.scan(second, 'out').expect(201);
      expect(body).toMatchObject({ lane: 'red', exceptions: [{ code: 'OVER_CAP', parameters: { cap: 'day', roomMinutes: 30 } }, {}] });
      const fixed = { visitIds: [second], decision: 'approve', reasonCode: 'cap_applied', creditedMinutes: { [second]: 30 } };
      const { body: decided } = await two.host.coordinator.caller.put(`${two.host.base}/approvals/${newId()}`, fixed).expect(201);
      expect(decided.results).toMatchObject([{ outcome: 'approved' }]);
      await two.policy(two.host, 'dayCapMinutes', 480);
    });

    it('asks for what the home bank has recorded as qualification', async () => {
      two.city.clock.advance(24 * 60);
      const bathing = await two.openRequest(60, 'bathing');
      expect((await two.take(two.guest.caller, bathing).expect(422)).body.code).toBe('requests/qualification_needed');
      const urgent = await two.openRequest(60, 'urgent_help', 120);
      const open = await two.guest.caller.get(`${two.host.base}/requests?state=open`).expect(200);
      const ids = open.body.items.map((item: { requestId: string }) => item.requestId);
      expect(ids).toContain(urgent);
      expect(ids).not.toContain(bathing);
      const visitId = newId();
      await two.take(two.host.coordinator.caller, urgent, two.guest.memberId, visitId).expect(201);
      await two.host.coordinator.caller.post(`${two.host.base}/visits/${visitId}/cancel`).expect(200);
    });

    it('is not taken by a volunteer of another bank who is no guest', async () => {
      const stranger = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'volunteer');
      const requestId = await two.openRequest(60, 'company', 300);
      expect((await two.take(stranger.caller, requestId, stranger.memberId).expect(404)).body.code).toBe('request/not_found');
      expect((await two.take(two.host.coordinator.caller, requestId, stranger.memberId).expect(404)).body.code).toBe('members/not_found');
    });

    it('is looked at twice when volunteer and client are related, whichever bank knows it', async () => {
      const daughter = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'volunteer');
      const relation = { kind: 'parent', otherBankId: two.host.bankId };
      const path = `${two.home.base}/members/${daughter.memberId}/relations/${two.client.memberId}`;
      expect((await two.home.coordinator.caller.put(path, { kind: 'parent' }).expect(404)).body.code).toBe('members/not_found');
      await two.home.coordinator.caller.put(path, relation).expect(201);
      await two.home.coordinator.caller.put(path, relation).expect(200);
      await two.ask(daughter.caller, two.host, two.home.bankId, daughter.memberId).expect(201);
      await two.ask(two.host.coordinator.caller, two.host, two.home.bankId, daughter.memberId).expect(200);
      two.city.clock.advance(24 * 60);
      const visitId = newId();
      await two.take(daughter.caller, await two.openRequest(60), daughter.memberId, visitId).expect(201);
      await two.scan(visitId, 'in', daughter).expect(201);
      two.city.clock.advance(60);
      const { body } = await two.scan(visitId, 'out', daughter).expect(201);
      expect(body.exceptions.map(({ code }: { code: string }) => code)).toContain('CONFLICT_OF_INTEREST');
      expect(await two.approve([visitId])).toMatchObject([{ outcome: 'refused', code: 'visits/must_be_fixed' }]);
    });
  });

  describe('an end', () => {
    it('begins nothing new once a bank keeps to itself again, and finishes what runs', async () => {
      two.city.clock.advance(24 * 60);
      const visitId = newId();
      await two.take(two.guest.caller, await two.openRequest(60), two.guest.memberId, visitId).expect(201);
      await two.scan(visitId, 'in').expect(201);
      await two.policy(two.host, 'interchange', false);
      const later = await two.openRequest(30, 'company', 240);
      expect((await two.guest.caller.get(`${two.host.base}/requests?state=open`).expect(200)).body.items).toEqual([]);
      expect((await two.take(two.guest.caller, later).expect(422)).body.code).toBe('banks/interchange_off');
      two.city.clock.advance(60);
      await two.scan(visitId, 'out').expect(201);
      expect(await two.approve([visitId])).toMatchObject([{ outcome: 'approved' }]);
    });

    it('comes from the guest or a coordinator there, and takes the role back', async () => {
      expect((await two.third.coordinator.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(404)).body.code).toBe(
        'guests/not_found',
      );
      expect((await two.home.coordinator.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(404)).body.code).toBe(
        'guests/not_found',
      );
      await two.host.coordinator.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(200);
      await two.guest.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(200);
      await two.guest.caller.get(`${two.host.base}/requests`).expect(404);
      expect((await two.ask(two.host.coordinator.caller, two.host).expect(409)).body.code).toBe('guests/not_asked');
      expect((await two.ask(two.guest.caller, two.host).expect(422)).body.code).toBe('banks/interchange_off');
      await two.policy(two.host, 'interchange', true);
      await two.ask(two.guest.caller, two.host).expect(201);
      await two.ask(two.host.coordinator.caller, two.host).expect(200);
      await two.guest.caller.get(`${two.host.base}/requests`).expect(200);
    });
  });
});
