import { readFileSync } from 'node:fs';
import type { Language } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import { openApp, type TestApp, type TestCaller, type TestMember } from './test-app';

type Words = { [key: string]: string | Words };

/** The words of an app as its pages write them, by key: `t('visit.scanIn')`. Placeholders are filled in. */
export function wordsOf(...files: string[]): (key: string, parameters?: Record<string, string | number>) => string {
  const all = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Words);
  return (key, parameters = {}) => {
    const step = (at: string | Words | undefined, part: string) => (typeof at === 'object' ? at[part] : undefined);
    const found = all.map((words) => key.split('.').reduce<string | Words | undefined>(step, words));
    const text = found.find((value) => typeof value === 'string') as string | undefined;
    if (text === undefined) throw new Error(`no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''));
  };
}

export type PageCity = {
  app: TestApp;
  origin: string;
  bankId: string;
  coordinator: TestMember;
  volunteer: TestMember;
  client: TestMember;
  card: { url: string; code: string; svg: string };
  ask(serviceKind: string, startsInMinutes: number): Promise<string>;
  take(requestId: string): Promise<string>;
  /** What a kind of service is called. */
  kindName(code: string, language?: Language): Promise<string>;
  balance(of: TestMember): Promise<{ balanceMinutes: number; heldMinutes: number }>;
};

/** A bank with a coordinator, a volunteer and a client who has ten hours and a card at the door; in a city of its own, unless another's `app` is given. */
export async function openPageCity(given?: TestApp): Promise<PageCity> {
  const app = given ?? (await openApp());
  const { port } = app.app.getHttpServer().address() as { port: number };
  const admin: TestCaller = await app.signInAsCityAdmin();
  const bankId = await app.openBank(admin);
  const base = `/api/banks/${bankId}`;
  const coordinator = await app.register(admin, bankId, 'coordinator');
  const volunteer = await app.register(coordinator.caller, bankId, 'volunteer');
  const client = await app.register(coordinator.caller, bankId, 'client');
  const { body: bank } = await admin.get(base).expect(200);
  const grant = {
    kind: 'grant',
    fromAccountId: (bank as { accounts: { fund: string } }).accounts.fund,
    toAccountId: client.accountId,
    minutes: 600,
  };
  await admin.put(`${base}/transfers/${newId()}`, grant).expect(201);
  const { body: card } = await coordinator.caller.post(`${base}/members/${client.memberId}/cards`).expect(201);
  return {
    app,
    origin: `http://127.0.0.1:${port}`,
    bankId,
    coordinator,
    volunteer,
    client,
    card: card as PageCity['card'],
    ask: async (serviceKind, startsInMinutes) => {
      const requestId = newId();
      const startsAt = new Date(app.clock.now().getTime() + startsInMinutes * 60_000).toISOString();
      const request = { clientId: client.memberId, serviceKind, startsAt, minutes: 60, place: 'Ninghai Road 12' };
      await client.caller.put(`${base}/requests/${requestId}`, request).expect(201);
      return requestId;
    },
    take: async (requestId) => {
      const visitId = newId();
      await volunteer.caller.put(`${base}/visits/${visitId}`, { requestId, volunteerId: volunteer.memberId }).expect(201);
      return visitId;
    },
    kindName: async (code, language = 'zh-Hans') => {
      const named = 'select name from service_kind_name where code = $1 and language = $2';
      return (await app.database.query<{ name: string }>(named, [code, language]))[0]?.name ?? '';
    },
    balance: async (of) =>
      (await of.caller.get(`${base}/accounts/${of.accountId}`).expect(200)).body as { balanceMinutes: number; heldMinutes: number },
  };
}

/** What watched pages ask for that was not answered yet. */
const asked = new WeakMap<Page, { open: Set<Request>; ever: number }>();

function countRequests(page: Page): void {
  const count = { open: new Set<Request>(), ever: 0 };
  asked.set(page, count);
  page.on('request', (request) => {
    count.open.add(request);
    count.ever += 1;
  });
  page.on('requestfinished', (request) => count.open.delete(request));
  page.on('requestfailed', (request) => count.open.delete(request));
}

/** Waits until everything that a watched page asked for was answered and drawn, and nothing new was asked for meanwhile. */
export async function settled(page: Page): Promise<void> {
  const count = asked.get(page);
  if (count === undefined) throw new Error('only a watched page can be waited for');
  for (;;) {
    const { ever } = count;
    // Twice, since what an answer brings is drawn in between. A page that has nothing to draw is not always called back by itself.
    for (const _ of [1, 2]) await page.evaluate('new Promise((idle) => requestIdleCallback(idle, { timeout: 200 }))');
    if (count.open.size === 0 && count.ever === ever) return;
  }
}

/** Goes to an address of the app and waits until its page is shown. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await settled(page);
}

export type WatchedPage = { page: Page; context: BrowserContext; complaints: string[] };

/**
 * A page that writes down what must not happen: errors in its console, faults in its code, requests that leave the host. Without a service worker, which
 * would fetch the whole app for every page; specs of what it does allow it.
 */
export async function openWatchedPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    baseURL: origin,
    serviceWorkers: 'block',
    ...options,
  });
  // Ends what hangs; no page is there to be fast.
  context.setDefaultTimeout(150_000);
  const page = await context.newPage();
  countRequests(page);
  const complaints: string[] = [];
  page.on('pageerror', (fault) => complaints.push(String(fault)));
  page.on('console', (message) => {
    // A refusal of the API is an answer; the browser writes down its status all the same.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) complaints.push(request.url());
  });
  return { page, context, complaints };
}

/** Who signs in by phone and password. */
type Person = Pick<TestMember, 'phone' | 'password'>;

/** Signs in by the form that stands on the page, on either app. */
export async function signIn(page: Page, { phone, password }: Person): Promise<void> {
  await page.locator('[name="phone"]').fill(phone);
  await page.locator('[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

/** A watched page at the desk with a person signed in, as wide as a desk's screen, at its first page or `at` another. `before` is done before the desk is opened. */
export async function openDesk(
  browser: Browser,
  origin: string,
  person: Person,
  { before, at = '/console/', ...options }: BrowserContextOptions & { before?: (page: Page) => Promise<unknown>; at?: string } = {},
): Promise<WatchedPage> {
  const desk = await openWatchedPage(browser, origin, { viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce', ...options });
  await before?.(desk.page);
  await desk.page.goto(at);
  await signIn(desk.page, person);
  await desk.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  return desk;
}

/** A watched page on the phone with a person signed in, at its first page or `at` another. */
export async function openPhone(
  browser: Browser,
  origin: string,
  person: Person,
  { at = '/today', ...options }: BrowserContextOptions & { at?: string } = {},
): Promise<WatchedPage> {
  const phone = await openWatchedPage(browser, origin, options);
  await phone.page.goto(at);
  await signIn(phone.page, person);
  await phone.page.waitForURL((url) => url.pathname === at);
  await settled(phone.page);
  return phone;
}
