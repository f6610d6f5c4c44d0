import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  goTo,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { inspectScreen, phoneScreens } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

type Size = 'standard' | 'elder';
type SeriesSeen = { seriesId: string; rule: string; startTime: string; state: string; pauses: unknown[]; regulars: { memberId: string }[] };

describe.each(['standard', 'elder'] as const)('what comes back by itself, on the phone in %s size', (size: Size) => {
  let city: PageCity;
  let browser: Browser;
  let phone: WatchedPage;
  let base: string;
  let seriesId: string;

  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}/series`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  beforeEach(() => phone?.context.close());

  async function phoneOf(person: TestMember, path: string): Promise<WatchedPage['page']> {
    phone = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
    await phone.context.addInitScript((kept) => localStorage.setItem('timebank.web.mode', kept), size);
    await phone.page.goto(path);
    await signIn(phone.page, person);
    await phone.page.waitForURL(({ pathname }) => pathname === path.split('?')[0]);
    await settled(phone.page);
    return phone.page;
  }
  const list = async () =>
    ((await city.coordinator.caller.get(`${base}?clientId=${city.client.memberId}`).expect(200)).body as { items: SeriesSeen[] }).items;
  const read = async () => (await city.coordinator.caller.get(`${base}/${seriesId}`).expect(200)).body as SeriesSeen;
  const press = (name: string, at = 0) => phone.page.getByRole('button', { name, exact: true }).nth(at).click();
  const look = async (name: string) => {
    if (process.env['PICTURES']) await phone.page.screenshot({ path: `${process.env['PICTURES']}/${name}-${size}.png` });
    expect([...(await inspectScreen(phone.page, phoneScreens[size])), ...phone.complaints]).toEqual([]);
  };
  /** In large text a question has a screen of its own. */
  async function onward(to: string): Promise<void> {
    if (size === 'standard') return;
    await press(t('help.next'));
    await phone.page.locator(`[name="${to}"]`).waitFor();
  }

  it('is asked for in words: the answer says it back with its first dates, and a reload keeps what was chosen', async () => {
    const page = await phoneOf(city.client, '/help/new');
    await page.locator('[name="serviceKind"]').selectOption('company');
    await onward('startsAt');
    await onward('repeat');
    const options = await page.locator('[name="repeat"] option').allInnerTexts();
    expect(options).toHaveLength(4);
    expect(options.join(' ')).not.toMatch(/FREQ|BYDAY|WEEKLY|[{}]/);
    await page.locator('[name="repeat"]').selectOption('week');
    await page.locator('[data-said]').waitFor();
    await look('ask');
    await page.reload();
    await page.locator('[data-note="draft"]').waitFor();
    await onward('startsAt');
    await onward('repeat');
    expect(await page.locator('[name="repeat"]').inputValue()).toBe('week');
    for (const next of ['minutes', 'place', 'note']) {
      await onward(next);
      if (next === 'place') await page.locator('[name="place"]').fill('Ninghai Road 12');
    }
    if (size === 'standard') await page.locator('[name="place"]').fill('Ninghai Road 12');
    expect(await page.locator('[data-said]').innerText()).toContain(options[1]);
    await press(t('help.send'));
    await page.getByText(t('help.sentSeries')).waitFor();
    const row = page.locator('[data-part="series"] a');
    await row.waitFor();
    await settled(page);
    await look('help');
    const [series] = await list();
    seriesId = series?.seriesId as string;
    expect(series).toMatchObject({ rule: expect.stringMatching(/^FREQ=WEEKLY;BYDAY=[A-Z]{2}$/), startTime: '09:00', state: 'active' });
    expect(await row.innerText()).toContain(options[1]);
  });

  it('one date is left out, after a question', async () => {
    const page = await phoneOf(city.client, `/series/${seriesId}`);
    const dates = page.locator('[data-part="dates"] li');
    await dates.nth(1).waitFor();
    const day = await dates.nth(1).getAttribute('data-day');
    await dates
      .nth(1)
      .getByRole('button', { name: t('series.skip') })
      .click();
    await dates
      .nth(1)
      .getByRole('button', { name: t('series.skipNo') })
      .click();
    await dates
      .nth(1)
      .getByRole('button', { name: t('series.skip') })
      .click();
    await look('series');
    await dates
      .nth(1)
      .getByRole('button', { name: t('series.skipYes') })
      .click();
    await page.locator(`[data-day="${day}"]`).getByText(t('requestStates.cancelled')).waitFor();
    expect(await read()).toMatchObject({ skipped: [day] });
    await settled(page);
    expect(phone.complaints).toEqual([]);
  });

  it('a volunteer who comes regularly sees where, gives one date away and leaves', async () => {
    await city.coordinator.caller.put(`${base}/${seriesId}/regulars/${city.volunteer.memberId}`).expect(201);
    const page = await phoneOf(city.volunteer, '/services');
    await page.locator('[data-part="regular"] a').click();
    const dates = page.locator('[data-part="dates"] li');
    await dates.first().waitFor();
    await settled(page);
    const before = await dates.count();
    await look('regular');
    const day = (await dates.first().getAttribute('data-day')) as string;
    await dates
      .first()
      .getByRole('button', { name: t('series.give') })
      .click();
    await dates
      .first()
      .getByRole('button', { name: t('series.giveYes') })
      .click();
    await page.locator(`[data-day="${day}"]`).waitFor({ state: 'detached' });
    await page
      .getByRole('status')
      .filter({ hasText: t('series.gave', { day: '' }).slice(-6) })
      .waitFor();
    expect(await dates.count()).toBe(before - 1);
    await press(t('series.leave'));
    await press(t('series.leaveYes'));
    await page.waitForURL('**/services');
    expect((await read()).regulars).toEqual([]);
    await page.getByRole('heading', { level: 1, name: t('title.services') }).waitFor();
    await settled(page);
    expect(await page.locator('[data-part="regular"]').count()).toBe(0);
    expect(phone.complaints).toEqual([]);
  });

  it('is paused, and ended with a reason; what was typed stays, and nothing is done without it', async () => {
    const page = await phoneOf(city.client, `/series/${seriesId}`);
    await page.getByRole('link', { name: t('series.pause') }).click();
    await page.locator('[name="from"]').waitFor();
    const from = await page.locator('[name="from"]').inputValue();
    await onward('to');
    await press(t('series.pauseYes'));
    await page.getByText(t('series.dayNeeded')).waitFor();
    await page.locator('[name="to"]').fill(from);
    await page.getByText(t('series.pauseSays', { from: '', to: '' }).slice(-6)).waitFor();
    await look('pause');
    await press(t('series.pauseYes'));
    await page.waitForURL(`**/series/${seriesId}`);
    await page.locator('[data-part="dates"]').waitFor();
    expect(await read()).toMatchObject({ pauses: [{ from, to: from }], state: 'paused' });
    await page.getByRole('link', { name: t('series.end') }).click();
    await page.locator('[name="reasonCode"]').selectOption('need_met');
    await page.reload();
    await page.locator('[data-note="draft"]').waitFor();
    expect(await page.locator('[name="reasonCode"]').inputValue()).toBe('need_met');
    await onward('on');
    await look('end');
    await press(t('series.endYes'));
    await page.getByText(t('series.state-ended')).waitFor();
    expect(await read()).toMatchObject({ state: 'ended', endReason: 'need_met' });
    await goTo(page, '/help');
    expect(await page.locator('[data-part="series"]').count()).toBe(0);
    expect(phone.complaints).toEqual([]);
  });
});
