import { newId, Refusal } from '@timebank/kernel';
import { GetRequest, PutRequest } from '@timebank/requests';
import type { TestPerson } from '@timebank/testing';
import { CancelVisit, PlanVisit } from '@timebank/visits';
import { DoubleScene } from './double-scene';
import { tellProgress } from './progress';

export type PlacesReport = { seed: number; rounds: number; calls: number; wrong: number; firstWrong: string[]; faults: number };

const callers = 32;
const places = 3;
const minutes = 60;

type Taking = { volunteer: TestPerson; visitId: string; code: string | null };

const codeOf = (error: unknown): string => (error instanceof Refusal ? error.code : `fault: ${String(error)}`);

async function take(scene: DoubleScene, requestId: string, volunteer: TestPerson): Promise<Taking> {
  const visitId = newId();
  const input = { requestId, volunteerId: volunteer.memberId };
  const code = await scene
    .house()
    .get(PlanVisit)
    .run(volunteer.actor, scene.city.bankId, visitId, input)
    .then(() => null, codeOf);
  return { volunteer, visitId, code };
}

/** What is there afterwards, as request, visits and account say it. */
async function standing(scene: DoubleScene, requestId: string, client: TestPerson): Promise<string> {
  const { state, helpers } = await scene.city.get(GetRequest).run(scene.coordinator.actor, scene.city.bankId, requestId);
  const { live } = await scene.city.one<{ live: number }>(
    `select count(*)::int as live from visit where request_id = $1 and state not in ('cancelled', 'no_show', 'rejected')`,
    [requestId],
  );
  const { heldOutMinutes } = await scene.city.balance(client);
  return `${state} ${helpers} ${live} ${heldOutMinutes / minutes}`;
}

const full = `taken ${places} ${places} ${places}`;

/** One request for three, wanted by all at once; then one of the three leaves while all others want a place; then all want it again. */
async function fill(scene: DoubleScene, volunteers: readonly TestPerson[]): Promise<{ calls: number; wrong: string[] }> {
  const { city, coordinator, random } = scene;
  const { client, time } = await city.nextDay(coordinator);
  const requestId = newId();
  const asked = { clientId: client.memberId, serviceKind: 'company', startsAt: time(0).toISOString(), minutes, helpersNeeded: places };
  await city.get(PutRequest).run(coordinator.actor, city.bankId, requestId, asked);
  const wrong: string[] = [];
  const check = (what: string, found: string, wanted: string) => {
    if (found !== wanted) wrong.push(`${what}: ${found}, not ${wanted}`);
  };

  const first = await Promise.all(volunteers.map((volunteer) => take(scene, requestId, volunteer)));
  const got = first.filter(({ code }) => code === null);
  check('taken at once', String(got.length), String(places));
  check('told no', [...new Set(first.flatMap(({ code }) => code ?? []))].join(), 'requests/not_open');
  check('all at once', await standing(scene, requestId, client), full);

  const leaver = random.pick(got);
  const others = volunteers.filter((one) => got.every(({ volunteer }) => volunteer !== one));
  const leave = scene.house().get(CancelVisit).run(leaver.volunteer.actor, city.bankId, leaver.visitId);
  const meanwhile = await Promise.all([...others.map((volunteer) => take(scene, requestId, volunteer)), leave.then(() => null, codeOf)]);
  const came = meanwhile.filter((one) => one !== null && typeof one === 'object' && one.code === null).length;
  check('left', String(meanwhile.at(-1)), 'null');
  check('one left', await standing(scene, requestId, client), came === 1 ? full : `open ${places - 1} ${places - 1} ${places - 1}`);

  await Promise.all(others.map((volunteer) => take(scene, requestId, volunteer)));
  check('and all again', await standing(scene, requestId, client), full);
  return { calls: volunteers.length + 2 * others.length + 1, wrong };
}

/** Full means full: in each of `count` rounds 32 callers from two houses want one of three places. */
export async function fillPlaces(count: number, seed: number): Promise<PlacesReport> {
  const report: PlacesReport = { seed, rounds: 0, calls: 0, wrong: 0, firstWrong: [], faults: 0 };
  const scene = await DoubleScene.open(seed);
  try {
    const volunteers: TestPerson[] = [];
    while (volunteers.length < callers) volunteers.push(await scene.city.person('volunteer'));
    for (; report.rounds < count; report.rounds += 1) {
      const { calls, wrong } = await fill(scene, volunteers);
      report.calls += calls;
      report.wrong += wrong.length;
      report.firstWrong = [...report.firstWrong, ...wrong].slice(0, 5);
      tellProgress('places', report.rounds + 1, count);
    }
    report.faults = (await scene.city.faults()).length;
    return report;
  } finally {
    await scene.close();
  }
}
