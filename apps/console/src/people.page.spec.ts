import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { newId } from '@timebank/kernel';
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

  it('takes somebody in who asked by phone: seen, then accepted, two presses', async () => {
    const { app, bankId, coordinator } = city;
    const sender = app.app.get(CodeSender as never, { strict: false }) as CodeSender;
    let code = '';
    sender.send = async (_phone, sent) => void (code = sent);
    const phone = '13966660001';
    await app.anybody.post(`/api/joining/${bankId}/codes`, { phone }).expect(201);
    const said = { phone, code, name: 'Zhou Lan', birthDate: '1961-05-01', roles: ['client'], textVersion: 1, language: 'zh-Hans' };
    await app.anybody.put(`/api/joining/${bankId}/applications/${newId()}`, said).expect(201);
    const { page, context, complaints } = await openDesk(browser, city.origin, coordinator);
    await page.goto(`${city.origin}/console/applications`);
    const one = page.locator('[data-application]').filter({ hasText: 'Zhou Lan' });
    await one.waitFor();
    expect(await inspectScreen(page, deskScreens)).toEqual([]);
    await one.getByRole('button', { name: t('joining.seenInPerson') }).click();
    await one.getByRole('button', { name: t('joining.accept') }).click();
    await page.getByText(t('joining.taken', { name: 'Zhou Lan' })).waitFor();
    await page.getByText(t('joining.none')).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
