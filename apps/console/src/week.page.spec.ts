import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openDesk, openPageCity, type PageCity, settled, type TestMember, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser, Locator } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('the week board', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let other: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const day = 24 * 60;
  const base = () => `/api/banks/${city.bankId}`;
  const thing = (requestId: string) => desk.page.locator(`[data-request="${requestId}"]`);
  /** Row 0 is of what nobody has taken; Monday is 1. */
  const cell = (row: number, weekday: number) => desk.page.locator(`[data-cell="${row}:${weekday}"]`);
  const rowOf = async (name: string) =>
    1 + Number(await desk.page.locator('[data-index]').filter({ hasText: name }).getAttribute('data-index'));
  const request = async (requestId: string) =>
    (await city.coordinator.caller.get(`${base()}/requests/${requestId}`).expect(200)).body as Record<string, unknown>;
  const nameOf = async ({ memberId }: TestMember) =>
    ((await city.coordinator.caller.get(`${base()}/members/${memberId}`).expect(200)).body as { name: string }).name;
  async function drag(from: Locator, to: Locator): Promise<void> {
    await from.dragTo(to);
    await settled(desk.page);
  }

  it('shows the week; dragging assigns, gives to somebody else and moves, and each is taken back', async () => {
    const { page, complaints } = desk;
    const open = await city.ask('meal', 2 * day);
    const visit = await city.ask('company', day);
    await city.take(visit);
    await page.goto(`/console/week?also=${city.volunteer.memberId},${other.memberId}`);
    await thing(open).waitFor();
    const [mine, others] = [await rowOf(await nameOf(city.volunteer)), await rowOf(await nameOf(other))];
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await drag(thing(open), cell(mine, 3));
    await cell(mine, 3).locator(`[data-request="${open}"]`).waitFor();
    expect(await request(open)).toMatchObject({ state: 'taken' });
    await page.locator('[data-undo]').click();
    await cell(0, 3).locator(`[data-request="${open}"]`).waitFor();
    expect(await request(open)).toMatchObject({ state: 'open' });
    await drag(thing(visit), cell(others, 4));
    await cell(others, 4).locator(`[data-request="${visit}"]`).waitFor();
    expect(await request(visit)).toMatchObject({ startsAt: '2026-03-05T01:00:00.000Z', state: 'taken' });
    await page.locator('[data-undo]').click();
    await cell(mine, 2).locator(`[data-request="${visit}"]`).waitFor();
    await drag(thing(open), cell(0, 5));
    await cell(0, 5).locator(`[data-request="${open}"]`).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says what stands in the way before anything is put down, and puts nothing where it is hard', async () => {
    const { page, complaints } = desk;
    const beside = await city.ask('meal', day + 30);
    await page.reload();
    await thing(beside).waitFor();
    const mine = await rowOf(await nameOf(city.volunteer));
    const from = (await thing(beside).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    const to = (await cell(mine, 2).boundingBox()) ?? from;
    await page.mouse.move(to.x + 20, to.y + to.height - 6, { steps: 4 });
    const aim = page.locator('[data-part="aim"]');
    await page.locator('[data-part="aim"][data-look="hard"]').waitFor();
    expect(await aim.innerText()).toContain(t('gateReasons.overlaps'));
    await page.mouse.up();
    await page.locator('[data-part="not-done"]').waitFor();
    expect(await aim.count()).toBe(0);
    expect(await request(beside)).toMatchObject({ state: 'open' });
    expect(complaints).toEqual([]);
  });

  it('sets aside what is soft with a reason, without dragging; and assigns whoever suits by one press', async () => {
    const { page, complaints } = desk;
    const admin = await city.app.signInAsCityAdmin();
    await admin
      .put(`${base()}/policies/${newId()}`, { key: 'planCapMinutes', value: 30, validFrom: '2026-03-02', source: 'test' })
      .expect(201);
    const open = await city.ask('meal', 3 * day);
    await page.reload();
    await thing(open).click();
    const panel = page.locator('[data-part="chosen"]');
    await panel.waitFor();
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await panel.locator('[name="moveHelper"]').fill(other.phone);
    await page.getByRole('option').filter({ hasText: other.phone }).click();
    await panel.getByText(t('week.soft'), { exact: false }).waitFor();
    await panel.getByRole('button', { name: t('week.move') }).click();
    await page.locator('dialog [data-reason="day_cap"]').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('[name="overruleNote"]').fill('She asked for it');
    await page.locator('dialog [type="submit"]').click();
    await cell(await rowOf(await nameOf(other)), 4)
      .locator(`[data-request="${open}"]`)
      .waitFor();
    expect(await city.app.database.query('select reasons, note from gate_overrule')).toEqual([
      { reasons: ['day_cap'], note: 'She asked for it' },
    ]);
    await admin
      .put(`${base()}/policies/${newId()}`, { key: 'planCapMinutes', value: null, validFrom: '2026-03-02', source: 'test' })
      .expect(201);
    const next = await city.ask('meal', 4 * day);
    await page.reload();
    await thing(next).click();
    await page.locator('[data-assign]').first().click();
    await page.locator(`[data-cell]:not([data-cell^="0:"]) [data-request="${next}"]`).waitFor();
    expect(complaints).toEqual([]);
  });

  it('goes from week to week and by clients in the address, and rings the bell for what begins soon', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/week?from=2026-03-05');
    await page.locator('[data-week="after"]').click();
    await page.waitForURL('**/week?from=2026-03-09');
    await page.getByRole('link', { name: t('week.byClients') }).click();
    await page.waitForURL((url) => url.searchParams.get('by') === 'clients' && url.searchParams.get('from') === '2026-03-09');
    await settled(page);
    expect(await page.locator('[data-index]').count()).toBe(0);
    const soon = await city.ask('meal', 30);
    await page.goto('/console/week');
    await page.locator(`[data-request="${soon}"].urgent`).waitFor();
    const bell = page.locator('[data-urgent]');
    expect(await bell.innerText()).toBe(t('urgent.open', { count: 1 }));
    await page.getByRole('button', { name: t('urgent.sound') }).click();
    await page.reload();
    expect(await page.getByRole('button', { name: t('urgent.sound') }).getAttribute('aria-pressed')).toBe('false');
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await city.take(soon);
    await page.goto('/console/home');
    await page.locator('[data-part="urgent"]').waitFor();
    expect(complaints).toEqual([]);
  });
});
