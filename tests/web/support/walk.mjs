/** What a walker does on the walk page. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { openAs } from './signed-in.mjs';

/** Errors that a page without a network, or without a session, writes to the console. */
const EXPECTED = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch', '401'];

/** The walk page as one of the demo's people, or nobody, holds it: on a phone that may be located. */
export const walker = (browser, service, persona, options = {}) =>
  openAs(browser, service, persona, {
    screen: 'phone',
    path: '/walk',
    permissions: ['geolocation'],
    expect: EXPECTED,
    ...options,
  });

/** One's own visits as the service has them. */
export const visitsOf = async (page, service) =>
  (await (await page.context().request.get(`${service.url}/api/me/visits`)).json()).visits;

/** Downloads the first route with enough stops and starts it; gives its pack. */
export async function beginRoute(page) {
  const card = page.locator('.walk-route').first();
  await card.locator('[data-keep]').click();
  await card.locator('[data-start]').click();
  await page.locator('walk-mode').waitFor();
  return page.locator('walk-mode').evaluate(({ pack }) => pack);
}

/** Waits until the page can do without a network: its worker is in control and has its files. */
export const offlinePage = (page) =>
  page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    return navigator.serviceWorker.controller !== null;
  });

/** Stands so many metres north of a stop. */
export const atStop = (page, { location: [longitude, latitude] }, { metres, accuracy = 8 }) =>
  page.context().setGeolocation({ longitude, latitude: latitude + metres / 110_950, accuracy });

/** Taps, and waits until the page says that it is kept. */
export async function checkIn(page, stop) {
  await page.locator('.walk-check-in').click();
  await page.locator(`[data-recorded="${stop.stop_id}"]`).waitFor();
}

/** Waits until so many are unsent. */
export const unsent = (page, count) => page.locator(`[data-unsent="${count}"]`).waitFor();

/** The code on a stop's poster, which no page shows. */
export function posterCode(service, stop) {
  const code = execFileSync(
    'sqlite3',
    ['-cmd', '.timeout 10000', service.database, `select code from route_stop where id = '${stop}'`],
    { encoding: 'utf8' },
  ).trim();
  assert.ok(code, 'the stop has a code');
  return code;
}
