/** A whole route on a phone: without a network after the first stop, and with one again at the end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import {
  atStop,
  beginRoute,
  checkIn,
  offlinePage,
  unsent,
  visitsOf,
  walker,
} from './support/walk.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('a whole route is walked: nothing is lost without a network, nothing is stored twice', async () => {
  const page = await walker(browser, service, 'staff');
  const context = page.context();
  await accessible(page);
  await screenshot(page, 'walk-choose');
  const pack = await beginRoute(page);
  const { stops } = pack.route;
  assert.ok(stops.length >= 5, 'the demo has a route worth walking');
  await offlinePage(page);
  for (const [index, stop] of stops.entries()) {
    await atStop(page, stop, index === 0 ? { metres: 400 } : { metres: 0 });
    if (index === 0) {
      await page.locator('[data-standing="outside"]').waitFor();
      await accessible(page);
      await screenshot(page, 'walk-outside');
      await atStop(page, stop, { metres: 0 });
    }
    await page.locator('[data-standing="inside"]').waitFor();
    if (index === 0) await screenshot(page, 'walk-inside');
    await checkIn(page, stop);
    if (index === 0) {
      await unsent(page, 0);
      await page.locator('.walk-stops .badge-key').waitFor();
      await accessible(page);
      await screenshot(page, 'walk-recorded');
      await context.setOffline(true);
      // Without a network the page comes from the phone, and goes on where it was.
      await page.reload();
      await page.locator('walk-mode').waitFor();
    } else {
      await unsent(page, index);
      assert.match(await page.locator('.unsent-text').innerText(), /電波がありません/);
    }
  }
  await page.locator('[data-done]').waitFor();
  await accessible(page);
  await screenshot(page, 'walk-offline');
  await context.setOffline(false);
  await unsent(page, 0);
  await screenshot(page, 'walk-done');
  const visits = await visitsOf(page, service);
  assert.deepEqual(
    visits.map(({ stop_id }) => stop_id).toSorted(),
    stops.map(({ stop_id }) => stop_id).toSorted(),
    'every stop once',
  );
  assert.ok(visits.every(({ verdict }) => verdict === 'inside'));
  await page.goto(`${service.url}/record`);
  await ready(page);
  await page.locator('.stamp-accepted').first().waitFor();
  await accessible(page);
  await screenshot(page, 'record-phone');
  clean(page);
  await context.close();
});

test('a walker who was signed out, or replaced, is told; nobody sends what is another’s', async () => {
  const page = await walker(browser, service, 'editor');
  const context = page.context();
  const pack = await beginRoute(page);
  const [stop] = pack.route.stops;
  await context.clearCookies();
  await atStop(page, stop, { metres: 0 });
  await checkIn(page, stop);
  await page.getByText('サインインしていないため送れません').waitFor();
  await screenshot(page, 'walk-signed-out');
  const other = await context.request.post(`${service.url}/api/demo/sign-in`, {
    data: { persona: 'admin' },
  });
  assert.equal(other.status(), 204);
  await page.reload();
  await page.getByText('ほかの人の記録です').waitFor();
  await unsent(page, 1);
  assert.deepEqual(await visitsOf(page, service), []);
  await context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'editor' } });
  await page.reload();
  await unsent(page, 0);
  assert.equal((await visitsOf(page, service)).length, 1);
  clean(page);
  await context.close();
});

test('a newer version of the page waits until no walk is on', async () => {
  const page = await walker(browser, service, 'reviewer');
  await offlinePage(page);
  await beginRoute(page);
  // The same worker under another address is a newer one to the browser.
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register('/sw.js?newer');
    while (!registration.waiting) await new Promise(requestAnimationFrame);
  });
  assert.equal(await page.getByRole('button', { name: '新しい版に替える' }).count(), 0);
  await page.reload();
  await page.locator('walk-mode').waitFor();
  assert.ok(await page.evaluate(() => navigator.serviceWorker.controller.scriptURL.endsWith('/sw.js')));
  await page.getByRole('button', { name: /コース選びに戻る/ }).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: '新しい版に替える' }).click(),
  ]);
  await page.locator('.walk-route').first().waitFor();
  clean(page);
  await page.context().close();
});
