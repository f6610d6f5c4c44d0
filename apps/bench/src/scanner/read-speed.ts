import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { openBrowser } from '@timebank/testing';
import { areaOf, type Look, looks, sizeFor } from '@timebank/web-kit/scanning';
import type { Browser } from 'playwright-core';
import { partOf, readFrame } from './app-reader';
import { blanks, corpus } from './corpus';
import { hardships } from './hardships';
import { frame } from './lens';
import { type Measurement, type Progress, summarise } from '../report';

const throttle = 6;
const assets = 'dist/web/assets';

type Shot = { kind: 'with a code' | 'without'; rgba: Uint8ClampedArray };
type Timing = { kind: Shot['kind']; look: string; milliseconds: number };

/** Frames at which the camera sees an ordinary card, and as many at which it sees words, a table and no code: the longest search. */
async function shots(each: number): Promise<Shot[]> {
  const taken: Shot[] = [];
  const plain = hardships.filter(({ name }) => name === 'rotation');
  for await (const { rgba } of corpus(7, Math.ceil(each / 5), plain)) if (taken.length < each) taken.push({ kind: 'with a code', rgba });
  for await (const { rgba } of blanks(7, each)) taken.push({ kind: 'without', rgba });
  return taken;
}

const named = ({ area, contrast }: Look) => `${area}${contrast ? ', contrast' : ''}`;
const kindsOfLook = [...new Map(looks.map((look) => [named(look), look as Look])).values()];

/** Serves what a page needs to load the app's own decoder: its chunks and its wasm. */
async function serveDecoder(): Promise<{ server: Server; origin: string }> {
  const chunk = readdirSync(assets).find((name) => /^decode-here-.*\.js$/.test(name));
  if (chunk === undefined) throw new Error('the phone app has no chunk that decodes');
  const server = createServer((request, response) => {
    const name = /^\/assets\/([\w.-]+)$/.exec(request.url ?? '')?.[1];
    if (!name || !existsSync(join(assets, name))) return void response.setHeader('content-type', 'text/html').end(timingPage(chunk));
    response.setHeader('content-type', name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
    createReadStream(join(assets, name)).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, origin: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}

/** A page that draws and decodes a frame as the phone does, by the app's own chunk, on the page's thread: there the slowing down reaches. */
const timingPage = (chunk: string) => `<!doctype html><script type="module">
  import { readCode } from '/assets/${chunk}';
  window.timeFrame = async (grey, width, height, tasks) => {
    const bytes = Uint8Array.from(atob(grey), (letter) => letter.charCodeAt(0));
    const pixels = Uint32Array.from(bytes, (value) => value * 0x10101 + 0xff000000);
    const image = await createImageBitmap(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height));
    const canvas = document.createElement('canvas');
    const times = [];
    for (const { look, area, size } of tasks) {
      const startedAt = performance.now();
      Object.assign(canvas, size);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, size.width, size.height);
      await readCode(context.getImageData(0, 0, size.width, size.height), look);
      times.push(performance.now() - startedAt);
    }
    return times;
  };
</script>`;

const tasks = kindsOfLook.map((look) => {
  const area = areaOf(look, frame.width, frame.height);
  return { look, area, size: sizeFor(look, area) };
});

async function timeInBrowser(browser: Browser, all: readonly Shot[]): Promise<Timing[]> {
  const { server, origin } = await serveDecoder();
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    const greyOf = ({ rgba }: Shot) => Buffer.from(rgba.filter((_, at) => at % 4 === 0)).toString('base64');
    await page.waitForFunction('window.timeFrame !== undefined');
    const time = (shot: Shot): Promise<number[]> =>
      page.evaluate(`timeFrame('${greyOf(shot)}', ${frame.width}, ${frame.height}, ${JSON.stringify(tasks)})`);
    for (const shot of all.slice(0, 2)) await time(shot);
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const timings: Timing[] = [];
    for (const shot of all) {
      const times = await time(shot);
      for (const [at, milliseconds] of times.entries())
        timings.push({ kind: shot.kind, look: named(kindsOfLook[at] as Look), milliseconds });
    }
    return timings;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function timeHere(all: readonly Shot[]): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const { kind, rgba } of [...all.slice(0, 2), ...all]) {
    for (const look of kindsOfLook) {
      const startedAt = performance.now();
      partOf(rgba, look);
      await readFrame(rgba, look);
      timings.push({ kind, look: named(look), milliseconds: (performance.now() - startedAt) * throttle });
    }
  }
  return timings.slice(2 * kindsOfLook.length);
}

/**
 * `scanner.speed`: the median time of a frame, drawn and decoded, on a sixth of this processor, over the app's order of looks at frames
 * without a code, which are searched to the end. The browser's slowing down is promised for a page's thread only, so the app's decoder
 * runs there, from the built app. Without a browser Node's times are taken six times.
 */
export async function measureSpeed(each: number, say: Progress): Promise<Measurement> {
  const all = await shots(each);
  const browser = await openBrowser().catch((reason: unknown) => {
    say(`no browser, so Node × ${throttle}: ${String(reason)}`);
    return null;
  });
  const timings = browser ? await timeInBrowser(browser, all).finally(() => browser.close()) : await timeHere(all);
  const timesOf = (kind: Shot['kind'], look: Look) =>
    timings.filter((timing) => timing.kind === kind && timing.look === named(look)).map(({ milliseconds }) => milliseconds);
  const parts = kindsOfLook.flatMap((look) =>
    (['with a code', 'without'] as const).map((kind) => {
      const { median, text } = summarise(timesOf(kind, look));
      say(`a frame ${kind}, ${named(look)}: ${text} ms`);
      return { median, said: `${named(look)}, ${kind}: ${median.toFixed(0)} ms` };
    }),
  );
  const { median, text } = summarise(looks.flatMap((look) => timesOf('without', look)));
  const slowest = parts.reduce((worst, one) => (one.median > worst.median ? one : worst));
  const how = browser ? `Chromium's page thread at CPU ÷ ${throttle}` : `Node × ${throttle}`;
  return {
    value: Number(median.toFixed(1)),
    note: `${text}, frames without a code in a round of looks, ${how}; slowest look: ${slowest.said}`,
  };
}
