import { localDate, newId } from '@timebank/kernel';
import type { HttpCaller } from './http-caller';

export const cityAdmin = { phone: '13900000000', password: 'measuring-0' };

export type Person = { memberId: string; accountId: string; token: string };
export type SmallCity = {
  bankId: string;
  fundAccountId: string;
  poolAccountId: string;
  adminToken: string;
  coordinatorToken: string;
  volunteers: Person[];
  clients: (Person & { cardToken: string })[];
};

type Member = { memberId: string; accountId: string };
/** Answers the token. */
export const signIn = async (caller: HttpCaller, phone: string, password: string): Promise<string> =>
  (await caller.must<{ token: string }>('POST', '/api/sessions', { phone, password }, null)).token;

/** A bank with a coordinator, volunteers and clients with cards and `grantMinutes` each, made over HTTP as anyone would. */
export async function foundSmallCity(
  caller: HttpCaller,
  size: { volunteers: number; clients: number; grantMinutes: number },
): Promise<SmallCity> {
  const adminToken = await signIn(caller, cityAdmin.phone, cityAdmin.password);
  const bankId = newId();
  const base = `/api/banks/${bankId}`;
  const bank = await caller.must<{ accounts: { fund: string; pool: string } }>(
    'PUT',
    base,
    { name: 'Measured', phone: '025-88880000', timeZone: 'Asia/Shanghai' },
    adminToken,
  );
  // One admin grants here what two would have to want: the city lifts the limit of what one may.
  const { now } = await caller.must<{ now: string }>('GET', '/api/me', undefined, adminToken);
  const rule = {
    key: 'secondPersonAboveMinutes',
    value: Math.max(6_000, size.grantMinutes),
    validFrom: localDate(new Date(now), 'Asia/Shanghai'),
    source: 'bench',
  };
  await caller.must('PUT', `/api/policies/${newId()}`, rule, adminToken);
  let serial = 0;
  const register = async (role: 'volunteer' | 'client', token: string): Promise<Person> => {
    serial += 1;
    const phone = `138${String(serial).padStart(8, '0')}`;
    const member = await caller.must<Member>(
      'PUT',
      `${base}/members/${newId()}`,
      { name: `Person ${serial}`, birthDate: '1950-01-01', roles: [role], phone, password: `measuring-${serial}` },
      token,
    );
    const own = await signIn(caller, phone, `measuring-${serial}`);
    // Until a password is one's own, nothing is given away with it, and whoever chose it approves none of one's visits.
    const change = { oldPassword: `measuring-${serial}`, newPassword: `measured by myself ${serial}` };
    await caller.must('PUT', '/api/me/password', change, own);
    return { ...member, token: own };
  };
  const coordinator = await register('volunteer', adminToken);
  await caller.must('PUT', `${base}/coordinators/${coordinator.memberId}`, {}, adminToken);
  const volunteers: Person[] = [];
  for (let index = 0; index < size.volunteers; index += 1) volunteers.push(await register('volunteer', coordinator.token));
  const clients: SmallCity['clients'] = [];
  for (let index = 0; index < size.clients; index += 1) {
    const client = await register('client', coordinator.token);
    const card = await caller.must<{ url: string }>('POST', `${base}/members/${client.memberId}/cards`, {}, coordinator.token);
    await caller.must(
      'PUT',
      `${base}/transfers/${newId()}`,
      {
        kind: 'grant',
        fromAccountId: bank.accounts.fund,
        toAccountId: client.accountId,
        minutes: size.grantMinutes,
      },
      adminToken,
    );
    clients.push({ ...client, cardToken: card.url.split('/s/')[1] as string });
  }
  return {
    bankId,
    fundAccountId: bank.accounts.fund,
    poolAccountId: bank.accounts.pool,
    adminToken,
    coordinatorToken: coordinator.token,
    volunteers,
    clients,
  };
}

/** A request taken by a volunteer, its start a minute ago; answers the visit's id. */
export async function planVisit(caller: HttpCaller, city: SmallCity, volunteer: Person, client: Person, startsAt: Date): Promise<string> {
  const base = `/api/banks/${city.bankId}`;
  const requestId = newId();
  const visitId = newId();
  await caller.must(
    'PUT',
    `${base}/requests/${requestId}`,
    {
      clientId: client.memberId,
      serviceKind: 'company',
      startsAt: startsAt.toISOString(),
      minutes: 30,
    },
    city.coordinatorToken,
  );
  await caller.must('PUT', `${base}/visits/${visitId}`, { requestId, volunteerId: volunteer.memberId }, city.coordinatorToken);
  return visitId;
}
