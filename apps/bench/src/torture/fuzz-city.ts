import { describeApi } from '@timebank/contract';
import { onDatabase } from '@timebank/database';
import { ApiProcess } from '../api-process';
import { HttpCaller } from '../http-caller';
import { PrivateDatabase } from '../private-database';
import { cityAdmin, foundSmallCity, planVisit, type SmallCity } from '../small-city';
import { type FuzzReport, fuzz } from './fuzz';
import type { GeneratedRequest, KnownValues } from './generate-request';

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
        known: knownOf(city, visitIds),
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
