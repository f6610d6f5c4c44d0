import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openDesk, openPageCity, type PageCity, wordsOf } from '@timebank/testing';
import { deskScreens, inspectScreen } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('who a member is, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('says in two presses from the list who changed a phone number', async () => {
    const { bankId, coordinator, client } = city;
    const path = `/api/banks/${bankId}/members/${client.memberId}`;
    const { body: before } = await coordinator.caller.get(path).expect(200);
    const { version, name } = before as { version: number; name: string };
    await coordinator.caller.patch(path, { version, homeAddress: 'Ninghai Road 12' }).expect(200);
    const { page, context, complaints } = await openDesk(browser, city.origin, coordinator);
    await page.goto(`${city.origin}/console/members`);
    const row = page.locator('tbody tr').filter({ hasText: name }).first();
    await row.waitFor();
    let presses = 0;
    const press = async (link: ReturnType<typeof page.getByRole>) => {
      presses += 1;
      await link.click();
    };
    await press(row.getByRole('link'));
    await press(page.getByRole('link', { name: t('changes.history'), exact: true }));
    const entry = page.locator('[data-part="history"] > li').filter({ has: page.locator('[data-field="homeAddress"]') });
    await entry.waitFor();
    expect(presses).toBe(2);
    expect(await entry.innerText()).toContain('Ninghai Road 12');
    expect(await entry.innerText()).toContain(t('roles.coordinator'));
    expect(await inspectScreen(page, deskScreens)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
