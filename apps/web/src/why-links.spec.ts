import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const { problems } = JSON.parse(readFileSync('libs/documents/catalogue/catalogue.json', 'utf8')) as {
  problems: { slug: string; places: string[] }[];
};
const words = JSON.parse(readFileSync('libs/contract/locales/zh-Hans.json', 'utf8')) as { documents: Record<string, string> };
const apps = [
  { prefix: '/console', folder: 'apps/console/src' },
  { prefix: '', folder: 'apps/web/src' },
];

/** The page behind an address, as the router's table of its app names it. */
function pageAt(place: string): string | null {
  const app = apps.find(({ prefix }) => place.startsWith(`${prefix}/`)) as (typeof apps)[number];
  const tables = [join(app.folder, 'router.ts'), ...globSync(`${app.folder}/*/*-routes.ts`)];
  const routes = tables.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)',\s*component: (?:withLaterWords\()?\(\) => import\('([^']+)'\)/g)].map(
      ([, path, page = '']) => ({ path, page: join(dirname(file), page) }),
    ),
  );
  return routes.find(({ path }) => path === place.slice(app.prefix.length))?.page ?? null;
}

/** A page and the parts that it is made of. */
function sourcesOf(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file)) return known;
  known.add(file);
  for (const [, part] of readFileSync(file, 'utf8').matchAll(/from '(\.{1,2}\/[^']+\.vue)'/g))
    sourcesOf(join(dirname(file), part as string), known);
  return known;
}

const places = problems.flatMap(({ slug, places: all }) => all.map((place) => ({ place, slug })));
const onDesk = places.filter(({ place }) => place.startsWith('/console/'));
const onPhone = places.filter(({ place }) => !place.startsWith('/console/'));

describe('the ways between a problem of the forum documents and the screens that answer it', () => {
  it.each(onDesk)('$place exists and leads to $slug', ({ place, slug }) => {
    const page = pageAt(place);
    expect([place, page]).toEqual([place, expect.any(String)]);
    const linked = [...sourcesOf(page as string)].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/<WhyLink problem="([^"]+)"/g)].map((match) => match[1]),
    );
    expect(linked).toContain(slug);
  });

  it.each(onPhone)('$place exists on the phone, where the list of problems leads to it', ({ place }) => {
    expect([place, pageAt(place)]).toEqual([place, expect.any(String)]);
  });

  it('start on the phone in the settings, and under no other screen', () => {
    const pages = globSync('apps/web/src/**/*.vue').filter((file) => !file.includes('/documents/'));
    const leading = pages.filter((file) => /\/documents\/why|WhyLink/.test(readFileSync(file, 'utf8')));
    expect(leading).toEqual(['apps/web/src/account/SettingsPage.vue']);
  });

  it('have words for every problem and every place, and for no other', () => {
    const named = Object.keys(words.documents);
    expect(named.filter((key) => key.startsWith('why-')).sort()).toEqual(problems.map(({ slug }) => `why-${slug}`).sort());
    expect(named.filter((key) => key.startsWith('/')).sort()).toEqual([...new Set(places.map(({ place }) => place))].sort());
  });
});
