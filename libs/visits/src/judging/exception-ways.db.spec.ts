import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  exceptionCodes,
  policyDefaults,
  waysOf,
  type Card,
  type ExceptionCode,
  type Policy,
  type PolicyKey,
  type ScanInput,
} from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, type TestCity, type TestDay, TestPhone, type TestPerson } from '@timebank/testing';
import {
  AnswerVisit,
  CancelVisit,
  CloseForgottenVisits,
  ConsentToLocation,
  EnterTimes,
  GetVisit,
  PlaceClient,
  RecordCallBack,
  RecordPastVisit,
  RegisterDevice,
  RevokeCard,
  ScanCard,
} from '@timebank/visits';

const home = { latitude: 32.06, longitude: 118.78 };
const metersNorth = (meters: number) => ({ latitude: home.latitude + meters / 111_195, longitude: home.longitude });

describe('every finding has a way to a paid hour', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let colleague: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  const changed = new Set<PolicyKey>();
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    colleague = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
    for (const key of changed) await city.policy(coordinator, key, policyDefaults[key].value);
    changed.clear();
  });
  afterAll(() => city.close());

  const moment = (minutes: number) => time(minutes).toISOString();
  async function policy<Key extends PolicyKey>(key: Key, value: Policy[Key]): Promise<void> {
    changed.add(key);
    await city.policy(coordinator, key, value);
  }
  const put = (visitId: string, input: Partial<ScanInput> & Pick<ScanInput, 'kind'>, by = volunteer, phone: TestPhone | null = null) => {
    const eventId = newId();
    const body: ScanInput = { card: card.url, ...input };
    return city.get(ScanCard).run(by.actor, city.bankId, visitId, eventId, phone ? phone.signed(visitId, eventId, body) : body);
  };
  const planned = (by = volunteer) => city.planned(coordinator, by, client, time(0));
  /** Scanned online at these minutes, each with what else it brings. */
  async function scanned(start: number | null, end: number | null, more: Partial<ScanInput> = {}, visitId?: string): Promise<string> {
    const visit = visitId ?? (await planned());
    const at = async (kind: 'in' | 'out', minutes: number | null) => {
      if (minutes === null) return;
      time(minutes);
      await put(visit, { kind, ...more });
    };
    await at('in', start);
    await at('out', end);
    return visit;
  }
  /** Off line from the beginning to the end, sent later; the phone's clock may be off. */
  async function offline(sentAt: number, more: Partial<ScanInput> = {}, off = 0): Promise<string> {
    const visitId = await planned();
    const [start, end] = [moment(off), moment(60 + off)];
    time(sentAt);
    await put(visitId, { kind: 'in', clientTime: start, ...more });
    await put(visitId, { kind: 'out', clientTime: end });
    return visitId;
  }
  async function past(from: number, to: number): Promise<string> {
    const [startedAt, endedAt] = [moment(from), moment(to)];
    time(600);
    const people = { clientId: client.memberId, volunteerId: volunteer.memberId };
    const input = { ...people, serviceKind: 'company', startedAt, endedAt, reasonCode: 'paper' };
    return (await city.get(RecordPastVisit).run(coordinator.actor, city.bankId, newId(), input)).value.visitId;
  }
  async function far(meters: number): Promise<string> {
    await city.get(PlaceClient).run(coordinator.actor, city.bankId, client.memberId, home);
    await city.get(ConsentToLocation).run(volunteer.actor, { granted: true });
    return scanned(0, 60, { location: { ...metersNorth(meters), accuracyMeters: 10 } });
  }

  /** How each code arises. Total: a new code has to say how somebody would meet it. */
  const made: Record<ExceptionCode, () => Promise<string>> = {
    MISSING_IN: () => scanned(null, 60),
    MISSING_OUT: async () => {
      const visitId = await scanned(0, null);
      time(301);
      await city.get(CloseForgottenVisits).run(city.bankId);
      return visitId;
    },
    CARD_CLIENT_MISMATCH: async () => offline(90, { card: (await city.card(coordinator, await city.client(0))).url }),
    CARD_REVOKED: async () => {
      await city.get(RevokeCard).run(coordinator.actor, city.bankId, client.memberId, card.cardId);
      return offline(90);
    },
    UNKNOWN_CODE: () => offline(90, { card: 'hello' }),
    OVERLAP: async () => {
      await past(0, 60);
      return past(30, 90);
    },
    IMPOSSIBLE_TRAVEL: async () => {
      const other = await city.client();
      await city.get(PlaceClient).run(coordinator.actor, city.bankId, client.memberId, home);
      await city.get(PlaceClient).run(coordinator.actor, city.bankId, other.memberId, metersNorth(20_000));
      await past(0, 60);
      client = other;
      return past(61, 121);
    },
    UNSCHEDULED: () => scanned(61, 110),
    OVER_CAP: () => past(0, 300),
    CONFLICT_OF_INTEREST: async () => {
      const visitId = await city.plan(volunteer, volunteer, await city.request(colleague, client, time(0)));
      await city.relate(coordinator, volunteer, client, 'sibling');
      return scanned(0, 60, {}, visitId);
    },
    LOCATION_OFF: async () => {
      await policy('secondSignal', 'yellow');
      await city.get(PlaceClient).run(coordinator.actor, city.bankId, client.memberId, home);
      return scanned(0, 60);
    },
    FAR: () => far(5_000),
    EARLY_IN: () => scanned(-20, 60),
    LATE_IN: () => scanned(15, 60),
    EARLY_OUT: () => scanned(0, 40),
    LONGER: () => scanned(0, 70),
    TOO_SHORT: () => scanned(0, 5),
    LATE_SYNC: () => offline(73 * 60 + 61),
    // A phone whose clock is two days behind: beginning and end fall together, and nothing would be paid.
    CLOCK_SKEW: () => offline(90, {}, -2 * 24 * 60),
    NEW_DEVICE: async () => {
      await city.get(RegisterDevice).run(volunteer.actor, newId(), { publicKey: new TestPhone().publicKey });
      return scanned(1, 60);
    },
    SHARED_DEVICE: async () => {
      await policy('sharedDevicePeople', 1);
      const [phone, other] = [new TestPhone(), await city.person('volunteer')];
      for (const one of [volunteer, other]) {
        await city.get(RegisterDevice).run(one.actor, phone.deviceId, { publicKey: phone.publicKey });
        const visitId = await planned(one);
        await put(visitId, { kind: 'in' }, one, phone);
        time(60);
        await put(visitId, { kind: 'out' }, one, phone);
        if (one === other) return visitId;
        time(0);
      }
      throw new Error('nobody else came');
    },
    STATIC_ONLY: async () => {
      await policy('secondSignal', 'yellow');
      return scanned(0, 60);
    },
    MANUAL_ENTRY: () => past(0, 60),
    REPLACEMENT: async () => {
      const requestId = await city.request(coordinator, client, time(0));
      const first = await city.person('volunteer');
      await city.get(CancelVisit).run(first.actor, city.bankId, await city.plan(first, first, requestId));
      return scanned(0, 60, {}, await city.plan(volunteer, volunteer, requestId));
    },
    UNVOUCHED: () => offline(90),
    UNSIGNED: () => offline(90),
    SENT_TOGETHER: () => offline(90),
    CALL_BACK_DUE: async () => {
      await policy('callBackBeforeCredit', true);
      return scanned(0, 60);
    },
    OFFLINE: () => offline(90),
  };

  const read = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);

  /** The ways in the contract's table, taken by people who may: one enters times by hand, another decides. */
  async function settle(visitId: string): Promise<string[]> {
    const { exceptions, creditedMinutes } = await read(visitId);
    const ways = waysOf(exceptions);
    const red = waysOf(exceptions.filter(({ lane }) => lane === 'red'));
    const isWorthless = creditedMinutes === 0 && ways.includes('enter_times');
    if (red.includes('enter_times') || isWorthless) {
      const seen = await read(visitId);
      const start = seen.capturedIn && seen.capturedIn > seen.plannedStart && seen.capturedIn < seen.plannedEnd ? seen.capturedIn : null;
      const late = seen.capturedIn && seen.capturedIn >= seen.plannedEnd ? seen.capturedIn : null;
      const end = late ? new Date(Date.parse(late) + 45 * 60_000).toISOString() : seen.plannedEnd;
      const input = { startedAt: late ?? start ?? seen.plannedStart, endedAt: isWorthless ? seen.plannedEnd : end, reasonCode: 'no_phone' };
      await city
        .get(EnterTimes)
        .run(coordinator.actor, city.bankId, visitId, isWorthless ? { ...input, startedAt: seen.plannedStart } : input);
    }
    if (ways.includes('call_back')) {
      await city.get(RecordCallBack).run(coordinator.actor, city.bankId, visitId, newId(), { result: 'confirmed' });
    }
    const now = await read(visitId);
    const fewer = red.includes('fewer_minutes') ? { creditedMinutes: { [visitId]: Math.min(30, now.creditedMinutes ?? 0) } } : {};
    const acknowledge = now.exceptions.flatMap(({ code, lane }) => (lane === 'yellow' ? [code] : []));
    const [result] = await city.approve(colleague, [visitId], { acknowledge, reasonCode: 'other', ...fewer });
    expect(result).toMatchObject({ outcome: 'approved', transferId: expect.any(String) });
    return ways;
  }

  it.each(exceptionCodes)('F5: %s', async (code) => {
    const visitId = await made[code]();
    const found = (await read(visitId)).exceptions.find((exception) => exception.code === code);
    expect(found).toBeDefined();
    time(24 * 60 + 120);
    if (code === 'LATE_SYNC') time(75 * 60);
    const ways = await settle(visitId);
    expect(ways.length > 0 || found?.lane === 'info').toBe(true);
  });

  it("F5: a client's denial is shortened, or set aside by another person's call", async () => {
    const visitId = await scanned(0, 60);
    await city.get(AnswerVisit).run(client.actor, city.bankId, visitId, newId(), { result: 'not_confirmed' });
    expect((await read(visitId)).exceptions).toContainEqual(expect.objectContaining({ code: 'CALL_BACK_DUE', lane: 'red' }));
    expect(await settle(visitId)).toEqual(['fewer_minutes', 'call_back']);
  });

  it('F5: a visit that was called off while its helper stood there off line is recorded anew', async () => {
    const visitId = await planned();
    await city.get(CancelVisit).run(client.actor, city.bankId, visitId);
    const start = moment(0);
    time(90);
    await put(visitId, { kind: 'in', clientTime: start });
    expect(await read(visitId)).toMatchObject({ state: 'cancelled' });
    await settle(await past(0, 60));
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
  });
});
