import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Notice } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { openTwoBanks, type TestCaller, type TwoBanks } from '@timebank/testing';

type Page = { items: Notice[]; nextCursor: string | null; unread: number };

describe('what one is told, over HTTP', () => {
  let two: TwoBanks;
  const list = async (caller: TestCaller, query = '') => (await caller.get(`/api/me/notices${query}`).expect(200)).body as Page;
  const read = (caller: TestCaller, noticeIds: string[]) => caller.post('/api/me/notices/read', { noticeIds });
  const deliver = async () => {
    for (const { bankId } of Object.values(two.banks)) await two.city.app.get(DeliverNotices, { strict: false }).run(bankId);
  };

  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
    await two.approve([await two.help(60)]);
    await deliver();
  });
  afterAll(() => two.city.close());

  it('comes from all of one’s banks, newest first, without a name in it', async () => {
    const { body } = await two.guest.caller.get('/api/me/notices').expect(200);
    const { items, unread, nextCursor } = body as Page;
    expect(items.map(({ kind, bankId }) => [kind, bankId])).toEqual([
      ['visit_approved', two.host.bankId],
      ['guest_confirmed', two.host.bankId],
    ]);
    expect([unread, nextCursor]).toEqual([2, null]);
    expect(items[0]?.parameters).toMatchObject({ minutes: 60, serviceKind: 'company' });
    expect((await list(two.client.caller)).items.map(({ kind }) => kind)).toEqual([
      'help_approved',
      'visit_ended',
      'visit_begun',
      'visit_planned',
    ]);
    const asked = await list(two.host.coordinator.caller);
    expect(asked.items.map(({ kind }) => kind)).toEqual(['guest_asked']);
    for (const { phone } of [two.guest, two.client, two.host.coordinator]) expect(JSON.stringify([body, asked])).not.toContain(phone);
  });

  it('is nobody else’s: not a stranger’s, not another coordinator’s, not the city admin’s', async () => {
    const empty = { items: [], nextCursor: null, unread: 0 };
    const stranger = await two.city.register(two.host.coordinator.caller, two.host.bankId, 'volunteer');
    for (const caller of [stranger.caller, two.third.coordinator.caller, two.admin]) expect(await list(caller)).toEqual(empty);
    await two.city.anybody.get('/api/me/notices').expect(401);
    await two.city.anybody.post('/api/me/notices/read', { noticeIds: [newId()] }).expect(401);
  });

  it('comes in pages', async () => {
    const first = await list(two.client.caller, '?limit=3');
    expect([first.items.length, first.unread]).toEqual([3, 4]);
    const second = await list(two.client.caller, `?limit=3&cursor=${encodeURIComponent(first.nextCursor as string)}`);
    expect(second.items.map(({ kind }) => kind)).toEqual(['visit_planned']);
    expect(second.nextCursor).toBeNull();
  });

  it('is seen by whom it is for, and by nobody for them', async () => {
    const [first, second] = (await list(two.guest.caller)).items.map(({ noticeId }) => noticeId) as [string, string];
    const strangers = await read(two.client.caller, [first, newId()]).expect(200);
    expect(strangers.body).toEqual({ unread: 4 });
    expect((await list(two.guest.caller)).unread).toBe(2);
    expect((await read(two.guest.caller, [first]).expect(200)).body).toEqual({ unread: 1 });
    expect((await read(two.guest.caller, [first, second]).expect(200)).body).toEqual({ unread: 0 });
    const { items } = await list(two.guest.caller);
    expect(items.map(({ readAt }) => readAt)).toEqual([two.city.clock.now().toISOString(), two.city.clock.now().toISOString()]);
  });

  it('is refused with a code when it is asked for badly', async () => {
    const { caller } = two.guest;
    for (const query of ['?limit=0', '?limit=201', '?cursor=x', '?bank=1']) {
      const { body } = await caller.get(`/api/me/notices${query}`).expect(400);
      expect(body).toMatchObject({ code: 'request/malformed' });
    }
    for (const body of [{}, { noticeIds: [] }, { noticeIds: ['x'] }, { noticeIds: Array.from({ length: 201 }, newId) }, { upTo: 'now' }])
      expect((await caller.post('/api/me/notices/read', body).expect(400)).body).toMatchObject({ code: 'request/malformed' });
  });
});
