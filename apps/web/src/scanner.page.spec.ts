import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowserWithCamera, openPageCity, openWatchedPage, type PageCity, signIn, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';
import QRCode from 'qrcode';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const foreign = 'weixin://wxpay/bizpayurl?pr=abc';

/** What a page does before the app is loaded there. Streams are counted; each camera is a canvas that can be drawn on. */
const cameras = `
  window.streams = [];
  window.cameras = ['camera2 0, facing back', 'camera2 1, facing front', 'camera2 2, facing back'].map((label, at) => ({ label, deviceId: 'id' + at }));
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  window.show = (colour) => { const pen = canvas.getContext('2d'); pen.fillStyle = colour; pen.fillRect(0, 0, 640, 480); };
  let tick = 0;
  setInterval(() => { tick += 1; show(tick % 2 ? '#808080' : '#818181'); }, 50);
  navigator.mediaDevices.enumerateDevices = async () => window.cameras.map((camera) => ({ ...camera, kind: 'videoinput' }));
  navigator.mediaDevices.getUserMedia = async ({ video }) => {
    const wanted = window.cameras.find(({ deviceId }) => deviceId === video.deviceId?.exact) ?? window.cameras[window.given ?? 0];
    const stream = canvas.captureStream(20);
    const track = stream.getVideoTracks()[0];
    track.getSettings = () => ({ deviceId: wanted.deviceId });
    track.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 3 } });
    track.applyConstraints = async ({ advanced }) => { window.lens = { ...window.lens, ...advanced[0] }; };
    window.streams.push({ stream, label: wanted.label });
    return stream;
  };
  window.live = () => window.streams.filter(({ stream }) => stream.getVideoTracks()[0].readyState === 'live').map(({ label }) => label);
`;

