import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ListWaitingActs } from '@timebank/members';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import type { ConfirmedAct } from './second-person';
import { SecondPerson } from './second-person';
import { TakeBackAct } from './take-back-act';

describe('an act that needs a second person', () => {
  let city: TestCity;
  let one: TestPerson;
  let other: TestPerson;
  beforeAll(async () => {
    city = await openCity();
    [one, other] = [await city.person('coordinator'), await city.person('coordinator')];
  });
  afterAll(() => city.close());

  const ask = (by: TestPerson, subjectId: string, content: Record<string, unknown> = { minutes: 7_000 }, reused = true) =>
    city.get(UnitOfWork).run([city.bankId], async () => {
      await city.get(SecondPerson).hold(city.bankId, subjectId);
      return city.get(SecondPerson).run(by.actor, {
        bankId: city.bankId,
        kind: 'grant',
        subjectId,
        content,
        memberId: null,
        roles: ['coordinator'],
        ...(reused ? { reused: 'ledger/id_reused' as const } : {}),
      });
    });
  const listed = async (by: TestPerson) => (await city.get(ListWaitingActs).run(by.actor, city.bankId, { limit: 50 })).items;
  const states = (answers: (Waiting | ConfirmedAct)[]) => answers.map(({ state }) => state).sort();

  it('waits for another, and by the first again still waits until the same moment', async () => {
    city.at(0);
    const subjectId = newId();
    const waits = { state: 'waits', until: '2026-03-09T01:00:00.000Z' };
    expect(await ask(one, subjectId)).toEqual(waits);
    city.at(60);
    expect(await ask(one, subjectId)).toEqual(waits);
    expect(await listed(one)).toMatchObject([{ kind: 'grant', subjectId, content: { minutes: 7_000 }, isOwn: true, mayConfirm: false }]);
    expect(await listed(other)).toMatchObject([{ subjectId, isOwn: false, mayConfirm: true }]);
    expect(await city.get(ListWaitingActs).count(other.actor, city.bankId)).toBe(1);
    expect(await city.get(ListWaitingActs).count(one.actor, city.bankId)).toBe(0);
    expect(await ask(other, subjectId)).toMatchObject({ state: 'confirmed', askedBy: one.actor.personId });
    expect(await listed(other)).toEqual([]);
  });

  it('is another act with other content, and under an id of the caller’s own making it is refused', async () => {
    const subjectId = newId();
    await ask(one, subjectId);
    await expect(ask(other, subjectId, { minutes: 8_000 })).rejects.toMatchObject(refusal('ledger/id_reused'));
    const free = newId();
    await ask(one, free, { reason: 'moved' }, false);
    expect(await ask(other, free, { reason: 'wish' }, false)).toMatchObject({ state: 'waits' });
    expect(await ask(one, free, { reason: 'wish' }, false)).toMatchObject({ state: 'confirmed', askedBy: other.actor.personId });
    expect((await listed(one)).filter((act) => act.subjectId === free)).toEqual([]);
  });

  it('lapses after seven days, and with the role of who asked', async () => {
    city.at(0);
    const [late, barred] = [newId(), newId()];
    await ask(one, late);
    city.at(7 * 24 * 60);
    expect((await listed(other)).filter((act) => act.subjectId === late)).toEqual([]);
    expect(await ask(other, late)).toMatchObject({ state: 'waits' });
    const leaver = await city.person('coordinator');
    await ask(leaver, barred);
    await city.rooms.database.query('update person set disabled_at = now() where person_id = $1', [leaver.actor.personId]);
    expect((await listed(other)).filter((act) => act.subjectId === barred)).toEqual([]);
    expect(await ask(other, barred)).toMatchObject({ state: 'waits' });
  });

  it('is taken back by who asked and by nobody else', async () => {
    const subjectId = newId();
    await ask(one, subjectId);
    const [act] = (await listed(one)).filter((line) => line.subjectId === subjectId);
    const actId = act?.actId ?? '';
    const takeBack = (by: TestPerson, id = actId) => city.get(TakeBackAct).run(by.actor, city.bankId, id);
    await expect(takeBack(other)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(takeBack(one, newId())).rejects.toMatchObject(refusal('acts/not_found'));
    await takeBack(one);
    await takeBack(one);
    expect(await ask(other, subjectId)).toMatchObject({ state: 'waits' });
    const again = (await listed(one)).find((line) => line.subjectId === subjectId);
    await ask(one, subjectId);
    await expect(takeBack(other, again?.actId)).rejects.toMatchObject(refusal('acts/not_waiting'));
  });

  it('is done once when both ask at the same moment, and not at all when one asks twice', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const [both, twice] = [newId(), newId()];
      expect(states(await Promise.all([ask(one, both), ask(other, both)]))).toEqual(['confirmed', 'waits']);
      expect(states(await Promise.all([ask(one, twice), ask(one, twice), ask(one, twice)]))).toEqual(['waits', 'waits', 'waits']);
    }
  });

  it('keeps no phone number once it is over', async () => {
    const [confirmed, takenBack] = [newId(), newId()];
    for (const subjectId of [confirmed, takenBack]) await ask(one, subjectId, { phone: '13900001111', version: 1 });
    await ask(other, confirmed, { phone: '13900001111', version: 1 });
    const act = (await listed(one)).find((line) => line.subjectId === takenBack);
    await city.get(TakeBackAct).run(one.actor, city.bankId, act?.actId ?? '');
    const kept = await city.rooms.database.query('select content from waiting_act where subject_id = any ($1)', [[confirmed, takenBack]]);
    expect(kept).toEqual([{ content: { version: 1 } }, { content: { version: 1 } }]);
  });
});
