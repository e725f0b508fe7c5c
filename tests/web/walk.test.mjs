// A whole route on a phone: without a network after the first stop, and with one again at the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { openAs } from './support/signed-in.mjs';
import { start } from './support/server.mjs';

// MACHIARUKI_REAL_VISITS=1: the service's own /api/visits instead of the one played here.
const PLAYED = process.env.MACHIARUKI_REAL_VISITS !== '1';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Plays the log of visits: each id once. */
async function visits(context) {
  const stored = new Map();
  if (!PLAYED) return stored;
  await context.route('**/api/visits', async (route) => {
    const { visits } = route.request().postDataJSON();
    const results = visits.map((visit) => {
      const status = stored.has(visit.id) ? 'duplicate' : 'stored';
      stored.set(visit.id, visit);
      return { id: visit.id, status, outcome: 'accepted', reason: null };
    });
    await route.fulfill({ json: { results } });
  });
  return stored;
}

test('a route is walked, and nothing is lost without a network', async () => {
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  assert.ok(routes.length > 0, 'the demo has routes');
  const page = await openAs(browser, service, 'trainer', {
    screen: 'phone',
    path: '/walk',
    permissions: ['geolocation'],
    expect: ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED'],
  });
  const context = page.context();
  const stored = await visits(context);
  await accessible(page);
  await screenshot(page, 'walk-list');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await page.locator('.walk-routes button').first().click();
  await page.locator('.walk-routes .button-primary').click();
  const pack = await page.locator('walk-mode').evaluate(({ pack }) => pack);
  for (const [index, { location, stop_id }] of pack.route.stops.entries()) {
    await context.setGeolocation({ longitude: location[0], latitude: location[1], accuracy: 8 });
    await page.locator('[data-standing="inside"]').waitFor();
    await page.locator('.walk-check-in').click();
    if (index === 0) {
      await page.locator('[data-unsent="0"]').waitFor();
      await accessible(page);
      await screenshot(page, 'walk-second-stop');
      await context.setOffline(true);
    } else {
      await page.locator(`[data-unsent="${index}"]`).waitFor();
    }
    assert.ok(stop_id);
  }
  await screenshot(page, 'walk-offline');
  await context.setOffline(false);
  await page.locator('[data-unsent="0"]').waitFor();
  if (PLAYED) {
    const seen = [...stored.values()].map(({ stop_id }) => stop_id);
    assert.deepEqual(seen.toSorted(), pack.route.stops.map(({ stop_id }) => stop_id).toSorted());
  }
  await screenshot(page, 'walk-done');
  clean(page);
});
