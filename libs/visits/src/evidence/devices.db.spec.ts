import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card, ScanInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, TestPhone, type TestPerson } from '@timebank/testing';
import { ReadDayBundle, RegisterDevice, ScanCard } from '@timebank/visits';
import { Challenges } from './challenges';

describe('the phone behind a scan', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let visitId: string;
  let at: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time: at } = await city.nextDay(coordinator));
    visitId = await city.planned(coordinator, volunteer, client, at(0));
  });
  afterAll(() => city.close());

  const register = (by: TestPerson, { deviceId, publicKey }: Pick<TestPhone, 'deviceId' | 'publicKey'>) =>
    city.get(RegisterDevice).run(by.actor, deviceId, { publicKey });
  const scan = async (
    phone: TestPhone | null,
    kind: 'in' | 'out',
    more: Partial<ScanInput> = {},
    by = volunteer,
    of = visitId,
    deviceId = phone?.deviceId,
  ) => {
    const eventId = newId();
    const input: ScanInput = { kind, card: card.url, ...more };
    const body = phone ? phone.signed(of, eventId, input, deviceId) : input;
    return (await city.get(ScanCard).run(by.actor, city.bankId, of, eventId, body)).value;
  };
  const codes = ({ exceptions }: { exceptions: readonly { code: string }[] }) => exceptions.map(({ code }) => code);

  describe('a key', () => {
    it('is registered once, and by each person who uses the phone', async () => {
      const phone = new TestPhone();
      expect(await register(volunteer, phone)).toEqual({ first: true, value: { done: true } });
      expect(await register(volunteer, phone)).toEqual({ first: false, value: { done: true } });
      expect(await register(client, phone)).toMatchObject({ first: true });
      await expect(register(volunteer, { deviceId: phone.deviceId, publicKey: new TestPhone().publicKey })).rejects.toMatchObject(
        refusal('devices/id_reused'),
      );
    });

    it.each([
      ['of another curve', new TestPhone('secp256k1').publicKey],
      ['that is none', Buffer.from('hello').toString('base64url')],
    ])('%s is refused', async (_, publicKey) => {
      await expect(register(volunteer, { deviceId: newId(), publicKey })).rejects.toMatchObject(refusal('devices/unsound_key'));
    });

    it('is refused as the 51st of a person', async () => {
      for (let index = 0; index < 50; index += 1) await register(volunteer, new TestPhone());
      await expect(register(volunteer, new TestPhone())).rejects.toMatchObject(refusal('devices/too_many'));
    });
  });

  it('that signs with its key is taken without a word', async () => {
    const phone = new TestPhone();
    await register(volunteer, phone);
    await scan(phone, 'in');
    at(60);
    expect(codes(await scan(phone, 'out'))).toEqual(['STATIC_ONLY']);
  });

  it('B5: that had no signal all visit long, and sends it within the hour with its key and the bundle of the morning, is clean', async () => {
    const phone = new TestPhone();
    await register(volunteer, phone);
    const [bundle] = (await city.get(ReadDayBundle).run(volunteer.actor)).visits;
    const challenge = bundle?.challenge as string;
    const [startedAt, endedAt] = [at(0), at(60)].map((time) => time.toISOString());
    at(115);
    await scan(phone, 'in', { clientTime: startedAt as string, challenge });
    const sent = await scan(phone, 'out', { clientTime: endedAt as string, challenge });
    expect(codes(sent)).toEqual(['STATIC_ONLY', 'OFFLINE']);
    expect(sent).toMatchObject({ state: 'ready', lane: 'clean', creditedMinutes: 60 });
  });

  it('is asked for by none who never had one, and missed once one is registered', async () => {
    expect(codes(await scan(null, 'in'))).toEqual(['STATIC_ONLY']);
    at(30);
    await register(volunteer, new TestPhone());
    at(60);
    expect(await scan(null, 'out')).toMatchObject({
      lane: 'yellow',
      exceptions: [{ code: 'NEW_DEVICE', parameters: { why: 'unsigned' } }, {}],
    });
  });

  it('with a forged signature is refused online, and kept and flagged offline', async () => {
    const phone = new TestPhone();
    await register(volunteer, phone);
    const thief = new TestPhone();
    await expect(scan(thief, 'in', {}, volunteer, visitId, phone.deviceId)).rejects.toMatchObject(refusal('scans/bad_signature'));
    const visit = await scan(thief, 'in', { clientTime: at(0).toISOString() }, volunteer, visitId, phone.deviceId);
    expect(visit.exceptions).toContainEqual(expect.objectContaining({ code: 'NEW_DEVICE', parameters: { why: 'signature' } }));
  });

  it('whose signature is of another scan is no proof', async () => {
    const phone = new TestPhone();
    await register(volunteer, phone);
    const eventId = newId();
    const body = phone.signed<ScanInput>(visitId, eventId, { kind: 'in', card: card.url });
    await expect(city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, newId(), body)).rejects.toMatchObject(
      refusal('scans/bad_signature'),
    );
  });

  it('that replaces a lost one is flagged on its first visit and on no other', async () => {
    const [lost, found] = [new TestPhone(), new TestPhone()];
    await register(volunteer, lost);
    await scan(lost, 'in');
    at(60);
    await scan(lost, 'out');
    await register(volunteer, found);
    const visitWith = async (from: number) => {
      const next = await city.planned(coordinator, volunteer, client, at(from), 30);
      await scan(found, 'in', {}, volunteer, next);
      at(from + 30);
      return codes(await scan(found, 'out', {}, volunteer, next));
    };
    expect(await visitWith(70)).toContain('NEW_DEVICE');
    expect(await visitWith(110)).not.toContain('NEW_DEVICE');
  });

  it('that a third person uses on a day is flagged for the third', async () => {
    const phone = new TestPhone();
    const flagged: boolean[] = [];
    for (let index = 0; index < 3; index += 1) {
      const person = await city.person('volunteer');
      const helped = await city.client();
      const helpedCard = await city.card(coordinator, helped);
      await register(person, phone);
      const own = await city.planned(coordinator, person, helped, at(index), 30);
      flagged.push(codes(await scan(phone, 'in', { card: helpedCard.url }, person, own)).includes('SHARED_DEVICE'));
    }
    expect(flagged).toEqual([false, false, true]);
  });

  describe('without signal', () => {
    const bundle = (by = volunteer) => city.get(ReadDayBundle).run(by.actor);

    it('has the visits of three days with no more than it needs', async () => {
      const { visits } = await bundle();
      expect(visits).toEqual([
        expect.objectContaining({ visitId, bankId: city.bankId, bankPhone: '025-83330000', state: 'planned', building: null }),
      ]);
      expect(JSON.stringify(visits)).not.toContain('clientId');
      expect((await bundle(client)).visits).toEqual([]);
    });

    it('a scan was made between the bundle and its arrival, whatever the clock of the phone says', async () => {
      const handedOut = at(5).toISOString();
      const { challenge } = (await bundle()).visits[0] as { challenge: string };
      const clientTime = new Date(at(90).getTime() - 10 * 3_600_000).toISOString();
      const arrived = at(90).toISOString();
      const visit = await scan(null, 'in', { clientTime, challenge });
      expect(visit).toMatchObject({ capturedIn: handedOut });
      expect(visit.events.at(-1)).toMatchObject({ at: handedOut, earliest: handedOut, latest: arrived });
      expect(visit.exceptions).toContainEqual(expect.objectContaining({ code: 'OFFLINE', parameters: { widthMinutes: 85 } }));
      expect(codes(visit)).toContain('CLOCK_SKEW');
    });

    it("another person's or an edited bundle attests nothing", async () => {
      at(-10);
      const { challenge } = (await bundle()).visits[0] as { challenge: string };
      const planned = (await city.one<{ at: Date }>('select created_at as at from visit where visit_id = $1', [visitId])).at.toISOString();
      at(90);
      const other = newId();
      for (const bad of [challenge.replace(/^./, '0'), `${challenge}A`, 'x', city.get(Challenges).make(visitId, other, at(0))]) {
        const eventId = newId();
        const input: ScanInput = { kind: 'in', card: card.url, clientTime: planned, challenge: bad };
        const { value } = await city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, eventId, input);
        expect(value.events.find((event) => event.eventId === eventId)).toMatchObject({ earliest: planned });
      }
    });
  });
});
