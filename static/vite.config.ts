import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;

/**
 * One HTML entry per page, so that a phone loads only the page it is on.
 * Nothing is inlined: the service's content security policy allows no inline script or style.
 */
const pages = readdirSync(here).filter((name) => name.endsWith('.html'));

/** The pages that work without a network. */
const OFFLINE = ['walk', 'outings', 'lead', 'notices', 'training', 'council', 'gatherings'];
/** The maps and their library: where they are wanted there is a network, or a list that says the same. */
const MAP = /\/src\/map\/|\/node_modules\/leaflet/;
/** The one map that is wanted most where there is no network: the way to one's council. */
const OFFLINE_MAP = /\/src\/map\/council-map\.ts$/;

/** What is read of what was written: a chunk's modules, and the styles that it brings. */
type Bundle = Record<
  string,
  {
    fileName: string;
    moduleIds?: readonly string[];
    imports?: readonly string[];
    viteMetadata?: { importedCss: Set<string> };
  }
>;

/** A chunk that has a module, and all that it imports. */
function chunksWith(bundle: Bundle, module: RegExp): Set<string> {
  const found = new Set<string>();
  const add = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    bundle[file]?.imports?.forEach(add);
  };
  Object.entries(bundle)
    .filter(([, { moduleIds }]) => moduleIds?.some((id) => module.test(id)))
    .forEach(([file]) => {
      add(file);
    });
  return found;
}

/** Writes the service worker with the names of everything that those pages load, now or later. */
function serviceWorker() {
  return {
    name: 'machiaruki-service-worker',
    writeBundle({ dir }: { dir?: string }, bundle: Bundle) {
      const out = dir ?? 'dist';
      const wanted = chunksWith(bundle, OFFLINE_MAP);
      const ofMaps = Object.values(bundle)
        .filter(({ moduleIds }) => moduleIds?.some((id) => MAP.test(id)))
        .filter(({ fileName }) => !wanted.has(fileName))
        .flatMap(({ fileName, viteMetadata }) => [fileName, ...(viteMetadata?.importedCss ?? [])])
        .map((file) => basename(file));
      const found = new Set<string>();
      const reach = (text: string): void => {
        for (const [name] of text.matchAll(/[\w.-]+\.(?:js|css|woff2|svg|png)\b/g)) {
          const file = join(out, 'assets', name);
          if (found.has(name) || ofMaps.includes(name) || !existsSync(file)) continue;
          found.add(name);
          if (/\.(?:js|css)$/.test(name)) reach(readFileSync(file, 'utf8'));
        }
      };
      const html = OFFLINE.map((page) => readFileSync(join(out, `${page}.html`), 'utf8')).join('');
      reach(html);
      const own = ['/favicon.svg', '/manifest.webmanifest', '/icon-walk-192.png'];
      const files = [...own, ...[...found].sort().map((name) => `/assets/${name}`)];
      const source = readFileSync(resolve(here, 'src/worker/sw.js'), 'utf8');
      const hash = createHash('sha256')
        .update(html + source + files.join())
        .digest('hex');
      writeFileSync(
        join(out, 'sw.js'),
        source
          .replace('-VERSION', `-${hash.slice(0, 12)}`)
          .replace('/* PAGES */ []', JSON.stringify(OFFLINE.map((page) => `/${page}`)))
          .replace('/* PRECACHE */ []', JSON.stringify(files)),
      );
    },
  };
}

export default defineConfig({
  plugins: [serviceWorker()],
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
