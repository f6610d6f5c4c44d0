import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card, ScanInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { PatchMember, PutQualification, ReadMember } from '@timebank/members';
import { ListRequests, PutRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import {
  CancelVisit,
  ConsentToLocation,
  GetVisit,
  ListVisits,
  PlaceClient,
  ReadCardPlace,
  ReadDayBundle,
  ScanCard,
} from '@timebank/visits';

const home = { latitude: 32.06, longitude: 118.78 };
/** Metres to the north of the home. */
const away = (meters: number) => ({ latitude: home.latitude + meters / 111_195, longitude: home.longitude, accuracyMeters: 20 });

describe('where the phone was at a scan', () => {
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

  const place = (input: Parameters<PlaceClient['run']>[3] = home, of = client.memberId) =>
    city.get(PlaceClient).run(coordinator.actor, city.bankId, of, input);
  const consent = (granted: boolean, by = volunteer) => city.get(ConsentToLocation).run(by.actor, { granted });
  const scan = async (kind: 'in' | 'out', location?: ScanInput['location']) =>
    (await city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, newId(), { kind, card: card.url, location })).value;
  const lanes = ({ exceptions }: { exceptions: readonly { code: string; lane: string }[] }) =>
    Object.fromEntries(exceptions.map(({ code, lane }) => [code, lane]));
  const readBy = (reader: TestPerson) => city.get(GetVisit).run(reader.actor, city.bankId, visitId);

  it('makes a visit surer, with consent and a known home; its distance is shown to the desk only', async () => {
    await place();
    await consent(true);
    await scan('in', away(100));
    at(60);
    expect(await scan('out', away(30))).toMatchObject({ assurance: 'A2', lane: 'clean' });
    expect((await readBy(coordinator)).events.filter(({ kind }) => kind === 'in' || kind === 'out')).toMatchObject([
      { distanceMeters: 100, accuracyMeters: 20 },
      { distanceMeters: 30, accuracyMeters: 20 },
    ]);
    for (const person of [volunteer, client]) expect(JSON.stringify(await readBy(person))).not.toContain('distanceMeters');
  });

  it('is never kept itself, and not looked at without consent', async () => {
    await place();
    await scan('in', away(5_000));
    at(60);
    expect(lanes(await scan('out', away(5_000)))).toEqual({ LOCATION_OFF: 'info', STATIC_ONLY: 'info' });
    const kept = await city.one<{ kept: string }>('select json_agg(s)::text as kept from scan_event s where visit_id = $1', [visitId]);
    expect(kept.kept).not.toContain(String(away(5_000).latitude));
    expect(kept.kept).not.toContain('latitude');
  });

  it('by the same Chinese map is the same place, by another it is far', async () => {
    await place({ ...home, system: 'gcj02' });
    await consent(true);
    await scan('in', { ...home, accuracyMeters: 5, system: 'gcj02' });
    at(60);
    await scan('out', { ...home, accuracyMeters: 5 });
    const [start, end] = (await readBy(coordinator)).events.filter(({ kind }) => kind === 'in' || kind === 'out');
    expect(start?.distanceMeters).toBe(0);
    expect(end?.distanceMeters).toBeGreaterThan(300);
  });

  it('far away is flagged, and approved by a reason', async () => {
    await place();
    await consent(true);
    await scan('in', away(600));
    at(60);
    expect(lanes(await scan('out', away(3_000)))).toMatchObject({ FAR: 'red' });
    const [refused] = await city.approve(coordinator, [visitId], { acknowledge: ['LOCATION_OFF'] });
    expect(refused).toMatchObject({ outcome: 'refused', code: 'visits/must_be_fixed' });
    expect(await city.approve(coordinator, [visitId], { reasonCode: 'travel_explained' })).toMatchObject([{ outcome: 'approved' }]);
  });

  it('consent is one word after another, kept with its time, and the same word once', async () => {
    const read = () => city.get(ConsentToLocation).read(volunteer.actor);
    expect(await read()).toEqual({ granted: false });
    // A no is a word too: nobody is asked again for half a year.
    expect(await consent(false)).toEqual({ first: true, value: { granted: false } });
    expect(await consent(false)).toEqual({ first: false, value: { granted: false } });
    const both = await Promise.all([consent(true), consent(true)]);
    expect(both.map(({ first }) => first).sort()).toEqual([false, true]);
    expect(await read()).toEqual({ granted: true });
    await consent(false);
    await place();
    expect(lanes(await scan('in', away(5_000)))).not.toHaveProperty('FAR');
    expect(await city.get(ConsentToLocation).read(client.actor)).toEqual({ granted: false });
  });

  it('a home is recorded for a client of the bank, and moved without forgetting', async () => {
    expect(await city.get(PlaceClient).read(city.bankId, client.memberId)).toEqual({ place: null });
    expect(await place()).toEqual({ first: true, value: home });
    expect(await place()).toEqual({ first: false, value: home });
    const shifted = await place({ ...home, system: 'gcj02' });
    expect(shifted.first).toBe(true);
    expect(shifted.value).not.toEqual(home);
    expect(await city.get(PlaceClient).read(city.bankId, client.memberId)).toEqual({ place: shifted.value });
    await expect(place(home, volunteer.memberId)).rejects.toMatchObject(refusal('cards/not_a_client'));
    await expect(place(home, newId())).rejects.toMatchObject(refusal('members/not_found'));
    await expect(city.get(PlaceClient).read(city.bankId, newId())).rejects.toMatchObject(refusal('members/not_found'));
  });

  it.each([
    ['company', 'info'],
    ['rehabilitation', 'yellow'],
  ] as const)('off, %s is %s where the bank wants a second signal for kinds with a high risk', async (kind, lane) => {
    await city.policy(coordinator, 'secondSignal', 'high_risk');
    await place();
    await city.get(PutQualification).run(coordinator.actor, city.bankId, volunteer.memberId, 'rehabilitation', '2030-01-01');
    visitId = await city.plan(volunteer, volunteer, await city.request(coordinator, client, at(120), 60, kind));
    await scan('in');
    at(180);
    expect(lanes(await scan('out'))).toEqual({ LOCATION_OFF: lane, STATIC_ONLY: lane });
    await city.policy(coordinator, 'secondSignal', 'info');
  });

  it('a way that nobody can go in the time is flagged', async () => {
    const farClient = await city.client();
    const farCard = await city.card(coordinator, farClient);
    await place();
    await place({ latitude: home.latitude + 0.2, longitude: home.longitude }, farClient.memberId);
    await scan('in');
    at(60);
    await scan('out');
    const next = await city.planned(coordinator, volunteer, farClient, at(65), 30);
    await city.scan(volunteer, next, 'in', farCard.url);
    at(95);
    expect(lanes(await city.scan(volunteer, next, 'out', farCard.url))).toMatchObject({ IMPOSSIBLE_TRAVEL: 'red' });
  });
});

