import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { phonePages } from './front-ends';

describe('the addresses that answer with a page', () => {
  it('are those of the phone app, no more and no fewer', () => {
    const routes = [...readFileSync('apps/web/src/router.ts', 'utf8').matchAll(/^\s*(?:\{ )?path: '(\/[^']*)'/gm)]
      .map(([, path = '']) => path)
      // The start is a file, and any other address is no page.
      .filter((path) => path !== '/' && !path.startsWith('/:'));
    expect(routes.length).toBeGreaterThan(30);
    const answers = (pattern: string, route: string) =>
      pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern;
    expect(routes.filter((route) => !phonePages.some((pattern) => answers(pattern, route)))).toEqual([]);
    expect(phonePages.filter((pattern) => !routes.some((route) => answers(pattern, route)))).toEqual([]);
  });
});
