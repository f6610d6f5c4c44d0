import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { DemoPerson } from './demo-product';

export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, permissions: ['camera'] },
  desk: { viewport: { width: 1_280, height: 800 } },
};

export function openFor(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: 'light', ...options });
}

export async function enter(page: Page, address: string, person: DemoPerson): Promise<void> {
  await page.goto(address);
  await page.locator('[name="phone"]').fill(person.phone);
  await page.locator('[name="password"]').fill(person.password);
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/api/sessions') && answer.status() === 201),
    page.locator('button[type="submit"]').click(),
  ]);
  await page.locator('[name="password"]').waitFor({ state: 'detached' });
}
