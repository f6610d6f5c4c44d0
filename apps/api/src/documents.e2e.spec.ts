import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentLanguages, type DocumentList, type ReadSection } from '@timebank/contract';
import { KeepDigests } from '@timebank/documents';
import { asImporter, openApp, type TestApp } from '@timebank/testing';

type Answer = { status: number; type: string; body: string };

/** A request with an address as it is, which no careful client would send. */
function getRaw(port: number, path: string): Promise<Answer> {
  return new Promise((answered, failed) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'GET', insecureHTTPParser: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () => answered({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body }));
    });
    sent.on('error', failed);
    sent.end();
  });
}

describe('the forum documents at the door', () => {
  let city: TestApp;
  let port: number;
  beforeAll(async () => {
    city = await openApp();
    port = (city.app.getHttpServer().address() as { port: number }).port;
  });
  afterAll(() => city.close());

  const get = (path: string) => city.anybody.get(`/api/documents${path}`);

  it('are not there before they are laid down, which is said plainly', async () => {
    expect((await get('').expect(404)).body.code).toBe('documents/not_found');
    expect((await get('/search?q=Nanjing').expect(200)).body).toEqual({ items: [] });
    await asImporter(city.database, (importer) => importer.get(KeepDigests, { strict: false }).run());
  });

  it('lists three documents to anyone, in the language asked for and in Chinese by itself', async () => {
    const chinese = (await get('').expect(200)).body as DocumentList;
    expect(chinese.items.map(({ slug }) => slug)).toEqual([
      'east-asia-civil-society-forum',
      'social-organizations-going-overseas',
      'azuki-foundation',
    ]);
    const titles = await Promise.all(
      documentLanguages.map(async (language) => ((await get(`?language=${language}`)).body as DocumentList).items[0]?.title),
    );
    expect(titles[0]).toBe(chinese.items[0]?.title);
    expect(new Set(titles).size).toBe(4);
    expect((await get('?language=de').expect(400)).body).toMatchObject({ code: 'request/malformed', path: 'query.language' });
  });

  it('reads a section with its speakers, figures, problems, its neighbours and a line to cite it by', async () => {
    const section = (await get('/east-asia-civil-society-forum/sections/keynote-nanjing-time-bank?language=en').expect(200))
      .body as ReadSection;
    expect(section.speakers.map(({ name }) => name)).toEqual(['Zhang Xingming']);
    expect(section.figures.map(({ shown, yearShown }) => [shown, yearShown])).toEqual([
      ['about 30 organizations', '2019'],
      ['about 1,500 people', '2019'],
      ['11%', '2019'],
      ['26%', '2050 (forecast)'],
    ]);
    expect(section.problems.map(({ problem }) => problem)).toEqual(['skill', 'kinds', 'area', 'one-app', 'stamping', 'exchange']);
    expect([section.previous?.section, section.next?.section]).toEqual(['keynote-korea-ageing', 'keynote-japan-untrodden-ageing']);
    expect(section.original).toBeNull();
    expect(section.citeAs).toMatch(/^\S+\. “1\.2 .+”\. .+\. 2019-10-28\/2019-10-29\.$/u);
  });

  it('reads a document, every figure and every problem', async () => {
    const { body } = await get('/azuki-foundation?language=ja').expect(200);
    expect(body).toMatchObject({ originalLanguage: 'ja', sections: [], hasOriginal: false });
    const figures = (await get('/figures?language=ko').expect(200)).body as { items: { chart: { chart: string } | null }[] };
    expect(figures.items).toHaveLength(60);
    const problems = (await get('/problems').expect(200)).body as { items: { sources: unknown[]; places: string[] }[] };
    expect(problems.items).toHaveLength(9);
    for (const { sources, places } of problems.items) expect(Math.min(sources.length, places.length)).toBeGreaterThan(0);
  });

  it('knows no other document and no other section', async () => {
    for (const path of ['/nowhere', '/nowhere/sections/overview', '/azuki-foundation/sections/nowhere'])
      expect((await get(path).expect(404)).body.code).toBe('documents/not_found');
    expect((await get('/Not%20a%20slug').expect(400)).body.path).toBe('params.slug');
  });

  it('lets copies be kept, and says when one is still good', async () => {
    const first = await get('/azuki-foundation').expect(200);
    expect(first.headers['cache-control']).toBe('public, max-age=300');
    const tag = first.headers['etag'] as string;
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
    for (const given of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const again = await get('/azuki-foundation').set('if-none-match', given).expect(304);
      expect([again.text, again.headers['etag']]).toEqual(['', tag]);
    }
    await get('/azuki-foundation').set('if-none-match', '"other"').expect(200);
    expect((await get('/azuki-foundation?language=en')).headers['etag']).not.toBe(tag);
    expect((await get('/nowhere').expect(404)).headers['cache-control']).toBe('no-store');
    await city.anybody.put('/api/documents/azuki-foundation', {}).expect(404);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '%20%20'],
    ['10,000 letters', 'a'.repeat(10_000)],
    ['10,000 Chinese letters', encodeURIComponent('\u8001'.repeat(10_000))],
    ['a NUL', '%00'],
    ['half a surrogate pair', '%ED%A0%80'],
    ['a broken escape', '%E4%B8'],
    ['a lone percent sign', '%'],
  ])('answers %s with 400', async (_, q) => {
    const { status, body } = await getRaw(port, `/api/documents/search?q=${q}`);
    expect({ status, code: (JSON.parse(body) as { code: string }).code }).toEqual({ status: 400, code: 'request/malformed' });
  });

  it.each([['an escaped quote', '%27%01%27']])('takes %s for the letters it is written in', async (_, q) => {
    const { status, body } = await getRaw(port, `/api/documents/search?q=${q}`);
    expect({ status, isList: Array.isArray((JSON.parse(body) as { items: unknown }).items) }).toEqual({ status: 200, isList: true });
  });

  it.each([
    "' & ! | ( ) : * <-> \\ ''",
    "Nanjing:* & !'bank",
    "'); drop table document; --",
    '%',
    '\u0001\u0002\u0008\u001b\u007f\u2028\u202e',
    '\ufeff\u200d\u0301\u{1f468}\u200d\u{1f469}',
    '\u8001'.repeat(200),
    'a b '.repeat(50).trim(),
    `${'\u0300'.repeat(150)}x`,
    'constructor __proto__ toString',
    '\u2116\ufb03\u3392 \uff31\uff32',
  ])('answers %p', async (q) => {
    const { status, body } = await get(`/search?language=en&q=${encodeURIComponent(q)}`);
    expect({ status, isList: Array.isArray((body as { items: unknown }).items) }).toEqual({ status: 200, isList: true });
  });

  it('marks what was found in pieces, without markup, and takes a word that nobody wrote for the one most like it', async () => {
    const { body } = await get('/search?language=en&q=Nanjng%20time%20bank&limit=3').expect(200);
    const [first] = (body as { items: { section: string; excerpt: { text: string; hit: boolean }[] }[] }).items;
    expect(first?.section).toBe('keynote-nanjing-time-bank');
    expect(first?.excerpt.filter(({ hit }) => hit).map(({ text }) => text.toLowerCase())).toEqual(expect.arrayContaining(['nanjing']));
    expect((body as { items: unknown[] }).items).toHaveLength(3);
  });
});
