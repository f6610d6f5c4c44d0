import type { SeriesEndInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import type { Calendar } from './calendar';
import type { Client, DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import type { Step } from './walk';

/** A need that comes back by itself; days are counted from the day on which the city is built. */
type StandingNeed = {
  client: number;
  serviceKind: string;
  rule: string;
  startTime: string;
  minutes: number;
  /** Who comes regularly, in the order in which they were asked. */
  regulars: readonly number[];
  paused?: { from: number; to: number };
  ends?: { on: number; reasonCode: SeriesEndInput['reasonCode'] };
};

/** One of each: with two regulars, asked for by the client, paused, without enough minutes, of a month, ending, with nobody yet. */
const needs: readonly StandingNeed[] = [
  { client: 1, serviceKind: 'company', rule: 'FREQ=WEEKLY;BYDAY=TH', startTime: '09:00', minutes: 60, regulars: [0, 5] },
  { client: 0, serviceKind: 'cleaning', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', startTime: '15:00', minutes: 90, regulars: [1] },
  {
    client: 2,
    serviceKind: 'reading',
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    startTime: '15:00',
    minutes: 45,
    regulars: [3],
    paused: { from: 0, to: 14 },
  },
  { client: 7, serviceKind: 'company', rule: 'FREQ=WEEKLY;BYDAY=MO,FR', startTime: '10:00', minutes: 60, regulars: [2] },
  { client: 3, serviceKind: 'errands', rule: 'FREQ=MONTHLY;BYDAY=1WE', startTime: '09:30', minutes: 45, regulars: [0] },
  {
    client: 4,
    serviceKind: 'meal',
    rule: 'FREQ=WEEKLY;BYDAY=WE',
    startTime: '11:30',
    minutes: 40,
    regulars: [],
    ends: { on: 25, reasonCode: 'need_met' },
  },
];

/** What is written down on the day before today, who comes regularly, and what is paused or ends. */
export function standingSteps(hands: Hands, demo: DemoBank, calendar: Calendar): Step[] {
  return needs.map((need): Step => ({ at: calendar.at(1, '12:00'), bank: demo.index, run: () => writeDown(hands, demo, calendar, need) }));
}

async function writeDown(hands: Hands, demo: DemoBank, calendar: Calendar, need: StandingNeed): Promise<void> {
  const { bankId } = demo.bank;
  const desk = demo.coordinator.actor;
  const seriesId = newId();
  const client = demo.clients[need.client] as Client;
  const asking = client.described.title === undefined ? desk : client.actor;
  const { serviceKind, rule, startTime, minutes } = need;
  const input = {
    clientId: client.memberId,
    serviceKind,
    rule,
    startTime,
    minutes,
    startsOn: calendar.day(-1),
    place: client.described.place,
  };
  await hands.putSeries.run(asking, bankId, seriesId, input);
  if (need.paused) {
    const { from, to } = need.paused;
    await hands.interruptSeries.pause(desk, bankId, seriesId, { from: calendar.day(-from), to: calendar.day(-to) });
  }
  if (need.ends) {
    const { on, reasonCode } = need.ends;
    await hands.interruptSeries.end(desk, bankId, seriesId, { on: calendar.day(-on), reasonCode });
  }
  for (const place of need.regulars) {
    const regular = demo.volunteers[place] as Someone;
    await hands.putRegular.run(regular.actor, bankId, seriesId, regular.memberId);
  }
}

/** As the rounds do by night: dates reach six weeks ahead of today, and regulars take what is near. */
export async function layStanding(hands: Hands, { bank: { bankId } }: DemoBank): Promise<void> {
  await hands.generateSeries.run(bankId);
  await hands.takeForRegulars.run(bankId);
}
