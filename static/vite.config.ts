import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;

/**
 * One HTML entry per page, so that a phone loads only the page it is on.
 * Nothing is inlined: the service's content security policy allows no inline script or style.
 */
const pages = readdirSync(here).filter((name) => name.endsWith('.html'));

export default defineConfig({
  base: '/',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages.map((page) => resolve(here, page)) },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/ogc': 'http://127.0.0.1:8080' },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
