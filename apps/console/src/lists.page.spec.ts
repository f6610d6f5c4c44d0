import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { goTo, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf, show } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const laid = 450;
const nameAt = (index: number) => `Member ${String(index).padStart(4, '0')}`;

describe('a list of the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    city = await openPageCity();
    await city.app.database.query(
      `with laid as (select gen_random_uuid() as id, name, number, date_trunc('milliseconds', now()) as at from unnest($2::text[]) with ordinality as n (name, number)),
            people as (insert into person (person_id, created_at) select id, at from laid)
       insert into member (bank_id, member_id, person_id, member_number, name, birth_date, phone, account_id, content_hash, created_at)
       select $1, id, id, 'M' || lpad(number::text, 8, '0'), name, date '1930-01-01' + number::integer, '+86139' || lpad(number::text, 8, '0'), id,
              '\\x00', at
         from laid`,
      [city.bankId, Array.from({ length: laid }, (_, index) => nameAt(index))],
    );
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
    page = desk.page;
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const rows = () => page.locator('tbody tr[data-index]');
  const region = () => page.getByRole('region', { name: t('members.title') });
  const open = (address: string) => goTo(page, `/console${address}`);
  const all = laid + 3;

  it('reads on as one scrolls, has only the rows in sight in the page, and says how many there are', async () => {
    await open('/members');
    const most: number[] = [];
    for (;;) {
      most.push(await rows().count());
      const last = page.getByRole('link', { name: nameAt(laid - 1), exact: true });
      if ((await last.count()) > 0) break;
      await region().evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
      await settled(page);
    }
    expect(Math.max(...most)).toBeLessThanOrEqual(80);
    await page.getByText(t('list.all', { total: all })).waitFor();
    // The head stays in sight, and what is read aloud knows which row stands where.
    const [head, list] = [await region().locator('thead th').first().boundingBox(), await region().boundingBox()];
    expect(head?.y).toBeCloseTo(list?.y ?? 0, -1);
    expect(await rows().last().getAttribute('aria-rowindex')).toBe(String(all + 1));
  });

  it('is walked by arrow keys, opened by Enter, and found again at the same place on the way back', async () => {
    await open('/members');
    await rows().first().getByRole('link').focus();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction(
        (at) => document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index'] === at,
        `${step + 1}`,
      );
    }
    const name = await page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.waitForFunction(() => (document.querySelector('.deep')?.scrollTop ?? 0) > 1_000);
    expect(await rows().count()).toBeLessThanOrEqual(80);
  });

  it('counts what each choice would show', async () => {
    await open('/members');
    const chip = (role: string) =>
      page.getByRole('navigation', { name: t('members.roles') }).getByRole('link', { name: t(`roles.${role}`) });
    expect(await chip('coordinator').textContent()).toMatch(/ 1$/);
    expect(await chip('auditor').textContent()).toMatch(/ 0$/);
    await open(`/members?q=${encodeURIComponent(nameAt(7))}`);
    expect(await chip('coordinator').textContent()).toMatch(/ 0$/);
  });

  it('is put in order by its heads, as the server orders it', async () => {
    const [first, second] = [await city.ask('company', 60), await city.ask('meal', 300)];
    await open('/requests');
    const order = () =>
      rows()
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1)));
    expect(await order()).toEqual([first, second]);
    const head = page.getByRole('columnheader', { name: t('visit.start') });
    await head.getByRole('button').click();
    await page.waitForURL(/sort=newest/);
    await settled(page);
    expect(await order()).toEqual([second, first]);
    expect(await head.getAttribute('aria-sort')).toBe('descending');
  });

  it('leaves out columns by the address, and saves what is shown, to its last row', async () => {
    await open('/members?sort=newest');
    await page.getByText(t('list.columns'), { exact: true }).click();
    await page.getByRole('checkbox', { name: t('members.phone') }).uncheck();
    await page.waitForURL(/hide=phone/);
    await page.reload();
    await rows().first().waitFor();
    expect(await page.getByRole('columnheader').allTextContents()).not.toContain(t('members.phone'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('list.export') }).click()]);
    const text = await readFile(await file.path(), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(`\uFEFF${['name', 'number', 'birthDate', 'roles'].map((key) => t(`members.${key}`)).join(',')}`);
    expect(lines).toHaveLength(all + 1);
    expect(text).not.toContain('+86139');
    expect(file.suggestedFilename()).toMatch(/\d{4}-\d\d-\d\d\.csv$/);
  });

  it('keeps views of it under names of one\u2019s own', async () => {
    await open('/members?role=client&sort=newest');
    await page.getByRole('button', { name: t('list.saveView') }).click();
    await page.getByLabel(t('list.viewName')).fill('Clients');
    await page.keyboard.press('Enter');
    await open('/members');
    const view = page.getByRole('button', { name: 'Clients', exact: true });
    expect(await view.getAttribute('aria-pressed')).toBe('false');
    await view.click();
    await page.waitForURL(/role=client.*sort=newest/);
    expect(await view.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: t('list.dropView', { name: 'Clients' }) }).click();
    await page.reload();
    await rows().first().waitFor();
    expect(await view.count()).toBe(0);
  });

  it('says that rows of an earlier filter are not yet those of the new one', async () => {
    await open('/members');
    const released = Promise.withResolvers<void>();
    await page.route('**/members?*', async (route) => {
      await released.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: t('roles.coordinator') }).click();
    await page.locator('.deep[aria-busy="true"]').waitFor();
    await page.getByRole('search').getByText(t('app.loading')).waitFor();
    released.resolve();
    await page.locator('.deep:not([aria-busy])').waitFor();
    expect(await rows().count()).toBe(1);
    await page.unroute('**/members?*');
  });

  it('shows its rows before all of them are counted', async () => {
    const released = Promise.withResolvers<void>();
    await page.route('**/members?*count=yes*', async (route) => {
      await released.promise;
      await route.continue();
    });
    await page.goto('/console/members');
    await rows().nth(10).waitFor();
    expect(await page.getByText(t('list.shown', { shown: 100, total: all })).count()).toBe(0);
    released.resolve();
    await page.getByText(t('list.shown', { shown: 100, total: all })).waitFor();
    await page.unroute('**/members?*count=yes*');
  });

  it('shows the names of kinds that come after its rows', async () => {
    await city.ask('meal', 600);
    const held = await desk.context.newPage();
    await held.addInitScript(() => localStorage.removeItem('timebank.console.kinds'));
    const { promise: released, resolve: letGo } = Promise.withResolvers<void>();
    await held.route('**/api/service-kinds*', async (route) => {
      await released;
      await route.continue();
    });
    await held.goto('/console/requests');
    const kind = held.locator('tbody tr[data-index] > *').nth(2);
    await kind.waitFor();
    expect(await kind.textContent()).toBe('');
    letGo();
    await held.waitForFunction(() => document.querySelector('tbody tr[data-index] > :nth-child(3)')?.textContent !== '');
    expect(await kind.textContent()).toMatch(/\S/);
    await held.close();
  });

  it('is cards on a narrow screen', async () => {
    await open('/members');
    await show(page, { theme: 'light', width: 360 });
    expect(await faultsOf(page)).toEqual([]);
    expect(await rows().count()).toBeLessThanOrEqual(80);
    expect(desk.complaints).toEqual([]);
  });
});
