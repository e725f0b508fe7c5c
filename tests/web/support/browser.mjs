/** Chromium as people hold it: a phone and a desk. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

/**
 * What a page is tried with: all of it in `make web`; in `make test` one of it, another one from file to file, so that every
 * page is seen once, and every screen and language somewhere.
 */
export const some = (all, pick = 0) => (process.env.MACHIARUKI_WEB === 'full' ? all : [all[pick % all.length]]);

/** Where pictures land. */
export const OUTPUT = process.env.MACHIARUKI_SCREENSHOTS ?? join(import.meta.dirname, '../output');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function launch() {
  const executablePath = CHROMIUM.find(existsSync);
  assert.ok(executablePath, "Chromium is not installed: run 'make deps'");
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** One grey pixel, which any page may read: what a tile server is played with. */
const TILE = {
  contentType: 'image/png',
  headers: { 'Access-Control-Allow-Origin': '*' },
  body: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mN49+EdAAWcAs0PpLMYAAAAAElFTkSuQmCC',
    'base64',
  ),
};

/**
 * A page on a screen. Nothing but the service is reached: tiles are played, other hosts refused.
 * Errors on the console fail the test, but for those it expects.
 */
export async function open(browser, service, { screen = 'desktop', path = '/', tiles = 'play', expect = [], ...more } = {}) {
  const context = await browser.newContext({
    locale: 'ja-JP',
    // Without animations, pictures are of what comes to rest.
    reducedMotion: 'reduce',
    ...SCREENS[screen],
    ...more,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expect.some((text) => message.text().includes(text))) {
      page.problems.push(message.text());
    }
  });
  await page.route(
    (url) => url.origin !== service.url && url.protocol.startsWith('http'),
    (route) => (tiles === 'play' ? route.fulfill(TILE) : route.abort()),
  );
  await page.goto(service.url + path);
  return page;
}

/** Waits until the map, its layers and their features have been drawn. */
export async function settled(page) {
  await page.locator('.leaflet-container').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.loading').length === 0);
  await page.waitForFunction(
    () => document.querySelectorAll('.leaflet-marker-icon, path.leaflet-interactive').length > 0,
  );
  await page.waitForLoadState('networkidle');
}

export async function screenshot(page, name) {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with what axe finds. */
export async function accessible(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    // What is out of sight is not drawn (content-visibility), but read out all the same. The browser draws ahead
    // when it has time, and axe takes what is not drawn for hidden: so all of it is drawn first.
    const drawn = new CSSStyleSheet();
    drawn.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [drawn];
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    // Places that stand close together have close signs. WCAG 2.5.8 allows that where the same can be done
    // elsewhere on the page: every place is in the list, in rows of full height.
    globalThis.axe.configure({ rules: [{ id: 'target-size', selector: '*:not(.leaflet-marker-icon)' }] });
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    document.adoptedStyleSheets = [];
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 3).map(({ html }) => html) }));
  });
  assert.deepEqual(violations, []);
}

/** Nothing went wrong on the page. */
export function clean(page) {
  assert.deepEqual(page.problems, []);
}

export const tab = (page, name) => page.getByRole('tab', { name, exact: true });
