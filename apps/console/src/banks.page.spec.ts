import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  cityAdmin,
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const wordsIn = (locale: string) => wordsOf(`apps/console/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);
const t = wordsIn('zh-Hans');
const onTheirPhone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const inFull = (day: string) =>
  new Intl.DateTimeFormat('zh-Hans', { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(`${day}T12:00:00Z`));

describe('time banks, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, cityAdmin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('D10: an administrator changes the zone of a bank from a day on, is told what that means, and is refused in the own language', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/banks');
    const edit = () => page.getByRole('button', { name: t('banks.edit', { name: 'Drum Tower' }), exact: true }).click();
    const day = page.locator('dialog [name="validFrom"]');
    const zone = page.locator('dialog [name="timeZone"]');
    await edit();
    expect(await zone.count()).toBe(0);
    await page
      .locator('dialog [data-zones]')
      .getByText(t('banks.zoneFirst', { zone: 'Asia/Shanghai' }))
      .waitFor();
    await page.locator('dialog [name="changesZone"]').check();
    expect(await day.getAttribute('data-value')).toBe('2026-03-03');
    await zone.fill('Asia/Urumqi');
    await page.getByText(t('banks.zoneEffect', { day: inFull('2026-03-03'), zone: 'Asia/Urumqi' })).waitFor();
    await day.fill('2026-03-02');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('refusals.banks/zone_begins_too_early', { earliest: inFull('2026-03-03') })).waitFor();
    await day.fill('2026-03-10');
    await zone.fill('Asia/Nowhere');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('refusals.request/malformed')).waitFor();
    await settled(page);
    expect(await faultsOf(page)).toEqual([]);
    await zone.fill('Asia/Urumqi');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('banks.saved', { name: 'Drum Tower' })).waitFor();
    await edit();
    const known = page.locator('dialog [data-zones]');
    await known.getByText(t('banks.zoneSince', { zone: 'Asia/Urumqi', day: inFull('2026-03-10') })).waitFor();
    const kept = (await (await city.app.signInAsCityAdmin()).get(`/api/banks/${city.bankId}`).expect(200)).body;
    expect([kept.timeZone, kept.zones.map((one: { validFrom: string | null }) => one.validFrom)]).toEqual([
      'Asia/Shanghai',
      [null, '2026-03-10'],
    ]);
    expect(await page.locator('dialog [name="changesZone"]').isChecked()).toBe(false);
    await page.locator('dialog [name="changesZone"]').check();
    await page.setViewportSize({ width: 390, height: 844 });
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.getByRole('button', { name: t('app.back'), exact: true }).click();
    await page.setViewportSize({ width: 1_280, height: 900 });
    expect(complaints).toEqual([]);
  });

  describe('a bank that ends its work', () => {
    let bankId: string;
    let client: TestMember;
    let second: WatchedPage;
    const name = 'Willow Lane';

    beforeAll(async () => {
      const { app } = city;
      const admin = await app.signInAsCityAdmin();
      bankId = await app.openBank(admin, name);
      client = await app.register(admin, bankId, 'client');
      const { fund } = (await admin.get(`/api/banks/${bankId}`).expect(200)).body.accounts;
      const grant = { kind: 'grant', fromAccountId: fund, toAccountId: client.accountId, minutes: 90 };
      await admin.put(`/api/banks/${bankId}/transfers/${newId()}`, grant).expect(201);
      const colleague = await app.register(admin, city.bankId, 'volunteer');
      await admin.put(`/api/roles/${colleague.memberId}/admin`).expect(201);
      second = await openDesk(browser, city.origin, colleague);
    });

    const closing = async () => {
      await desk.page.goto('/console/banks');
      await desk.page.getByRole('button', { name: t('closing.title', { name }), exact: true }).click();
    };
    /** The other admin of the city finds it among what waits in that bank, and confirms it. */
    async function confirm(words: string): Promise<void> {
      const { page } = second;
      await page.goto('/console/banks');
      await page.getByRole('combobox', { name: t('app.bank') }).selectOption(bankId);
      await page.locator('nav a[href="/console/waiting"] .number').waitFor();
      await page.locator('nav a[href="/console/waiting"]').click();
      await page.getByText(words).first().waitFor();
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: t('waiting.confirm'), exact: true }).click();
      await page
        .locator('dialog')
        .getByRole('button', { name: t('waiting.confirm'), exact: true })
        .click();
      await page.getByRole('status').getByText(words).waitFor();
    }

    it('D10: says what stands in the way and leads there, and is closed once two admins of the city want it', async () => {
      const { page } = desk;
      await closing();
      const left = page.locator('dialog [data-in-the-way]');
      await left.getByText(t('closing.inTheWay.membersWithMinutes', { count: 1 })).waitFor();
      expect([await left.getByRole('listitem').count(), await page.locator('dialog [name="on"]').count()]).toEqual([1, 0]);
      expect(await faultsOf(page)).toEqual([]);
      await left.getByRole('link').click();
      await page.waitForURL('**/console/ledger');
      await page.getByText(`client ${client.phone}`).first().waitFor();
      const { pool } = (await client.caller.get(`/api/banks/${bankId}`).expect(200)).body.accounts;
      const donation = { kind: 'donation', fromAccountId: client.accountId, toAccountId: pool, minutes: 90 };
      await client.caller.put(`/api/banks/${bankId}/transfers/${newId()}`, donation).expect(201);

      await closing();
      await page
        .locator('dialog')
        .getByText(t('closing.members', { count: 1 }))
        .waitFor();
      expect(await page.locator('dialog [name="on"]').getAttribute('data-value')).toBe('2026-03-02');
      await page.locator('dialog [name="on"]').fill('2020-01-01');
      await page.locator('dialog [name="reasonCode"]').selectOption('work_ended');
      await page.locator('dialog [type="submit"]').click();
      const inFullToday = inFull('2026-03-02');
      await page.getByText(t('refusals.banks/closing_day', { from: inFullToday, to: inFullToday })).waitFor();
      await page.locator('dialog [name="on"]').fill('2026-03-02');
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
      await page.locator('dialog [type="submit"]').click();
      await page.getByRole('status').getByText(name).waitFor();
      await confirm(t('waiting.say.closing', { name, day: inFullToday }));
      await second.page.locator('[data-closed-bank]').waitFor();
      for (const shut of ['queue', 'requests/new']) expect(await second.page.locator(`nav a[href="/console/${shut}"]`).count()).toBe(0);

      await page.goto('/console/banks');
      const ended = page.locator('[data-closed]');
      await ended.getByRole('rowheader', { name, exact: true }).waitFor();
      expect(await page.getByRole('button', { name: t('banks.edit', { name }), exact: true }).count()).toBe(0);
      // It was chosen when the list of what was left was opened.
      await ended.getByText(t('banks.current'), { exact: true }).waitFor();
      await page.locator('[data-closed-bank]').getByText(inFullToday).waitFor();
      await page.goto('/console/members');
      await page.getByText(`client ${client.phone}`).waitFor();
      expect(await page.locator('a[href="/console/members/new"]').count()).toBe(0);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('/console/banks');
      await ended.waitFor();
      expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
      await page.setViewportSize({ width: 1_280, height: 900 });
    });

    it('D10: its member sees on the phone that it has closed, keeps what was, and is offered nothing new', async () => {
      const phone = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
      await phone.page.goto('/sign-in');
      await signIn(phone.page, client);
      await phone.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      await phone.page.goto('/time');
      await phone.page.getByText(onTheirPhone('banner.closed', { name, day: inFull('2026-03-02') })).waitFor();
      await phone.page.getByText(onTheirPhone('title.donation')).first().waitFor();
      expect(await phone.page.locator('a[href="/help/new"], a[href="/time/give"], a[href="/time/donate"]').count()).toBe(0);
      expect(await faultsOf(phone.page)).toEqual([]);
      await phone.page.goto('/help');
      await phone.page.getByText(onTheirPhone('help.none')).waitFor();
      expect(await phone.page.locator('a[href="/help/new"]').count()).toBe(0);
      expect(phone.complaints).toEqual([]);
      await phone.context.close();
    });

    it('D10: is opened again by two, and goes on', async () => {
      const { page } = desk;
      await page.goto('/console/banks');
      await page.getByRole('button', { name: t('closing.reopenTitle', { name }), exact: true }).click();
      await page.locator('dialog [name="reasonCode"]').selectOption('work_resumed');
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
      await page.locator('dialog [type="submit"]').click();
      await page.getByRole('status').getByText(name).waitFor();
      await confirm(t('waiting.say.reopening', { name }));
      expect(await second.page.locator('[data-closed-bank]').count()).toBe(0);
      await page.goto('/console/banks');
      await page.getByRole('button', { name: t('banks.edit', { name }), exact: true }).waitFor();
      expect(await page.locator('[data-closed]').count()).toBe(0);
      expect([...desk.complaints, ...second.complaints]).toEqual([]);
    });
  });
});