describe('the door of a home, and what is written for whoever comes', () => {
  const address = 'Ninghai Road 12, door 3-502';
  const note = 'Ring twice, please';
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let at: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time: at } = await city.nextDay(coordinator));
    await live(address);
  });
  afterAll(() => city.close());

  const live = (homeAddress: string | null) =>
    city.get(PatchMember).run(coordinator.actor, city.bankId, client.memberId, { version: 1, homeAddress });
  const planned = async (startsAt: Date, place?: string) => {
    const requestId = newId();
    const asked = { clientId: client.memberId, serviceKind: 'company', startsAt: startsAt.toISOString(), minutes: 60, note, place };
    await city.get(PutRequest).run(client.actor, city.bankId, requestId, asked);
    return city.plan(volunteer, volunteer, requestId);
  };
  const read = async (reader: TestPerson, visitId: string) => {
    const { place, homeAddress, note: written } = await city.get(GetVisit).run(reader.actor, city.bankId, visitId);
    return [place, homeAddress, written];
  };

  it('C3: is read by the one who comes, from the moment they have the visit until a day after its end', async () => {
    const visitId = await planned(at(120));
    expect(await read(volunteer, visitId)).toEqual([null, address, note]);
    expect(await read(client, visitId)).toEqual([null, address, note]);
    expect(await read(coordinator, visitId)).toEqual([null, null, note]);
    const [line] = (await city.get(ListVisits).run(volunteer.actor, city.bankId, { volunteerId: volunteer.memberId, limit: 10 })).items;
    expect(line).toMatchObject({ homeAddress: address, note });
    at(119);
    const taken = await city.scan(volunteer, visitId, 'in', card.url);
    expect(taken).toMatchObject({ homeAddress: address, note });
    at(180);
    await city.scan(volunteer, visitId, 'out', card.url);
    at(180 + 24 * 60 - 1);
    expect(await read(volunteer, visitId)).toEqual([null, address, note]);
    at(180 + 24 * 60);
    expect(await read(volunteer, visitId)).toEqual([null, null, null]);
    expect(await read(client, visitId)).toEqual([null, address, note]);
  });

  it('C3: is read by nobody else: not by other volunteers, not in the open list, not by a helper who called it off', async () => {
    const stranger = await city.person('volunteer');
    const open = await city.request(client, client, at(240));
    const { items } = await city.get(ListRequests).run(stranger.actor, city.bankId, { state: 'open', limit: 100 });
    expect(items.find(({ requestId }) => requestId === open)).toMatchObject({ place: null, note: null });
    expect(JSON.stringify(items)).not.toContain(address);
    const visitId = await planned(at(120));
    await expect(read(stranger, visitId)).rejects.toMatchObject(refusal('visits/not_found'));
    const cardOf = async (by: TestPerson | null) => (await city.get(ReadCardPlace).run(by?.actor ?? null, card.url)).visit;
    expect(await cardOf(volunteer)).toMatchObject({ visitId, place: address, note });
    expect([await cardOf(stranger), await cardOf(null)]).toEqual([null, null]);
    expect((await city.get(ReadDayBundle).run(stranger.actor)).visits).toEqual([]);
    const lookAt = (by: TestPerson) => city.get(ReadMember).run(by.actor, city.bankId, client.memberId);
    await expect(lookAt(volunteer)).rejects.toMatchObject(refusal('access/not_allowed'));
    expect([(await lookAt(client)).homeAddress, (await lookAt(coordinator)).homeAddress]).toEqual([address, address]);
    await city.get(CancelVisit).run(volunteer.actor, city.bankId, visitId);
    expect(await read(volunteer, visitId)).toEqual([null, null, null]);
  });

  it('C3: is on the phone for the next hours, of later visits the building only; another place takes its stead', async () => {
    await planned(at(120));
    await planned(at(600), 'Park, east gate');
    await planned(at(30 * 60));
    at(0);
    const { visits } = await city.get(ReadDayBundle).run(volunteer.actor);
    expect(visits.map((visit) => [visit.place, visit.note, visit.building])).toEqual([
      [address, note, 'Ninghai Road'],
      ['Park, east gate', note, 'Park'],
      [null, null, 'Ninghai Road'],
    ]);
    const elsewhere = await planned(at(800), 'Park, east gate');
    expect(await read(volunteer, elsewhere)).toEqual(['Park, east gate', null, note]);
    await city.get(PatchMember).run(coordinator.actor, city.bankId, client.memberId, { version: 2, homeAddress: null });
    expect((await city.get(ReadDayBundle).run(volunteer.actor)).visits[0]).toMatchObject({ place: null, building: null, note });
  });
});
