import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { inWords } from '../../libs/web-kit/in-words.mjs';
import { precompress } from '../../libs/web-kit/precompress.mjs';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  base: '/console/',
  plugins: [vue({ template: { compilerOptions: { nodeTransforms: [inWords] } } }), precompress()],
  resolve: {
    alias: [
      { find: '@timebank/contract/client', replacement: at('../../libs/contract/src/client.ts') },
      { find: '@timebank/contract/locales', replacement: at('../../libs/contract/locales') },
      { find: /^@timebank\/web-kit\/(.+\.css)$/, replacement: at('../../libs/web-kit/src/$1') },
      { find: /^@timebank\/([a-z-]+)$/, replacement: at('../../libs/$1/src/index.ts') },
    ],
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
  build: { outDir: at('../../dist/console'), emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
});
