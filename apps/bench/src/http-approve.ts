import { AccessModule, GrantRole } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { Approval } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { ManualClock, newId } from '@timebank/kernel';
import { AuditLedger, LedgerModule, PostTransfers } from '@timebank/ledger';
import { MembersModule, PutMember } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { VisitsModule } from '@timebank/visits';
import { ApiProcess, measuringKey } from './api-process';
import { type BenchRooms, openRooms } from './bench-rooms';
import { HttpCaller } from './http-caller';
import { PrivateDatabase } from './private-database';
import { type Measurement, type Progress, summarise } from './report';
import { cityAdmin, signIn } from './small-city';
import { layVisits, visitAsItShould, visitMinutes, type VisitCopy, type VisitMember, type VisitModel } from './visit-model';

const visitsACall = 1_000;
const pairs = 200;
const visitsADay = 4;
const day = 86_400_000;
const desk = { phone: '13800000001', password: 'measuring-1' };

type People = { bankId: string; coordinator: VisitMember; volunteers: VisitMember[]; clients: VisitMember[] };

async function register(rooms: BenchRooms, bankId: string, role: 'volunteer' | 'client', serial: number, more = {}): Promise<VisitMember> {
  const memberId = newId();
  const person = { name: `Person ${serial}`, birthDate: '1950-01-01', roles: [role], ...more };
  const { value } = await rooms.get(PutMember).run(bankId, memberId, person);
  return { memberId, accountId: value.accountId, actor: { personId: memberId, roles: [{ role, bankId, memberId }] } };
}

/** A bank with a coordinator, and as many volunteers as clients, who can spend enough for every visit to come. */
async function foundBank(rooms: BenchRooms, clock: ManualClock): Promise<People> {
  const bankId = newId();
  await rooms.get(PutBank).run(bankId, { name: 'Measured', phone: '025-88880000', timeZone: 'Asia/Shanghai' });
  const { actor, ...member } = await register(rooms, bankId, 'volunteer', 0, desk);
  await rooms.get(GrantRole).run({ personId: member.memberId, bankId, role: 'coordinator', memberId: member.memberId });
  const coordinator = { ...member, actor: { ...actor, roles: [{ role: 'coordinator' as const, bankId, memberId: member.memberId }] } };
  const [volunteers, clients]: VisitMember[][] = [[], []];
  for (let pair = 1; pair <= pairs; pair += 1) {
    volunteers?.push(await register(rooms, bankId, 'volunteer', 2 * pair));
    clients?.push(await register(rooms, bankId, 'client', 2 * pair + 1));
  }
  const openings = (clients ?? []).map(({ accountId }) => ({
    bankId,
    transferId: newId(),
    debitAccountId: deriveId(bankId, 'issuance'),
    creditAccountId: accountId,
    minutes: 60_000,
    kind: 'opening' as const,
    class: null,
    visitId: null,
    reversesId: null,
    memoCode: null,
    actorId: member.memberId,
    effectiveAt: clock.now(),
    holdId: null,
    overflow: null,
    cover: null,
  }));
  const outcomes = await rooms.get(PostTransfers).run(openings);
  if (outcomes.some(({ outcome }) => outcome !== 'posted')) throw new Error('the clients have no minutes');
  return { bankId, coordinator, volunteers: volunteers ?? [], clients: clients ?? [] };
}

/** The visits of one call, after those of the calls before it: four a day for each volunteer, each with another client. */
function visitsOfCall(call: number, model: VisitModel, { volunteers, clients }: People): VisitCopy[] {
  return Array.from({ length: visitsACall }, (_, index): VisitCopy => {
    const turn = call * (visitsACall / pairs) + Math.floor(index / pairs) + visitsADay;
    const [days, place] = [Math.floor(turn / visitsADay), turn % visitsADay];
    return {
      visitId: newId(),
      volunteer: volunteers[index % pairs] as VisitMember,
      client: clients[(index + turn) % pairs] as VisitMember,
      startsAt: new Date(model.startsAt.getTime() + days * day + place * 2 * visitMinutes * 60_000),
    };
  });
}

async function approveAll(databaseUrl: string, bankId: string, calls: readonly (readonly VisitCopy[])[]): Promise<number[]> {
  const api = await ApiProcess.start({ databaseUrl, admin: cityAdmin });
  const caller = new HttpCaller(api.origin);
  try {
    caller.token = await signIn(caller, desk.phone, desk.password);
    const rates: number[] = [];
    for (const visits of calls) {
      const body = { visitIds: visits.map(({ visitId }) => visitId), decision: 'approve' };
      const startedAt = performance.now();
      const { results } = await caller.must<Approval>('PUT', `/api/banks/${bankId}/approvals/${newId()}`, body);
      rates.push(visits.length / ((performance.now() - startedAt) / 1_000));
      const other = results.find(({ outcome }) => outcome !== 'approved');
      if (other) throw new Error(`a clean visit was ${JSON.stringify(other)}`);
    }
    return rates;
  } finally {
    caller.close();
    await api.end();
  }
}

/**
 * Visits a second when 1,000 clean ones are approved in one call through the API: from sending the call until its whole answer is
 * here. The ledger is audited afterwards, so that nothing is counted that was not done.
 */
export async function measureApproval(calls: number, progress: Progress): Promise<Measurement> {
  const database = await PrivateDatabase.open();
  const clock = new ManualClock(new Date(Math.floor(Date.now() / day) * day - 30 * day));
  const rooms = await openRooms(database.url, clock, [
    AccessModule.forRoot({ secretKey: measuringKey }),
    LedgerModule,
    BanksModule,
    MembersModule,
    RequestsModule,
    VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false }),
  ]);
  try {
    const people = await foundBank(rooms, clock);
    const [volunteer, client] = [people.volunteers[0] as VisitMember, people.clients[0] as VisitMember];
    const model = await visitAsItShould(rooms, clock, people.bankId, { coordinator: people.coordinator, volunteer, client });
    const visits = Array.from({ length: calls }, (_, call) => visitsOfCall(call, model, people));
    progress(`laying ${calls * visitsACall} visits`);
    for (const ofCall of visits) await layVisits(rooms, database, model, ofCall);
    await database.analyze();
    progress(`approving them, ${visitsACall} a call`);
    const rates = await approveAll(database.url, people.bankId, visits);
    const { faults } = await rooms.get(AuditLedger).run([people.bankId]);
    if (faults.length > 0) throw new Error(`the ledger does not hold after the approvals: ${JSON.stringify(faults[0])}`);
    const { median } = summarise(rates);
    return {
      value: Math.round(median),
      note: `calls of ${visitsACall} visits, one after the other, visits/s: ${rates.map(Math.round).join(', ')}`,
    };
  } finally {
    await rooms.close();
    await database.close();
  }
}
