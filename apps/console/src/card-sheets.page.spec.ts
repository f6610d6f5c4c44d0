import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openDesk, openPageCity, type PageCity, type TestMember, type WatchedPage, wordsOf } from '@timebank/testing';
import { deskScreens, faultsOf, inspectScreen } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a sheet of cards whose answer was lost', () => {
  let city: PageCity;
  let base: string;
  let browser: Browser;
  let desk: WatchedPage;
  let colleague: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    colleague = await city.app.register(await city.app.signInAsCityAdmin(), city.bankId, 'coordinator');
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function elder(): Promise<string> {
    const memberId = newId();
    const member = { name: `Elder ${memberId}`, birthDate: '1941-02-03', roles: ['client'] };
    await city.coordinator.caller.put(`${base}/members/${memberId}`, member).expect(201);
    return memberId;
  }
  const valid = async () =>
    (await city.app.database.query<{ card_id: string }>('select card_id from service_card where revoked_at is null order by card_id')).map(
      (card) => card.card_id,
    );
  const named = ({ page }: WatchedPage, name: string) => page.getByRole('button', { name, exact: true });

  it('is there after a reload, made again by one press, and leaves the cards of colleagues alone', async () => {
    const { page } = desk;
    await elder();
    await elder();
    const theirs = await elder();
    await goTo(page, '/console/cards');
    await named(desk, t('cardSheet.send', { count: 3 })).waitFor();
    // A colleague prints for one of them meanwhile, and holds the file.
    const { cards } = (await colleague.caller.put(`${base}/card-sheets/${newId()}`, { clientIds: [theirs] }).expect(201)).body as {
      cards: { cardId: string }[];
    };
    await page.route(
      /\/card-sheets\//,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await named(desk, t('cardSheet.send', { count: 3 })).click();
    await page.getByText(t('cardSheet.none')).waitFor();
    const lost = await valid();
    await page.reload();
    const mine = page.locator('[data-sheet]').filter({ hasText: `coordinator ${city.coordinator.phone}` });
    await mine.waitFor();
    expect(await page.locator('[data-sheet]').count()).toBe(2);
    expect(await inspectScreen(page, deskScreens)).toEqual([]);

    const file = page.waitForEvent('download');
    await mine.getByRole('button', { name: t('cardSheet.anew') }).click();
    expect((await file).suggestedFilename()).toMatch(/\.pdf$/);
    await page.getByText(t('cardSheet.made', { count: 2 })).waitFor();
    const again = await valid();
    expect(again.filter((card) => lost.includes(card)).toSorted()).toEqual([cards[0]!.cardId, ...(await ofTheFirst())].toSorted());
    expect(again).toHaveLength(lost.length);
    await mine.getByRole('button', { name: t('cardSheet.saved') }).click();
    await mine.waitFor({ state: 'detached' });
  });

  it('stands at every desk of the bank: another asks once more before they make it again, and may say that it was saved', async () => {
    const before = await valid();
    await goTo(desk.page, '/console/cards');
    const theirs = desk.page.locator('[data-sheet]').filter({ hasText: `coordinator ${colleague.phone}` });
    await theirs.getByRole('button', { name: t('cardSheet.anew') }).click();
    const dialog = desk.page.locator('dialog');
    await dialog.getByText(t('cardSheet.anewHint')).waitFor();
    expect(await faultsOf(desk.page)).toEqual([]);
    await dialog.getByRole('button', { name: t('app.back'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await theirs.getByRole('button', { name: t('cardSheet.saved') }).click();
    await theirs.waitFor({ state: 'detached' });
    expect(await valid()).toEqual(before);
  });

  /** The card at the door of the client that every city has. */
  async function ofTheFirst(): Promise<string[]> {
    const held = 'select card_id from service_card where client_id = $1 and revoked_at is null';
    return (await city.app.database.query<{ card_id: string }>(held, [city.client.memberId])).map((card) => card.card_id);
  }
});
