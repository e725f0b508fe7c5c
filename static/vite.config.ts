import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * One HTML entry per page, so that a phone loads only the page it is on.
 * Nothing is inlined: the service's content security policy allows no inline script or style.
 */
export default defineConfig({
  base: '/',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: resolve(import.meta.dirname, 'index.html') },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/ogc': 'http://127.0.0.1:8080' },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
