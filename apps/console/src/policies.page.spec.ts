import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

describe('the rules at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
  const inFull = (day: string) => new Intl.DateTimeFormat('zh-Hans', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));
  const hours = (count: number) => `${count}\u00a0${t('units.hour')}`;
  const ruleOf = (key: string) => desk.page.locator(`[data-rule="${key}"]`);

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, cityAdmin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('stand by what they are about, in hours and words, with their source and the law it names', async () => {
    const { page } = desk;
    await page.goto('/console/policies');
    const dayCap = ruleOf('dayCapMinutes');
    await dayCap.waitFor();
    expect((await dayCap.locator('.value').innerText()).trim()).toBe(hours(8));
    await dayCap.getByText(t('policyDoes.dayCapMinutes')).waitFor();
    await dayCap.getByText(t('policySources.vms')).waitFor();
    expect(await dayCap.getByText(t('policies.default')).count()).toBe(1);
    const deadline = ruleOf('recordingDeadlineWorkingDays');
    await deadline.getByText(t('policyUnits.workingDays', { count: 10 })).waitFor();
    expect(await deadline.getByRole('link').getAttribute('href')).toMatch(/^https:.*gov\.cn/);
    await page.getByRole('link', { name: t('policyTopics.grants'), exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('topic') === 'grants');
    expect([await ruleOf('grantMinutesMonthly').count(), await dayCap.count()]).toEqual([1, 0]);
  });

  it('are changed in their place by keys alone; a refusal stands at its field and what was typed stays, also over a reload', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/policies?topic=time');
    const rule = ruleOf('visitCapMinutes');
    await rule.getByRole('button', { name: t('policies.changeOf', { rule: t('policyKeys.visitCapMinutes') }) }).focus();
    await page.keyboard.press('Enter');
    await rule.locator('[name="value"]:focus').waitFor();
    expect(await rule.locator('[name="value"]').inputValue()).toBe('4');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('five');
    await rule.locator('[name="source"]').focus();
    await page.keyboard.type('Meeting of 2 March');
    await page.keyboard.press('Enter');
    await rule.getByText(t('refusals.policy/bad_value')).waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('value');
    await page.reload();
    await rule.getByRole('button', { name: t('policies.change') }).click();
    await rule.getByText(t('draft.restored')).waitFor();
    expect([await rule.locator('[name="value"]').inputValue(), await rule.locator('[name="source"]').inputValue()]).toEqual([
      'five',
      'Meeting of 2 March',
    ]);
    // Another rule's form is its own.
    await ruleOf('dayCapMinutes')
      .getByRole('button', { name: t('policies.change') })
      .click();
    expect(await ruleOf('dayCapMinutes').locator('[name="source"]').inputValue()).toBe('');
    await rule.locator('[name="unit"]').selectOption('minutes');
    await rule.locator('[name="value"]').fill('300');
    await rule.getByText(`= ${hours(5)}`).waitFor();
    await rule.locator('[name="validFrom"]').fill('2026-03-05');
    await rule.locator('[name="source"]').press('Enter');
    await rule.getByText(t('policies.laid', { day: inFull('2026-03-05'), value: hours(5) })).waitFor();
    // Until then the old value is in force.
    expect((await rule.locator('.value').innerText()).trim()).toBe(hours(4));
    await rule.getByText(t('policies.comes', { day: inFull('2026-03-05'), value: hours(5) })).waitFor();
    expect([await faultsOf(page), complaints]).toEqual([[], []]);
  });

  it('that have not begun are withdrawn, and their history says by whom', async () => {
    const { page } = desk;
    await page.goto('/console/policies?topic=time');
    const rule = ruleOf('visitCapMinutes');
    await rule.getByRole('button', { name: t('policies.withdraw') }).click();
    await page
      .locator('dialog')
      .getByRole('button', { name: t('policies.withdraw') })
      .click();
    await rule.getByText(t('policies.withdrawn')).waitFor();
    await settled(page);
    expect(await rule.getByText(t('policies.comes', { day: inFull('2026-03-05'), value: hours(5) })).count()).toBe(0);
    await rule.getByRole('button', { name: t('policies.history') }).click();
    const row = rule.locator('tbody tr', { hasText: 'Meeting of 2 March' });
    expect(await row.innerText()).toContain(t('policies.states.withdrawn', { name: t('policies.city') }).split(t('policies.city'))[0]);
    expect(await faultsOf(page)).toEqual([]);
    await ruleOf('roundingMode')
      .getByRole('button', { name: t('policies.history') })
      .click();
    await ruleOf('roundingMode')
      .getByText(t('policies.never', { value: t('policyValues.floor') }))
      .waitFor();
  });

  it('tell the rows of the bank and of the city apart, and wait for a second person where acts of power do', async () => {
    const { page } = desk;
    const admin = await city.app.signInAsCityAdmin();
    const ofCity = { key: 'minimumMinutes', value: 5, validFrom: '2026-03-02', source: 'The city' };
    await admin.put(`/api/policies/${newId()}`, ofCity).expect(201);
    await page.goto('/console/policies');
    await ruleOf('minimumMinutes').getByText(t('policies.ofCity')).waitFor();
    const rule = ruleOf('secondPersonAboveMinutes');
    await rule.getByRole('button', { name: t('policies.change') }).click();
    await rule.locator('[name="value"]').fill('200');
    await rule.locator('[name="source"]').fill('Council');
    await rule.locator('[type="submit"]').click();
    await rule.getByRole('link', { name: t('waiting.title') }).click();
    await page.waitForURL('**/waiting');
    const day = inFull('2026-03-02');
    await page.getByText(t('waiting.say.policy', { rule: t('policyKeys.secondPersonAboveMinutes'), day, value: hours(200) })).waitFor();
  });
});
