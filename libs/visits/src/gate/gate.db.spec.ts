import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GateReason, MemberPatch } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, newId } from '@timebank/kernel';
import { PairBlocks, PatchMember, PutExemption, PutQualification, ReadMember } from '@timebank/members';
import { GetRequest, ListRequests, PutServiceKind } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { PlanVisit, ReadCandidate } from '@timebank/visits';
import { reasonsOf } from './gate.rules';
import { ReadGateFacts } from './read-gate-facts';
import { noRules } from './spec-gate';

describe('the gate over what is stored', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
  });
  beforeEach(async () => {
    ({ volunteer, client, time } = await city.nextDay(coordinator));
    await city.give(client, 2_000);
  });
  afterAll(() => city.close());

  const dayOf = (instant: Date) => localDate(instant, 'Asia/Shanghai');
  const gateOf = async (requestId: string, who = volunteer) =>
    (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, who.memberId)).gate;
  const take = (requestId: string, by = volunteer, overruleNote?: string, who = by, overrules: GateReason[] = ['not_open_to_volunteers']) =>
    city.get(PlanVisit).run(by.actor, city.bankId, newId(), {
      requestId,
      volunteerId: who.memberId,
      ...(overruleNote === undefined ? {} : { overruleNote, overrules }),
    });
  const assign = (requestId: string, overruleNote?: string, overrules?: GateReason[]) =>
    take(requestId, coordinator, overruleNote, volunteer, overrules);
  const listed = async (requestId: string, to = volunteer) => {
    const { items } = await city.get(ListRequests).run(to.actor, city.bankId, { limit: 200, state: 'open' });
    return items.some((item) => item.requestId === requestId);
  };
  const change = async (who: TestPerson, patch: Omit<MemberPatch, 'version'>) => {
    const { version } = await city.get(ReadMember).whole(city.bankId, who.memberId);
    await city.get(PatchMember).run(coordinator.actor, city.bankId, who.memberId, { version, ...patch });
  };
  const qualify = (until: string) =>
    city.get(PutQualification).run(coordinator.actor, city.bankId, volunteer.memberId, 'personal_care', until);
  const block = () => city.get(PairBlocks).put(coordinator.actor, city.bankId, client.memberId, volunteer.memberId);

  /** How each reason comes about, and how it is just not so any more. */
  const cases: [
    GateReason,
    { make: () => Promise<string>; mend?: (requestId: string) => Promise<unknown>; code: string; hidden?: true },
  ][] = [
    ['full', { make: async () => taken(), code: 'requests/not_open' }],
    ['too_late', { make: () => over(), code: 'requests/past' }],
    ['left', { make: async () => afterLeaving(), code: 'members/not_a_volunteer' }],
    ['qualification_missing', { make: () => bathing(), mend: () => qualify(dayOf(time(0))), code: 'requests/qualification_needed' }],
    [
      'qualification_expired',
      {
        make: async () => {
          await qualify(dayOf(time(-24 * 60)));
          time(0);
          return bathing();
        },
        mend: () =>
          city.get(PutExemption).run(coordinator.actor, city.bankId, volunteer.memberId, 'personal_care', {
            validUntil: dayOf(time(0)),
            note: 'renewal under way',
          }),
        code: 'requests/qualification_needed',
      },
    ],
    [
      'qualification_ends_before',
      {
        make: async () => {
          await qualify(dayOf(time(24 * 60)));
          const at = time(2 * 24 * 60);
          time(0);
          return city.request(coordinator, client, at, 60, 'bathing');
        },
        mend: () => qualify(dayOf(new Date(time(0).getTime() + 2 * 86_400_000))),
        code: 'requests/qualification_needed',
      },
    ],
    ['overlaps', { make: () => besidePlan(59), code: 'visits/overlapping_plan' }],
    [
      'rest',
      {
        make: async () => {
          await city.policy(coordinator, 'restMinutes', 30);
          return besidePlan(89);
        },
        mend: () => city.policy(coordinator, 'restMinutes', 29),
        code: 'gate/rest',
      },
    ],
    [
      'day_cap',
      {
        make: async () => {
          await city.policy(coordinator, 'planCapMinutes', 119);
          return besidePlan(60);
        },
        mend: () => city.policy(coordinator, 'planCapMinutes', 120),
        code: 'gate/day_cap',
      },
    ],
    [
      'pair_cap',
      {
        make: async () => {
          await city.policy(coordinator, 'pairCapMinutes', 119);
          return besidePlan(60);
        },
        mend: () => city.policy(coordinator, 'pairCapMinutes', 120),
        code: 'gate/pair_cap',
      },
    ],
    [
      'blocked_pair',
      {
        make: async () => {
          await block();
          return open();
        },
        mend: () => city.get(PairBlocks).end(coordinator.actor, city.bankId, volunteer.memberId, client.memberId),
        code: 'gate/blocked_pair',
        hidden: true,
      },
    ],
    [
      'wish_woman',
      {
        make: async () => {
          await change(client, { helperWish: 'woman' });
          return open();
        },
        mend: () => change(volunteer, { gender: 'woman' }),
        code: 'gate/wish_woman',
        hidden: true,
      },
    ],
    [
      'wish_man',
      {
        make: async () => {
          await change(client, { helperWish: 'man' });
          await change(volunteer, { gender: 'woman' });
          return open();
        },
        mend: () => change(client, { helperWish: null }),
        code: 'gate/wish_man',
        hidden: true,
      },
    ],
  ];
  const open = () => city.request(coordinator, client, time(0));
  const over = async () => {
    const requestId = await open();
    time(60);
    return requestId;
  };
  const bathing = () => city.request(coordinator, client, time(0), 60, 'bathing');
  const taken = async () => {
    const requestId = await open();
    await city.plan(coordinator, await city.person('volunteer'), requestId);
    return requestId;
  };
  const besidePlan = async (minutes: number) => {
    await city.planned(coordinator, volunteer, client, time(0));
    return city.request(coordinator, client, new Date(time(0).getTime() + minutes * 60_000));
  };
  const afterLeaving = async () => {
    const requestId = await open();
    await city.rooms.database.query(`update member set left_on = $2, left_reason = 'moved' where member_id = $1`, [
      volunteer.memberId,
      dayOf(time(0)),
    ]);
    await city.rooms.database.query('delete from role where member_id = $1', [volunteer.memberId]);
    return requestId;
  };
  /** A policy of a case before must not count here. */
  const asAtFirst = async () => {
    await city.policy(coordinator, 'restMinutes', 0);
    await city.policy(coordinator, 'planCapMinutes', null);
    await city.policy(coordinator, 'pairCapMinutes', null);
  };

  it.each(cases)('%s stops who just fails, and says so to the desk', async (reason, { make, code }) => {
    await asAtFirst();
    const requestId = await make();
    const expected = reason === 'left' ? ['not_a_volunteer', 'left'] : [reason];
    expect(await gateOf(requestId)).toEqual(expected);
    await expect(assign(requestId)).rejects.toMatchObject({ code, parameters: { gate: expected } });
  });

  it.each(cases.filter(([, { mend }]) => mend))(
    '%s stops nobody who just passes, and then lists the request',
    async (_, { make, mend }) => {
      await asAtFirst();
      const requestId = await make();
      await mend?.(requestId);
      expect(await gateOf(requestId)).toEqual([]);
      expect(await listed(requestId)).toBe(true);
      expect((await take(requestId)).first).toBe(true);
    },
  );

  it.each(cases.filter(([, { hidden }]) => hidden))(
    '%s is never learnt by a volunteer: the request is as if taken',
    async (_, { make }) => {
      await asAtFirst();
      const requestId = await make();
      const other = await city.request(coordinator, await city.client(), time(0));
      await city.plan(coordinator, await city.person('volunteer'), other);
      const refusedAs = async (id: string) => {
        const thrown: unknown = await take(id).catch((refused: unknown) => refused);
        const { code, parameters, path } = thrown as { code: string; parameters: unknown; path?: string };
        return { code, parameters, path };
      };
      expect(await refusedAs(requestId)).toEqual({
        code: 'requests/not_open',
        parameters: { state: 'taken', gate: ['full'] },
        path: undefined,
      });
      expect(await refusedAs(requestId)).toEqual(await refusedAs(other));
      expect(await listed(requestId)).toBe(false);
      await expect(city.get(GetRequest).run(volunteer.actor, city.bankId, requestId)).rejects.toMatchObject(refusal('requests/not_found'));
    },
  );

  it('says of an own request and of a relative what is so, and stops only the first', async () => {
    await asAtFirst();
    const requestId = await open();
    expect(await gateOf(requestId, client)).toEqual(['own_request', 'not_a_volunteer']);
    await city.relate(coordinator, client, volunteer, 'child');
    expect(await gateOf(requestId)).toEqual(['related']);
    expect(await listed(requestId)).toBe(true);
    expect((await take(requestId)).first).toBe(true);
  });

  it('keeps a kind that is not open to volunteers from them, and lets the desk assign it with a reason that is kept', async () => {
    await asAtFirst();
    const kind = { class: 'health', riskLevel: 'low', usualMinutes: 60, position: 20, openToVolunteers: false } as const;
    await city.get(PutServiceKind).run('nurse', { ...kind, names: { 'zh-Hans': 'Nurse' } });
    const requestId = await city.request(coordinator, client, time(0), 60, 'nurse');
    expect(await listed(requestId)).toBe(false);
    const closed = { code: 'gate/not_open_to_volunteers', parameters: { gate: ['not_open_to_volunteers'] } };
    await expect(take(requestId)).rejects.toMatchObject(closed);
    await expect(take(requestId, volunteer, 'I may')).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(assign(requestId)).rejects.toMatchObject({ parameters: { mayOverrule: true } });
    // Nobody sets a reason aside for themselves, nor one that they have not seen.
    await expect(take(requestId, coordinator, 'I am a nurse')).rejects.toMatchObject(closed);
    await change(client, { helperWish: 'woman' });
    const both = { gate: ['not_open_to_volunteers', 'wish_woman'], mayOverrule: true };
    await expect(assign(requestId, 'She is a nurse')).rejects.toMatchObject({ parameters: both });
    await change(client, { helperWish: null });
    const { value } = await assign(requestId, 'She is a nurse', ['not_open_to_volunteers', 'rest']);
    expect(await city.one('select reasons, note, overruled_by from gate_overrule where visit_id = $1', [value.visitId])).toEqual({
      reasons: ['not_open_to_volunteers'],
      note: 'She is a nurse',
      overruled_by: coordinator.actor.personId,
    });
  });

  it('sets nothing aside that is hard, also not together with what is soft', async () => {
    await asAtFirst();
    await city.policy(coordinator, 'planCapMinutes', 60);
    const requestId = await besidePlan(30);
    await expect(assign(requestId, 'She insists', ['day_cap'])).rejects.toMatchObject({
      code: 'visits/overlapping_plan',
      parameters: { gate: ['overlaps', 'day_cap'] },
    });
    expect(await city.rooms.database.query('select from gate_overrule where note = $1', ['She insists'])).toHaveLength(0);
  });

  it('reads many volunteers of many requests in one statement, each pair as if alone', async () => {
    await asAtFirst();
    const requests = [await open(), await bathing()];
    const people = [volunteer, await city.person('volunteer'), await city.person('client')].map(({ memberId }) => memberId);
    const facts = await city
      .get(UnitOfWork)
      .run([city.bankId], () => city.get(ReadGateFacts).run(city.bankId, requests, people, [city.bankId]));
    expect(facts).toHaveLength(6);
    for (const { requestId, memberId, ...one } of facts) {
      const alone = await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, memberId);
      expect(reasonsOf(one, noRules).map(({ reason }) => reason)).toEqual(alone.gate);
    }
  });

  it('leaves a sound ledger behind', async () => {
    await city.rooms.database.query('update member set left_on = null, left_reason = null where left_on is not null');
    expect(await city.faults()).toEqual([]);
  });
});
