import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SealCheckpoints } from '@timebank/ledger';
import { openApp, openBrowser, openWatchedPage, settleLedger, type TestApp, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json');

describe('the page behind the code on a statement', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-checkpoint-page-'));
  let city: TestApp;
  let browser: Browser;
  let bankId: string;
  let origin: string;
  let root: string | undefined;

  beforeAll(async () => {
    city = await openApp({ env: { DATA_DIR: home } });
    const admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    await city.register(admin, bankId, 'client');
    await settleLedger(city.database, bankId);
    const [sealed] = await city.app.get(SealCheckpoints, { strict: false }).run();
    root = sealed?.statement.root;
    origin = `http://127.0.0.1:${(city.app.getHttpServer().address() as { port: number }).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('shows anyone the root that the statement quotes, in words, and nobody by name', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, origin);
    await page.goto(`/c/${bankId}/1`);
    await page.getByRole('heading', { level: 1, name: t('checkpoint.heading', { bank: 'Drum Tower', number: 1 }) }).waitFor();
    expect((await page.locator('[data-hash="root"]').innerText()).replace(/\s/g, '')).toBe(root);
    expect(await page.locator('body').innerText()).toContain('2026');
    expect(await page.locator('body').innerText()).not.toContain('client');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env['PICTURES']) await page.screenshot({ path: join(process.env['PICTURES'], 'checkpoint.png'), fullPage: true });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says plainly that a checkpoint is unknown', async () => {
    const { page, context } = await openWatchedPage(browser, origin);
    for (const place of [`/c/${bankId}/2`, `/c/${bankId}/none`, '/c/nobody/1']) {
      await page.goto(place);
      await page.getByText(t('checkpoint.unknown')).waitFor();
      expect(await page.locator('[data-hash]').count()).toBe(0);
    }
    await context.close();
  });
});
