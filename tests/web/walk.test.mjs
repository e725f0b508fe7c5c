/** A whole route on a phone: without a network after the first stop, and with one again at the end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import { atStop, beginRoute, checkIn, offlinePage, posterCode, unsent } from './support/walk.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Errors that a page without a network writes to the console. */
const NO_NETWORK = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch', '401'];

const as = (persona, options = {}) =>
  openAs(browser, service, persona, {
    screen: 'phone',
    path: '/walk',
    permissions: ['geolocation'],
    expect: NO_NETWORK,
    ...options,
  });

/** One's own visits as the service has them. */
const visitsOf = async (page) =>
  (await (await page.context().request.get(`${service.url}/api/me/visits`)).json()).visits;

test('a whole route is walked: nothing is lost without a network, nothing is stored twice', async () => {
  const page = await as('staff');
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
  const visits = await visitsOf(page);
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

test('undecidable and outside lose nothing: a code that is added later makes it certain', async () => {
  const page = await as('trainer');
  const pack = await beginRoute(page);
  const stop = pack.route.stops.find(({ evidence }) => evidence.includes('qr') && !evidence.includes('self'));
  assert.ok(stop, 'the demo has a stop with a poster');
  await page.locator('.walk-stop-row', { hasText: stop.name.ja }).click();
  await atStop(page, stop, { metres: 0, accuracy: 150 });
  await page.locator('[data-standing="undecidable"]').waitFor();
  await screenshot(page, 'walk-undecidable');
  await checkIn(page, stop);
  await unsent(page, 0);
  await page.locator('.walk-recorded-short').waitFor();
  await page.getByRole('button', { name: 'コード・写真・メモを加える' }).click();
  await page.locator('#field-added-code').fill(posterCode(service, stop.stop_id));
  await accessible(page);
  await screenshot(page, 'walk-add');
  await page.getByRole('button', { name: '加える', exact: true }).click();
  await page.locator('.walk-recorded').getByText('認められました').waitFor();
  const [visit] = await visitsOf(page);
  assert.deepEqual([visit.outcome, visit.verdict, visit.additions.length], ['accepted', 'undecidable', 1]);
  clean(page);
  await page.context().close();
});

test('a poster that is scanned while signed out survives the sign-in, and a link records nothing', async () => {
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const stop = routes[0].stops.find(({ evidence }) => evidence.includes('qr')) ?? routes[0].stops[0];
  const page = await as(null, { path: `/s/${posterCode(service, stop.stop_id)}` });
  await page.locator('[data-scanned]').waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the code leaves the address');
  await accessible(page);
  await screenshot(page, 'walk-scanned');
  await page.getByRole('link', { name: 'サインイン' }).first().click();
  const answer = await page
    .context()
    .request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'hr' } });
  assert.equal(answer.status(), 204);
  await page.goto(`${service.url}/walk`);
  await page.locator('route-list [data-scanned]').getByRole('button', { name: 'コースを開く' }).click();
  await page.locator('.walk-next [data-scanned]').waitFor();
  assert.deepEqual(await visitsOf(page), []);
  await checkIn(page, stop);
  await unsent(page, 0);
  const [visit] = await visitsOf(page);
  assert.equal(visit.stop_id, stop.stop_id);
  assert.equal(visit.evidence.find(({ kind }) => kind === 'qr').shown, 'yes');
  clean(page);
  await page.context().close();
});

test('a walker who was signed out, or replaced, is told; nobody sends what is another’s', async () => {
  const page = await as('editor');
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
  assert.deepEqual(await visitsOf(page), []);
  await context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'editor' } });
  await page.reload();
  await unsent(page, 0);
  assert.equal((await visitsOf(page)).length, 1);
  clean(page);
  await context.close();
});

