import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { withoutDeskWords } from '../../libs/web-kit/desk-words.mjs';
import { inWords } from '../../libs/web-kit/in-words.mjs';
import { precompress } from '../../libs/web-kit/precompress.mjs';
import { early } from '../../libs/web-kit/early.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { name } = (JSON.parse(readFileSync(here('src/locales/zh-Hans.json'), 'utf8')) as { app: { name: string } }).app;

export default defineConfig({
  root: here('.'),
  resolve: {
    alias: [
      { find: '@timebank/contract/client', replacement: here('../../libs/contract/src/client.ts') },
      { find: '@timebank/contract/locales', replacement: here('../../libs/contract/locales') },
      { find: '@timebank/kernel', replacement: here('../../libs/kernel/src/index.ts') },
      { find: /^@timebank\/web-kit$/, replacement: here('../../libs/web-kit/src/index.ts') },
      { find: '@timebank/web-kit', replacement: here('../../libs/web-kit/src') },
    ],
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_JIT_COMPILATION__: true,
    // No message needs it (message-functions.ts).
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  plugins: [
    vue({ template: { compilerOptions: { nodeTransforms: [inWords] } } }),
    {
      // The frame in the page is drawn before the style sheet has come.
      name: 'style-after-frame',
      transformIndexHtml: {
        order: 'post',
        handler: (html) => {
          const sheets = html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? [];
          return sheets.reduce((page, sheet) => page.replace(sheet, '').replace('</body>', () => `${sheet.trim()}\n  </body>`), html);
        },
      },
    },
    withoutDeskWords(),
    early(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      includeAssets: ['icon.svg', 'icon-192.png'],
      manifest: {
        id: '/',
        name,
        short_name: name,
        lang: 'zh-Hans',
        start_url: '/today',
        scope: '/',
        display: 'standalone',
        background_color: '#fbf8f3',
        theme_color: '#0a6457',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm}'],
        maximumFileSizeToCacheInBytes: 3_000_000,
        // The first page that was opened is served from the cache at once, so that it works without network before its second visit.
        clientsClaim: true,
        navigateFallback: '/index.html',
        // Behind a scanned code too: the shell asks the server by itself, and knows what to do without it. The precache is complete or not installed at
        // all, and an old version's stays until the person takes the new one, so an old tab and a start without network always find all their chunks.
        navigateFallbackDenylist: [/^\/api\//, /^\/calendar\//, /^\/console(\/|$)/],
      },
    }),
    precompress(),
  ],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The shared components' door only names them: what a later page alone uses then stays out of the first load.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /web-kit\/src\/(index|scanning)\.ts$/, sideEffects: false }] },
      // The first screen needs one file: with thirty small ones, the headers were a quarter of the bytes.
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: /apps\/web\/src\/(main\.ts|account\/SignInPage\.vue)/, priority: 3 },
            // Both pages that people come to first.
            { name: 'home', test: /apps\/web\/src\/(today\/TodayPage|scan\/LandingPage)\.vue/, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
});
