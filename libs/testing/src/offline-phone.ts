import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openWatchedPage, type PageCity, signIn, type WatchedPage, wordsOf } from './test-pages';

let words: ReturnType<typeof wordsOf> | undefined;
const t = (key: string) => (words ??= wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json'))(key);
const minute = 60_000;

type SeenVisit = {
  state: string;
  lane: string | null;
  capturedIn: string | null;
  capturedOut: string | null;
  exceptions: { code: string; lane: string; parameters: Record<string, unknown> }[];
  events: { eventId: string; kind: string; outcome: string; code: string | null }[];
};

/** What the volunteer reads of a visit at the server. */
export async function seenVisit(city: PageCity, visitId: string): Promise<SeenVisit> {
  return (await city.volunteer.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body as SeenVisit;
}

/** A volunteer's phone at a door without network. */
export class OfflinePhone {
  /** Ids of the events that were sent, in order. */
  puts: string[] = [];
  private openedAt = Date.now();
  private constructor(
    private city: PageCity,
    private readonly watched: WatchedPage,
    public page: Page,
  ) {}

  /** Signed in, with the app, its key and the day's visits on the phone. `setAhead` moves its clock. */
  static async open(
    browser: Browser,
    city: PageCity,
    { origin = city.origin, ...options }: { origin?: string } & BrowserContextOptions = {},
  ) {
    const watched = await openWatchedPage(browser, origin, { serviceWorkers: 'allow', ...options });
    const phone = new OfflinePhone(city, watched, watched.page);
    await watched.context.addInitScript(() => {
      const honest = Date.now.bind(Date);
      Date.now = () => honest() + Number(localStorage.getItem('skew') ?? 0);
    });
    watched.context.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().includes('/scans/')) phone.puts.push(request.url().split('/scans/')[1] ?? '');
    });
    await phone.signIn();
    // In words, as the server's rooms know no service workers: until it serves this page.
    await phone.page.evaluate(`(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller) return;
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    })()`);
    return phone;
  }

  /** Until the app, its key and the day's visits are on the phone. */
  private async signIn(): Promise<void> {
    const { page, city } = this;
    const bundle = page.waitForResponse((response) => response.url().endsWith('/api/me/day-bundle') && response.ok());
    const key = page.waitForResponse((response) => response.url().includes('/api/me/devices/') && response.ok());
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('visit.scanIn') }).waitFor();
    await Promise.all([bundle, key]);
  }

  /** Hands the phone on to the volunteer of another bank at the same server: the installed app stays, and nothing else. */
  async handOn(city: PageCity): Promise<void> {
    const { context } = this;
    await context.setOffline(false);
    const left = context.pages();
    this.page = await context.newPage();
    for (const page of left) await page.close();
    const devtools = await context.newCDPSession(this.page);
    await devtools.send('Storage.clearDataForOrigin', { origin: city.origin, storageTypes: 'cookies,local_storage,indexeddb' });
    await devtools.detach();
    Object.assign(this, { city, puts: [], openedAt: Date.now() });
    this.complaints.length = 0;
    await this.signIn();
  }

  get context() {
    return this.watched.context;
  }

  get complaints() {
    return this.watched.complaints;
  }

  setAhead(minutes: number): Promise<void> {
    return this.page.evaluate((skew) => localStorage.setItem('skew', String(skew)), minutes * minute);
  }

  setOffline(offline: boolean): Promise<void> {
    return this.context.setOffline(offline);
  }

  /**
   * Minutes from `begun` to both scans as the server has them. The spec's own run time since this phone was opened, minutes on a busy machine, may be
   * added: the phone's clock goes on meanwhile, the server's stands still.
   */
  async scannedAfter(begun: number, visitId: string, expected: [number, number]): Promise<number[]> {
    const { capturedIn, capturedOut } = await seenVisit(this.city, visitId);
    const taken = (Date.now() - this.openedAt) / minute;
    return [capturedIn, capturedOut].map((at, index) => {
      const minutes = (Date.parse(at ?? '') - begun) / minute;
      const wanted = expected[index] as number;
      return Math.abs(minutes - wanted) <= taken ? wanted : minutes;
    });
  }

  /** Types the card's code on the page of a visit. */
  async type(visitId: string): Promise<void> {
    await this.page.goto(`/scan/${visitId}`);
    await this.page.locator('[name="card"]').fill(this.city.card.code);
    await this.page.getByRole('button', { name: t('scan.send'), exact: true }).click();
  }

  async scan(visitId: string, sentence: string): Promise<void> {
    await this.type(visitId);
    await this.page.getByRole('heading', { level: 1, name: sentence }).waitFor();
  }

  /** Puts the phone away and takes it out again: it knows only what it stored. */
  async restart(): Promise<void> {
    await this.page.close();
    this.page = await this.context.newPage();
  }

  /** Until nothing waits on the phone. */
  async uploaded(): Promise<void> {
    await this.page.goto('/scan/kept');
    await this.page.getByText(t('kept.none')).waitFor();
  }

  async picture(name: string): Promise<void> {
    if (process.env['PICTURES']) await this.page.screenshot({ path: join(process.env['PICTURES'], `${name}.png`) });
  }
}
