import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ScanInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { openCity, refusal, testOrigin, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CloseDisplay, ListDisplays, OpenDisplay, ReadCardPlace, ReadScreen, ReadShownCode, ScanCard } from '@timebank/visits';
import { RotatingCodes } from './rotating-codes';
import { stepAt } from './rotating.rules';

describe('a display of rotating codes', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let visitId: string;
  let at: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, time: at } = await city.nextDay(coordinator));
    visitId = await city.planned(coordinator, volunteer, client, at(0));
  });
  afterAll(() => city.close());

  const open = (clientId?: string, displayId = newId()) =>
    city.get(OpenDisplay).run(coordinator.actor, city.bankId, displayId, { name: 'Tea room', ...(clientId ? { clientId } : {}) });
  const code = (displayId: string, stepsAway = 0) =>
    `${testOrigin}/r/${city.get(RotatingCodes).make({ displayId, step: stepAt(Date.now()) + stepsAway })}`;
  const scan = async (kind: 'in' | 'out', card: string, more: Partial<ScanInput> = {}, by = volunteer, of = visitId) =>
    (await city.get(ScanCard).run(by.actor, city.bankId, of, newId(), { kind, card, ...more })).value;
  const screenOf = (url: string) => city.get(ReadScreen).run(url.slice(`${testOrigin}/screen/`.length));

  it('shows codes that start and end a visit, which is then as sure as can be', async () => {
    const { value } = await open(client.memberId);
    const shown = await screenOf(value.screenUrl);
    expect(shown).toMatchObject({ name: 'Tea room', bankName: 'Drum Tower', bankPhone: '025-83330000' });
    expect(shown.svg).toContain('<svg');
    expect(shown.lastsMilliseconds).toBeLessThanOrEqual(30_000);
    await scan('in', shown.url);
    at(60);
    expect(await scan('out', code(value.displayId, 1))).toMatchObject({ assurance: 'A3', lane: 'clean', exceptions: [] });
  });

  it('of a service point counts for many volunteers, each with a code of their own moment once', async () => {
    const { displayId } = (await open()).value;
    const other = await city.person('volunteer');
    const otherVisit = await city.planned(coordinator, other, await city.client(), at(0));
    const now = code(displayId);
    await scan('in', now);
    await scan('in', now, {}, other, otherVisit);
    at(60);
    await expect(scan('out', now)).rejects.toMatchObject(refusal('visits/code_used'));
    expect((await scan('out', code(displayId, 1))).state).toBe('ready');
  });

  it.each([
    ['shown too long ago', 'visits/code_expired', (displayId: string) => code(displayId, -4)],
    ['of the future', 'visits/unknown_card', (displayId: string) => code(displayId, 3)],
    ['with another mac', 'visits/unknown_card', (displayId: string) => code(displayId).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
    [
      'of another step under its mac',
      'visits/unknown_card',
      (displayId: string) => code(displayId, -1).replace(/\.\d+\./, `.${stepAt(Date.now())}.`),
    ],
    ['of no display', 'visits/unknown_card', () => code(newId())],
    ['of another host', 'visits/unknown_card', (displayId: string) => code(displayId).replace(testOrigin, 'https://evil.example')],
  ])('refuses a code %s', async (_, refused, codeOf) => {
    const { displayId } = (await open()).value;
    await expect(scan('in', codeOf(displayId))).rejects.toMatchObject(refusal(refused as 'visits/unknown_card'));
  });

  it('of another client is the wrong one, a closed one is revoked and its screen dark', async () => {
    const other = (await open((await city.client()).memberId)).value;
    await expect(scan('in', code(other.displayId))).rejects.toMatchObject(refusal('visits/wrong_card'));
    const own = (await open(client.memberId)).value;
    const close = () => city.get(CloseDisplay).run(coordinator.actor, city.bankId, own.displayId);
    await close();
    await close();
    await expect(scan('in', code(own.displayId))).rejects.toMatchObject(refusal('visits/card_revoked'));
    await expect(screenOf(own.screenUrl)).rejects.toMatchObject(refusal('displays/not_found'));
    await expect(city.get(CloseDisplay).run(coordinator.actor, city.bankId, newId())).rejects.toMatchObject(refusal('displays/not_found'));
  });

  it("shows what to type for it, if it is the bank's: to be used here while it stands, for as long as the code itself", async () => {
    const { displayId, screenUrl } = (await open()).value;
    const { typed } = await screenOf(screenUrl);
    expect(typed).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const read = (text: string) =>
      city.get(UnitOfWork).run([city.bankId], () => city.get(ReadShownCode).run(city.bankId, text, 'body.code'));
    const before = (steps: number, of = displayId) => city.get(RotatingCodes).typed({ displayId: of, step: stepAt(Date.now()) - steps });
    expect(await read(before(1).toLowerCase())).toMatchObject({ displayId });
    await expect(read(before(5))).rejects.toMatchObject(refusal('visits/code_expired'));
    for (const unknown of ['0000-0000', before(-3), before(0, newId())])
      await expect(read(unknown)).rejects.toMatchObject({ code: 'visits/unknown_card' });
    // A visit is begun at its client's: eight characters there are those of a card.
    await expect(scan('in', before(0))).rejects.toMatchObject(refusal('visits/unknown_card'));
    const theirs = (await open(client.memberId)).value;
    expect((await screenOf(theirs.screenUrl)).typed).toBeNull();
    await expect(read(before(0, theirs.displayId))).rejects.toMatchObject({ code: 'visits/unknown_card' });
    await city.get(CloseDisplay).run(coordinator.actor, city.bankId, displayId);
    await expect(read(before(0))).rejects.toMatchObject({ code: 'visits/unknown_card' });
  });

  it('read without signal dates the scan to a minute and a half, whatever the phone says and whenever it arrives', async () => {
    const { displayId } = (await open()).value;
    const arrived = at(120);
    const readAt = arrived.getTime() - 100 * 60_000;
    const visit = await scan('in', code(displayId, -200), { clientTime: new Date(readAt + 40 * 60_000).toISOString() });
    const event = visit.events.at(-1) as { earliest: string; latest: string; at: string };
    expect(Date.parse(event.latest) - Date.parse(event.earliest)).toBe(90_000);
    expect(Math.abs(Date.parse(event.at) - readAt)).toBeLessThan(90_000);
    expect(visit.exceptions.map(({ code: found }) => found)).toContain('CLOCK_SKEW');
  });

  it('leads a stranger to the bank and changes nothing', async () => {
    const { displayId } = (await open()).value;
    const text = code(displayId, -999).split('/r/')[1] as string;
    expect(await city.get(ReadCardPlace).run(null, text)).toMatchObject({ bankName: 'Drum Tower', revoked: false, visit: null });
    expect(await city.get(ReadCardPlace).run(volunteer.actor, text)).toMatchObject({ visit: { visitId, next: 'in' } });
    await expect(city.get(ReadCardPlace).run(null, `${text}x`)).rejects.toMatchObject(refusal('cards/not_found'));
  });

  it('is opened once, for a client of the bank, and listed without its secret', async () => {
    const { displayId, screenUrl } = (await open(client.memberId)).value;
    await expect(open(client.memberId, displayId)).rejects.toMatchObject(refusal('displays/id_reused'));
    await expect(open(newId())).rejects.toMatchObject(refusal('members/not_found'));
    await expect(open(volunteer.memberId)).rejects.toMatchObject(refusal('cards/not_a_client'));
    const { items } = await city.get(ListDisplays).run(city.bankId, { limit: 1 });
    expect(items).toMatchObject([{ displayId, clientId: client.memberId, closedAt: null }]);
    expect(JSON.stringify(items)).not.toContain(screenUrl.slice(-16));
  });
});
