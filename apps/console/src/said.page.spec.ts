import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cityAdmin, goTo, openBrowser, openDesk, openPageCity, type PageCity, type WatchedPage, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const english = wordsOf('apps/console/src/locales/en.json');
const tooMany = { status: 429, json: { code: 'request/too_many', parameters: {}, path: null } };

describe('what the desk says of an act, and keeps of what was typed for it', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, cityAdmin);
  });
  afterEach(() => desk.page.unrouteAll());
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
  const inDialog = (name: string) => desk.page.locator('dialog').getByRole('button', { name, exact: true });
  /** The API refuses what is asked for by such an address for being asked too fast, so many times; `soon` says in how many seconds to come again. */
  const refuse = (address: RegExp, times = 1, soon?: number) =>
    desk.page.route(address, (route) => route.fulfill({ ...tooMany, headers: soon === undefined ? {} : { 'retry-after': String(soon) } }), {
      times,
    });

  /** What is asked for by such an address is done, and its answer is lost. */
  const lose = (address: RegExp) =>
    desk.page.route(
      address,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );

  it('says that a bank was changed, whatever is asked for afterwards', async () => {
    const { page } = desk;
    await goTo(page, '/console/banks');
    await button(t('banks.edit', { name: 'Drum Tower' })).click();
    await page.locator('dialog [name="address"]').fill('Drum Tower Street 1');
    await refuse(/\/api\/banks\?/, 9);
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('banks.saved', { name: 'Drum Tower' })).waitFor();
    await page.locator('th', { hasText: 'Drum Tower Street 1' }).waitFor();
    expect(await page.locator('dialog, [data-refusal]').count()).toBe(0);
  });

  it('asks again by itself for what is refused for a moment, and says what stays refused where it is missing', async () => {
    const { page } = desk;
    const refusal = page.locator('[data-refusal]');
    await refuse(/\/corrections/, 1, 1);
    await goTo(page, `/console/members/${city.client.memberId}`);
    await page.waitForResponse((answer) => answer.url().includes('/corrections') && answer.ok());
    expect(await refusal.count()).toBe(0);
    await refuse(/\/corrections/);
    await page.reload();
    await page.getByText(t('refusals.request/too_many')).waitFor();
    await button(t('app.again')).click();
    await refusal.waitFor({ state: 'detached' });

    // Under another filter nothing is known of a list that was refused: neither that it is empty nor what was there before.
    await goTo(page, '/console/members');
    const row = page.locator('tbody tr', { hasText: city.client.phone });
    await row.waitFor();
    await refuse(/\/members\?/, 2);
    await page.locator('[name="q"]').fill('nobody of this name');
    await refusal.waitFor();
    expect([await row.count(), await page.getByText(t('members.none')).count()]).toEqual([0, 0]);
    await page.unrouteAll();

    await goTo(page, '/console/ledger/grant');
    const picker = page.locator('.field', { has: page.locator('[role="combobox"]') });
    const option = picker.getByRole('option', { name: city.volunteer.phone });
    await refuse(/\/members\?/);
    await picker.getByRole('combobox').fill(city.volunteer.phone);
    await picker.getByText(t('refusals.request/too_many')).waitFor();
    expect(await option.count()).toBe(0);
    await picker.getByRole('button', { name: t('app.again') }).click();
    await option.waitFor();
    expect([await refusal.count(), await picker.getByRole('combobox').inputValue()]).toEqual([0, city.volunteer.phone]);
    await page.keyboard.press('Enter');
    expect(await picker.getByRole('combobox').inputValue()).not.toBe(city.volunteer.phone);
  });

  it('keeps the reason of each role for itself, over another dialog and a reload', async () => {
    const { page } = desk;
    const open = (role: string) => button(`${t('memberRoles.give')} ${t(`roles.${role}`)}`).click();
    const note = page.locator('dialog [name="note"]');
    await goTo(page, `/console/members/${city.client.memberId}`);
    await open('coordinator');
    await page.locator('dialog [name="reasonCode"]').selectOption('stands_in');
    await note.fill('For a month');
    await refuse(/\/roles\//);
    await inDialog(t('memberRoles.give')).click();
    await page.locator('dialog [data-refusal]').waitFor();
    await inDialog(t('app.back')).click();
    await open('volunteer');
    expect([await page.locator('dialog [data-refusal]').count(), await note.inputValue()]).toEqual([0, '']);
    await inDialog(t('app.back')).click();
    await page.reload();
    await open('coordinator');
    expect([await note.inputValue(), await page.locator('dialog [name="reasonCode"]').inputValue()]).toEqual(['For a month', 'stands_in']);
    await inDialog(t('app.back')).click();
  });

  it('reads anew what stands behind a dialog whose answer was lost, and says it in the language of the reader', async () => {
    const { page } = desk;
    const give = (role: string) => button(`${t('memberRoles.give')} ${t(`roles.${role}`)}`);
    await goTo(page, `/console/members/${city.client.memberId}`);
    await give('coordinator').click();
    await page.locator('dialog [name="reasonCode"]').selectOption('stands_in');
    await lose(/\/roles\//);
    await inDialog(t('memberRoles.give')).click();
    await page.locator('dialog [data-refusal]').waitFor();
    await inDialog(t('app.back')).click();
    await button(`${t('memberRoles.take')} ${t('roles.coordinator')}`).click();
    await page.locator('dialog [name="reasonCode"]').selectOption('task_over');
    await inDialog(t('memberRoles.take')).click();
    await page.getByText(t('memberRoles.done')).waitFor();
    await page.getByText(t('place.none')).waitFor();
    await page.getByRole('combobox', { name: t('language.label') }).selectOption('en');
    await page.getByText(english('memberRoles.done')).waitFor();
    await page.getByText(english('place.none')).waitFor();
    expect(await page.getByText(t('memberRoles.done')).count()).toBe(0);
    await page.getByRole('combobox', { name: english('language.label') }).selectOption('zh-Hans');
  });

  it('says that a change waits for a colleague once its form is closed, and not that a password stands whose answer was lost', async () => {
    const { page } = desk;
    const phone = page.locator('[name="phone"]');
    await goTo(page, `/console/members/${city.client.memberId}`);
    await button(t('member.edit')).click();
    await phone.fill('13900009999');
    await button(t('app.save')).click();
    await page.getByText(t('member.waits')).waitFor();
    expect(await phone.count()).toBe(0);
    await button(t('member.edit')).click();
    expect(await phone.inputValue()).toBe(city.client.phone);
    await phone.fill('13900008888');
    await page.reload();
    await button(t('member.edit')).click();
    expect(await phone.inputValue()).toBe('13900008888');
    await button(t('draft.anew')).click();

    await goTo(page, '/console/own-sign-in');
    await page.locator('[name="oldPassword"]').fill('none of mine');
    await page.locator('[name="newPassword"]').fill('seven violet kettles');
    await page.route(/\/me\/password/, (route) => route.abort(), { times: 1 });
    await button(t('signIns.change')).click();
    await page.getByText(t('signIns.unsure')).waitFor();
    await button(t('signIns.change')).click();
    await page.getByText(t('refusals.access/wrong_old_password')).waitFor();
    expect(await page.getByText(t('signIns.unsure')).count()).toBe(1);
  });

  it('lets what could not be read be asked for again, and keeps a leaving and a closing over a reload', async () => {
    const { page } = desk;
    await goTo(page, `/console/members/${city.client.memberId}`);
    await refuse(/\/leav/);
    await button(t('leaving.open')).click();
    await inDialog(t('app.again')).click();
    await page.locator('dialog').getByText(t('leaving.ends')).waitFor();
    await page.locator('dialog [name="reason"]').selectOption('moved');
    await page.reload();
    await button(t('leaving.open')).click();
    expect(await page.locator('dialog [name="reason"]').inputValue()).toBe('moved');
    await inDialog(t('app.back')).click();

    const empty = await city.app.openBank(await city.app.signInAsCityAdmin(), 'Willow Lane');
    await goTo(page, '/console/banks');
    await refuse(new RegExp(`/api/banks/${empty}/clos`));
    await button(t('closing.title', { name: 'Willow Lane' })).click();
    await inDialog(t('app.again')).click();
    await page.locator('dialog [name="reasonCode"]').selectOption('work_ended');
    await page.locator('dialog [name="note"]').fill('Nobody lives there');
    await page.reload();
    await button(t('closing.title', { name: 'Willow Lane' })).click();
    await page.locator('dialog [name="note"]').waitFor();
    expect(await page.locator('dialog [name="note"]').inputValue()).toBe('Nobody lives there');
    expect(await page.locator('dialog [name="on"]').getAttribute('data-value')).toMatch(/^\d{4}-/);
    await inDialog(t('app.back')).click();
    expect(desk.complaints).toEqual([]);
  });
});
