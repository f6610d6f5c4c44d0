import { describeApi } from '@timebank/contract';
import { onDatabase } from '@timebank/database';
import { localDate, newId } from '@timebank/kernel';
import { ApiProcess } from '../api-process';
import { HttpCaller } from '../http-caller';
import { PrivateDatabase } from '../private-database';
import { cityAdmin, foundSmallCity, planVisit, type SmallCity } from '../small-city';
import { type FuzzReport, fuzz } from './fuzz';
import type { GeneratedRequest, KnownValues } from './generate-request';

/** What comes back by itself: two series with a regular each, and of the dates that they laid one that is offered. */
async function layCare(caller: HttpCaller, city: SmallCity): Promise<Record<'seriesId' | 'requestId' | 'offerId', string[]>> {
  const base = `/api/banks/${city.bankId}`;
  const laid = { seriesId: [] as string[], requestId: [] as string[], offerId: [] as string[] };
  const tomorrow = localDate(new Date(Date.now() + 86_400_000), 'Asia/Shanghai');
  for (const [index, client] of city.clients.slice(0, 2).entries()) {
    const seriesId = newId();
    const need = {
      clientId: client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=DAILY',
      startsOn: tomorrow,
      startTime: '20:00',
      minutes: 30,
    };
    await caller.must('PUT', `${base}/series/${seriesId}`, { ...need, helpersNeeded: index + 1 }, city.coordinatorToken);
    await caller.must('PUT', `${base}/series/${seriesId}/regulars/${city.volunteers[index]?.memberId}`, {}, city.coordinatorToken);
    const dates = await caller.must<{ items: { requestId: string }[] }>(
      'GET',
      `${base}/requests?seriesId=${seriesId}`,
      undefined,
      city.coordinatorToken,
    );
    laid.seriesId.push(seriesId);
    laid.requestId.push(...dates.items.map(({ requestId }) => requestId));
  }
  const [offerId, requestId] = [newId(), laid.requestId.at(-1)];
  await caller.must('PUT', `${base}/offers/${offerId}`, { requestId, volunteerId: city.volunteers[3]?.memberId }, city.coordinatorToken);
  return { ...laid, offerId: [offerId] };
}

/** What a desk lays down beside visits: courses, activities and an insurance, with somebody in each. */
async function layDesk(
  caller: HttpCaller,
  city: SmallCity,
): Promise<Record<'courseId' | 'sessionId' | 'activityId' | 'insuranceId', string[]>> {
  const base = `/api/banks/${city.bankId}`;
  const laid = { courseId: [] as string[], sessionId: [] as string[], activityId: [] as string[], insuranceId: [] as string[] };
  const day = (days: number) => localDate(new Date(Date.now() + days * 86_400_000), 'Asia/Shanghai');
  const must = (path: string, body: object) => caller.must('PUT', `${base}/${path}`, body, city.coordinatorToken);
  const whole = { name: 'Singing', participantPlaces: 1, helperPlaces: 1 };
  for (const days of [3, 5]) {
    const [courseId, sessionId, activityId] = [newId(), newId(), newId()];
    const session = { sessionId, day: day(days), startTime: '09:00', endTime: '11:00' };
    const closesAt = new Date(Date.now() + 86_400_000).toISOString();
    await must(`courses/${courseId}`, { title: 'First aid', place: 'Hall', places: 1, sessions: [session], closesAt });
    const startsAt = new Date(Date.now() + days * 86_400_000).toISOString();
    await must(`activities/${activityId}`, { ...whole, startsAt, endsAt: new Date(Date.parse(startsAt) + 3_600_000).toISOString() });
    for (const { memberId } of city.volunteers.slice(0, 2)) {
      await must(`courses/${courseId}/places/${memberId}`, {});
      await must(`activities/${activityId}/places/${memberId}`, { as: 'helper' });
    }
    laid.courseId.push(courseId);
    laid.sessionId.push(sessionId);
    laid.activityId.push(activityId);
  }
  const insuranceId = newId();
  const insurance = { insurer: 'PICC', number: 'P 1', from: day(0), until: day(90), kinds: null };
  await caller.must('PUT', `${base}/insurances/${insuranceId}`, insurance, city.adminToken);
  return { ...laid, insuranceId: [insuranceId] };
}