describe('the scanning screen', () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  let phone: WatchedPage;
  let browserIs: { dispose(): Promise<void> } | undefined;
  beforeAll(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    browser = await openBrowserWithCamera(await QRCode.toString(foreign, { type: 'svg', errorCorrectionLevel: 'Q' }));
    phone = await openWatchedPage(browser, city.origin, { permissions: ['camera'] });
    await phone.page.goto('/sign-in');
    await signIn(phone.page, city.volunteer);
    await phone.page.waitForURL('**/today');
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  /** The screen on the one phone that these tests share: signed in, and with nothing else kept. The script says what its browser is like. */
  async function openScan(script: string): Promise<WatchedPage> {
    await browserIs?.dispose();
    await phone.page.evaluate('localStorage.clear()');
    phone.complaints.length = 0;
    browserIs = await phone.page.addInitScript(`{${script}}`);
    await phone.page.goto(`/scan/${visitId}`);
    return phone;
  }
  const live = (page: Page) => page.evaluate('live()');
  const isOpen = (page: Page) => page.locator('.picture.open').waitFor();
  const turnVisibility = (page: Page, state: string) =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
  /** Every way in beside the camera. */
  async function otherWays(page: Page): Promise<void> {
    await page.getByLabel(t('scan.typed')).waitFor();
    await page.getByText(t('scan.photo')).waitFor();
    await page.getByText(t('scan.ownCamera')).waitFor();
    await page.locator('a[href^="tel:"]').waitFor();
  }
  const accessible = async (page: Page) => expect(await faultsOf(page)).toEqual([]);

  it('says of a foreign code that it is no service card, and keeps looking', async () => {
    const { page, complaints } = await openScan('');
    await page.getByText(t('scan.foreign')).waitFor();
    await isOpen(page);
    await otherWays(page);
    expect(complaints).toEqual([]);
  });

  it.each(['standard', 'elder'])(
    'in %s mode it has the light, the zoom and the lenses of the phone, one stream at a time, and keeps the chosen lens',
    async (mode) => {
      const { page, complaints } = await openScan(`${cameras}; localStorage.setItem('timebank.web.mode', '${mode}'); window.given = 2;`);
      await isOpen(page);
      // The browser gave the second rear lens; the first is the main one.
      await page.getByText(t('scan.lensRear', { number: 1 })).waitFor();
      expect(await live(page)).toEqual(['camera2 0, facing back']);
      await page.getByRole('button', { name: t('scan.torchOn') }).click();
      await page.getByRole('button', { name: t('scan.torchOff') }).waitFor();
      await page.getByRole('button', { name: t('scan.zoomIn') }).click();
      await page.getByText(t('scan.zoomLevel', { times: '1.5' })).waitFor();
      expect(await page.evaluate('lens')).toMatchObject({ torch: true, zoom: 1.5 });
      await accessible(page);
      await page.getByRole('button', { name: t('scan.turn') }).click();
      await page.getByText(t('scan.lensRear', { number: 2 })).waitFor();
      await isOpen(page);
      expect(await live(page)).toEqual(['camera2 2, facing back']);
      await page.reload();
      await isOpen(page);
      await page.getByText(t('scan.lensRear', { number: 2 })).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it('stops the camera while it is hidden, opens it again when it is shown, and anew when the stream ends', async () => {
    const { page } = await openScan(cameras);
    await isOpen(page);
    await turnVisibility(page, 'hidden');
    await page.waitForFunction('live().length === 0');
    await turnVisibility(page, 'visible');
    await isOpen(page);
    expect(await live(page)).toHaveLength(1);
    const before = await page.evaluate('streams.length');
    await page.evaluate(`streams.at(-1).stream.getVideoTracks()[0].dispatchEvent(new Event('ended'))`);
    await page.waitForFunction(`streams.length === ${Number(before) + 1} && live().length === 1`);
    await isOpen(page);
  });

  it('opens a stream that stands still anew, twice, and then says so', async () => {
    const { page } = await openScan(
      `${cameras}; Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', { get: () => 7, set: () => undefined });`,
    );
    await page.getByText(t('scan.interrupted')).waitFor();
    expect(await page.evaluate('streams.length')).toBe(3);
    expect(await live(page)).toEqual([]);
    await otherWays(page);
  });

  const failing = (name: string) => `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${name}'); }`;
  it.each([
    ['denied', failing('NotAllowedError'), 'scan.denied'],
    ['absent', failing('NotFoundError'), 'scan.noCamera'],
    ['busy', failing('NotReadableError'), 'scan.cameraBusy'],
    ['not offered at all', `Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`, 'scan.unsupported'],
    [
      'open but not played',
      `${cameras}; HTMLMediaElement.prototype.play = async () => { throw new DOMException('', 'NotAllowedError'); }`,
      'scan.untouched',
    ],
  ])('with a camera that is %s it says so and shows every other way', async (_, script, words) => {
    const { page, complaints } = await openScan(script);
    await page.getByText(t(words)).waitFor();
    await otherWays(page);
    await accessible(page);
    expect(complaints).toEqual([]);
  });

  it('offers neither camera nor photo where nothing can be decoded', async () => {
    const { page } = await openScan('delete globalThis.WebAssembly');
    await page.getByText(t('scan.unreadable')).waitFor();
    await page.getByLabel(t('scan.typed')).waitFor();
    expect(await page.locator('input[type=file]').count()).toBe(0);
  });

  it('says of a photo that cannot be opened, and of one without a card, what they are', async () => {
    const { page } = await openScan(failing('NotAllowedError'));
    await page.setInputFiles('input[type=file]', { name: 'a.heic', mimeType: 'image/heic', buffer: Buffer.from('no picture') });
    await page.getByText(t('scan.noPicture')).waitFor();
    const blank = await page.locator('h1').screenshot({ type: 'jpeg' });
    await page.setInputFiles('input[type=file]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: blank });
    await page.getByText(t('scan.noCodeInPhoto')).waitFor();
    expect(await page.getByText(t('scan.noPicture')).count()).toBe(0);
  });

  it('reads a card in the corner of a large photo that lies on its side, on the page itself where there are no workers', async () => {
    const painter = await browser.newPage({ viewport: { width: 4_000, height: 3_000 } });
    await painter.setContent(
      `<style>body{margin:0;background:#987}svg{position:absolute;left:2900px;top:2100px;width:420px;height:420px;rotate:78deg}</style>${city.card.svg}`,
    );
    const buffer = await painter.screenshot({ type: 'jpeg', quality: 80 });
    await painter.close();
    const { page, complaints } = await openScan(`${failing('NotAllowedError')}; delete globalThis.Worker`);
    await page.setInputFiles('input[type=file]', { name: 'card.jpg', mimeType: 'image/jpeg', buffer });
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    expect(complaints).toEqual([]);
  });
});
