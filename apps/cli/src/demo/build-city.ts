import { layActivity } from './activities';
import { layElders, layFamily } from './family';
import type { Actor } from '@timebank/access';
import type { ManualClock } from '@timebank/kernel';
import { after, Calendar } from './calendar';
import { comingSteps } from './coming-days';
import { decideDay } from './decide-day';
import { Founding, timeZone, type Client, type DemoBank } from './found-bank';
import { helpElsewhere } from './help-elsewhere';
import { handsOf, type Hands, type Rooms } from './hands';
import { layLearning } from './learning';
import { MoveHours } from './move-hours';
import { cityAdmin, describedBanks, type DemoPerson, makePassword, SignIns } from './people';
import { VisitPlay } from './play-visit';
import { layStanding, standingSteps } from './standing-needs';
import { decidedDays, planTwoWeeks, waitingDays } from './two-weeks';
import { type Step, walk } from './walk';

/** Who can sign in, the most useful first, and the card at the home where the first volunteer's visit begins about now. */
export type DemoCity = { people: DemoPerson[]; card: { code: string; token: string } };
export type Credentials = { phone: string; password: string };

/** The operator's own admin if one is named, else the demo's; null when somebody is city admin already. */
async function makeCityAdmin(hands: Hands, operator: Credentials | null): Promise<{ actor: Actor; person: DemoPerson | null }> {
  const person = { ...cityAdmin, password: makePassword() };
  const made = await hands.firstAdmin.run(operator ?? person);
  const [admin] = await hands.unit.glance<{ personId: string }>(
    `select person_id from role where role = 'admin' and bank_id is null order by granted_at limit 1`,
  );
  if (!admin) throw new Error('the city has no admin');
  const actor: Actor = { personId: admin.personId, roles: [{ role: 'admin', bankId: null, memberId: null }] };
  return { actor, person: made && operator === null ? person : null };
}

/** Everything that happens at a bank from its founding to now. */
async function stepsOf(hands: Hands, demo: DemoBank, calendar: Calendar): Promise<Step[]> {
  const { items: kinds } = await hands.listServiceKinds.run();
  const qualifications = demo.volunteers.map((volunteer) => volunteer.described.qualification ?? null);
  const plays = planTwoWeeks(demo.index, kinds, qualifications).map((plan, turn) => new VisitPlay(hands, demo, calendar, plan, turn));
  const decisions = decidedDays.map((daysAgo): Step => {
    const ofDay = plays.filter((play) => play.plan.daysAgo === daysAgo);
    return { at: calendar.at(daysAgo - 1, '16:40'), bank: demo.index, run: () => decideDay(hands, demo, ofDay) };
  });
  const closings = [...decidedDays, ...waitingDays].map((daysAgo): Step => {
    return { at: calendar.at(daysAgo, '08:00'), bank: demo.index, run: () => hands.closeForgottenVisits.run(demo.bank.bankId) };
  });
  const hours = new MoveHours(hands, demo, calendar, plays);
  return [
    ...plays.flatMap((play) => play.steps()),
    ...decisions,
    ...closings,
    ...hours.steps(),
    ...comingSteps(hands, demo, calendar),
    ...standingSteps(hands, demo, calendar),
  ];
}

/** One bank's own kinds: nobody there repairs any more, and meals take longer and come first. Last of all, since the days before had repairs. */
async function adjustKinds(hands: Hands, bankId: string): Promise<void> {
  await hands.putBankKind.run(bankId, 'repairs', { isOffered: false });
  await hands.putBankKind.run(bankId, 'meal', { isOffered: true, usualMinutes: 50, position: 1 });
}

/** People sorted by what a newcomer wants to see first. */
function inUsefulOrder(people: readonly DemoPerson[]): DemoPerson[] {
  const order = ['Volunteer', 'Coordinator', 'Client', 'Bank admin', 'City'];
  const rank = (person: DemoPerson) => order.findIndex((word) => person.title.startsWith(word));
  return [...people].sort((left, right) => rank(left) - rank(right));
}

/**
 * Builds the demo city through the abilities that people use, on a clock that walks through the two weeks before `now`: every lane and exception,
 * decided and waiting. Deterministic but for ids, cards and passwords.
 */
export async function buildCity(
  rooms: Rooms,
  clock: ManualClock,
  now: Date,
  say: (text: string) => void,
  operator: Credentials | null = null,
): Promise<DemoCity> {
  const hands = handsOf(rooms);
  const calendar = new Calendar(now, timeZone);
  const signIns = new SignIns();
  clock.set(calendar.at(15, '09:00'));
  const { actor, person } = await makeCityAdmin(hands, operator);
  const founding = new Founding(hands, actor, signIns, calendar.day(15));
  const banks: DemoBank[] = [];
  for (const [index, described] of describedBanks.entries()) {
    say(`… demo city: people of bank ${index + 1} of ${describedBanks.length}`);
    banks.push(await founding.run(index, described));
  }
  if (banks[0]) await layElders(hands, banks[0], actor, calendar.day(15));
  const steps = (await Promise.all(banks.map((demo) => stepsOf(hands, demo, calendar)))).flat();
  const [first, second] = banks;
  if (first && second) steps.push(...helpElsewhere(hands, first, second, calendar));
  for (let daysAgo = 14; daysAgo >= 0; daysAgo -= 1) {
    const [from, to] = [calendar.at(daysAgo, '00:00'), calendar.at(daysAgo - 1, '00:00')];
    if (daysAgo % 3 === 2) say(`… demo city: day ${15 - daysAgo} of 15`);
    await walk(
      clock,
      steps.filter(({ at }) => at >= from && at < to),
    );
  }
  clock.set(after(now, 0));
  await Promise.all(banks.map((demo) => layStanding(hands, demo)));
  if (first) await layLearning(hands, first, calendar);
  if (first) await layActivity(hands, first, calendar);
  if (first && second) await layFamily(hands, first, second, calendar);
  if (second) await adjustKinds(hands, second.bank.bankId);
  for (const { bank } of banks) await hands.deliverNotices.run(bank.bankId);
  const home = banks[0]?.clients[1] as Client;
  return { people: inUsefulOrder([...signIns.list(), ...(person ? [person] : [])]), card: home.card };
}