/** A volunteer may do everything for a client, one that is over, a number that nobody has, and an elder of whom somebody told. */
async function layFamily(
  caller: HttpCaller,
  city: SmallCity,
): Promise<Record<'proxyId' | 'contactId' | 'findingId' | 'phone' | 'personId', string[]>> {
  const base = `/api/banks/${city.bankId}`;
  const [acts, ended, contactId, findingId] = [newId(), newId(), newId(), newId()];
  const validUntil = localDate(new Date(Date.now() + 30 * 86_400_000), 'Asia/Shanghai');
  const word = { name: 'Neighbour', relation: 'neighbour', validUntil, confirmedHow: 'counter' };
  const scopes = ['see', 'ask', 'cancel', 'answer', 'be_told', 'give'];
  for (const [index, proxyId] of [acts, ended].entries()) {
    const whose = { clientId: city.clients[index]?.memberId, personId: city.volunteers[index + 1]?.memberId };
    await caller.must('PUT', `${base}/proxies/${proxyId}`, { ...word, ...whose, scopes }, city.coordinatorToken);
  }
  await caller.must('POST', `${base}/proxies/${ended}/end`, { reasonCode: 'client_wish' }, city.coordinatorToken);
  await caller.must('PUT', `${base}/contacts/${contactId}`, { phone: '025-83330077' }, city.coordinatorToken);
  await caller.must('PUT', `${base}/findings/${findingId}`, { finder: 'shop', who: 'Upstairs', what: 'Not seen' }, city.coordinatorToken);
  const people = city.volunteers.map(({ memberId }) => memberId);
  return {
    proxyId: [acts, ended],
    contactId: [contactId],
    findingId: [findingId],
    phone: ['025-83330077', '13811112222'],
    personId: people,
  };
}

/** Rules that lay dates, and rules that must not. */
const rules = [
  'FREQ=WEEKLY;BYDAY=MO,TH',
  'FREQ=DAILY;INTERVAL=2;COUNT=10',
  'FREQ=MONTHLY;BYDAY=5FR',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;COUNT=10000',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=DAILY;INTERVAL=1000000000',
  'FREQ=SECONDLY',
  'FREQ=DAILY;UNTIL=99991231T000000Z',
];

function knownOf(city: SmallCity, visitIds: string[]): KnownValues {
  const people = [...city.volunteers, ...city.clients];
  const members = people.map((person) => person.memberId);
  const accounts = [...people.map((person) => person.accountId), city.fundAccountId, city.poolAccountId];
  return {
    bankId: [city.bankId],
    memberId: members,
    otherMemberId: members,
    clientId: city.clients.map((client) => client.memberId),
    volunteerId: city.volunteers.map((volunteer) => volunteer.memberId),
    accountId: accounts,
    fromAccountId: accounts,
    toAccountId: accounts,
    visitId: visitIds,
    card: city.clients.map((client) => client.cardToken),
    token: city.clients.map((client) => client.cardToken),
    serviceKind: ['company', 'meal', 'bathing'],
    timeZone: ['Asia/Shanghai', 'Asia/Tokyo'],
    role: ['volunteer', 'client', 'coordinator', 'auditor'],
    rule: rules,
    startTime: ['09:00', '23:59', '24:00'],
  };
}

async function sumOf(databaseUrl: string): Promise<number> {
  return onDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ sum: string }>('select coalesce(sum(balance_minutes), 0) as sum from account');
    return Number(rows[0]?.sum);
  });
}

/** Fuzzes a real API over HTTP on a fresh city with requests, visits and cards, as every kind of caller. */
export async function fuzzFreshCity(count: number, seed: number): Promise<FuzzReport> {
  const database = await PrivateDatabase.open();
  const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
  const caller = new HttpCaller(api.origin);
  try {
    const city = await foundSmallCity(caller, { volunteers: 4, clients: 4, grantMinutes: 5_000 });
    const visitIds: string[] = [];
    for (const [index, volunteer] of city.volunteers.entries()) {
      const client = city.clients[index] as SmallCity['clients'][number];
      for (const hours of [0, 1, 2])
        visitIds.push(await planVisit(caller, city, volunteer, client, new Date(Date.now() + hours * 3_600_000)));
    }
    return await fuzz(
      {
        description: describeApi(),
        known: {
          ...knownOf(city, visitIds),
          ...(await layCare(caller, city)),
          ...(await layDesk(caller, city)),
          ...(await layFamily(caller, city)),
        },
        tokens: [
          null,
          'not-a-token',
          city.adminToken,
          city.coordinatorToken,
          ...city.volunteers.map((one) => one.token),
          ...city.clients.map((one) => one.token),
        ],
        send: async ({ method, url, rawBody, contentType }: GeneratedRequest, token) => {
          const answer = await caller.sendRaw(method, url, rawBody, contentType, token);
          return { status: answer.status, body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) };
        },
        checkInvariants: async () => {
          const sum = await sumOf(database.superuserUrl);
          if (sum !== 0) throw new Error(`the ledger sums to ${sum}`);
        },
      },
      count,
      seed,
    );
  } finally {
    caller.close();
    await api.end();
    await database.close();
  }
}