test('what was noticed is kept with its place, unsent ones are saved as a file', async () => {
  const page = await as('resident');
  const context = page.context();
  const pack = await beginRoute(page);
  await offlinePage(page);
  await atStop(page, pack.route.stops[0], { metres: 30 });
  await page.locator('.walk-way').waitFor();
  await context.setOffline(true);
  await page.locator('.walk-observe summary').click();
  await page.locator('#field-category').selectOption('barrier');
  await page.locator('#field-observation').fill('見本: 段差があります');
  await page.locator('#field-wants_answer').check();
  await accessible(page);
  await page.locator('.walk-observe').scrollIntoViewIfNeeded();
  await screenshot(page, 'walk-observe');
  await page.getByRole('button', { name: '気づきを残す' }).click();
  await unsent(page, 1);
  await page.getByRole('button', { name: 'くわしく' }).click();
  await screenshot(page, 'walk-unsent');
  await accessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'ファイルに書き出す' }).click(),
  ]);
  const file = JSON.parse(await streamed(await download.createReadStream()));
  assert.equal(file.items[0].body.text, '見本: 段差があります');
  await context.setOffline(false);
  await unsent(page, 0);
  const { observations } = await (
    await context.request.get(`${service.url}/api/me/observations`)
  ).json();
  assert.deepEqual(
    observations.map(({ category, wants_answer }) => [category, wants_answer]),
    [['barrier', true]],
  );
  assert.ok(observations[0].location);
  clean(page);
  await context.close();
});

async function streamed(stream) {
  let text = '';
  for await (const part of stream) text += part;
  return text;
}

for (const [language, screen] of [
  ['ja', 'desktop'],
  ['en', 'phone'],
  ['easy', 'phone'],
]) {
  test(`the pages in ${language} on a ${screen}`, async () => {
    const page = await as('registrar', { screen, language });
    await screenshot(page, `walk-choose-${language}-${screen}`);
    const pack = await beginRoute(page);
    await atStop(page, pack.route.stops[0], { metres: 120, accuracy: 20 });
    await page.locator('.walk-way').waitFor();
    await accessible(page);
    await screenshot(page, `walk-${language}-${screen}`);
    await checkIn(page, pack.route.stops[0]);
    await unsent(page, 0);
    await screenshot(page, `walk-recorded-${language}-${screen}`);
    await page.goto(`${service.url}/record`);
    await ready(page);
    await page.locator('.stamps').first().waitFor();
    await accessible(page);
    await screenshot(page, `record-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('routes are chosen: nearest first, without stairs, not walked yet', async () => {
  const page = await as('staff', { screen: 'desktop' });
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const cards = page.locator('.walk-route');
  assert.equal(await cards.count(), routes.length);
  await page.locator('#field-step_free').check();
  assert.equal(await cards.count(), routes.filter(({ stairs }) => stairs === 0).length);
  await page.locator('#field-step_free').uncheck();
  const last = routes.at(-1);
  const [longitude, latitude] = last.stops[0].location;
  await page.context().setGeolocation({ longitude, latitude, accuracy: 10 });
  await page.locator('#field-order').selectOption('near');
  await page.waitForFunction(
    (title) => document.querySelector('.walk-route-title')?.textContent.includes(title),
    last.title.ja,
  );
  await page.locator('#field-only_new').waitFor();
  clean(page);
  await page.context().close();
});

test('a code is read by the camera, and a photo is made small and arrives behind its visit', async () => {
  const page = await openAs(browser, service, 'manager', { screen: 'phone', path: '/account', expect: NO_NETWORK });
  // A camera that shows a grey picture, and a detector that sees what the test says.
  await page.addInitScript(() => {
    globalThis.BarcodeDetector = class {
      detect = () => Promise.resolve(globalThis.shown ? [{ rawValue: globalThis.shown }] : []);
    };
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d').fillRect(0, 0, 300, 150);
      return Promise.resolve(canvas.captureStream());
    };
  });
  await page.goto(`${service.url}/walk`);
  await ready(page);
  const pack = await beginRoute(page);
  const stop = pack.route.stops.find(({ evidence }) => evidence.includes('qr'));
  await page.locator('.walk-stop-row', { hasText: stop.name.ja }).click();
  await page.locator('.walk-actions .walk-scan').click();
  await page.getByRole('dialog').waitFor();
  await accessible(page);
  await screenshot(page, 'walk-scan');
  const code = posterCode(service, stop.stop_id);
  await page.evaluate((text) => (globalThis.shown = text), `${service.url}/s/${code}`);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.walk-next .walk-more summary').click();
  const large = await page.screenshot({ fullPage: true });
  await page.locator('#field-visit-photo').setInputFiles({ name: '見本.png', mimeType: 'image/png', buffer: large });
  await page.getByText('写真を縮めて添えました').waitFor();
  await checkIn(page, stop);
  await unsent(page, 0);
  const [visit] = await visitsOf(page);
  assert.equal(visit.outcome, 'accepted');
  assert.deepEqual(visit.photos.map(({ state }) => state), ['complete']);
  clean(page);
  await page.context().close();
});

test('a newer version of the page waits until no walk is on', async () => {
  const page = await as('reviewer');
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
