import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wantsPage } from './http/unroutable';

const dist = resolve('dist');

/** The scripts that stand in the pages themselves, as a policy names them: by their hash, and nothing else that somebody might put there. */
export function inlineScripts(): string[] {
  const pages = ['web', 'console'].map((app) => join(dist, app, 'index.html')).filter((page) => existsSync(page));
  return pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    ),
  );
}

/** Hashed files may be kept for ever; the shells, the service worker and the manifest are asked for each time. */
function cacheControl(path: string): string {
  return /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** What only a page heeds. Beside the scripts and styles of a first load it would weigh five of its hundred kilobytes; a worker is bound by a policy of its own. */
const ofPages = [
  'content-security-policy',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

/** Where the phone app has a page; any other address gets its shell with 404. `front-ends.spec.ts` compares this with the app's routes. */
export const phonePages: readonly string[] = [
  '/s/*',
  '/c/*',
  '/r/*',
  '/screen/*',
  '/today',
  '/requests',
  '/requests/*',
  '/scan',
  '/scan/*',
  '/time',
  '/time/*',
  '/help',
  '/help/*',
  '/series/*',
  '/availability',
  '/services',
  '/week',
  '/pause',
  '/needs',
  '/activities',
  '/courses',
  '/relatives',
  '/family',
  '/tell/*',
  '/proxies',
  '/join/*',
  '/sign-in',
  '/visits/*',
  '/settings',
  '/settings/*',
  '/elsewhere',
  '/notices',
  '/documents',
  '/documents/*',
];

/**
 * The phone app at `/`, the desk at `/console/`. Addresses that are no file get the shell of their app, so a reload or a scanned `/s/…` opens the
 * right page, and a wrong one says so in the reader's language, with a way home. Nothing under `/api/` ever does.
 */
export async function serveFrontEnds(app: NestFastifyApplication): Promise<void> {
  const places = [
    { folder: join(dist, 'console'), prefix: '/console/' },
    { folder: join(dist, 'web'), prefix: '/' },
  ].filter(({ folder }) => existsSync(join(folder, 'index.html')));
  const fastify = app.getHttpAdapter().getInstance();
  for (const [index, { folder, prefix }] of places.entries()) {
    await app.register(fastifyStatic, {
      root: folder,
      prefix,
      decorateReply: index === 0,
      wildcard: false,
      // Each file was built with a brotli and a gzip form beside it, which have no addresses of their own.
      preCompressed: true,
      globIgnore: ['**/*.{br,gz}'],
      cacheControl: false,
      setHeaders: (answer: ServerResponse | FastifyReply, path: string) => {
        const raw = 'raw' in answer ? answer.raw : answer;
        raw.setHeader('cache-control', cacheControl(path));
        if (/\/assets\/(?!.*worker)/.test(path)) for (const name of ofPages) raw.removeHeader(name);
      },
    });
    // A missing file gets 404: a page of an older build that asks for its chunk must notice, not read HTML as a script.
    const shell = (request: FastifyRequest, reply: FastifyReply) =>
      /^\/(console\/)?assets\//.test(request.url)
        ? reply.code(404).header('cache-control', 'no-cache').send()
        : reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').sendFile('index.html', folder);
    if (prefix === '/console/') {
      fastify.get('/console', (_request, reply) => reply.redirect('/console/'));
      fastify.get('/console/*', shell);
    } else {
      for (const path of phonePages) fastify.get(path, shell);
      fastify.get('/*', (request, reply) => (wantsPage(request) ? shell(request, reply.code(404)) : reply.callNotFound()));
    }
  }
}
