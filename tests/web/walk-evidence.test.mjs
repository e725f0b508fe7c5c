/** What walkers show besides their position, and what they notice. */
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
  posterCode,
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

test('undecidable and outside lose nothing: a code that is added later makes it certain', async () => {
  const page = await walker(browser, service, 'trainer');
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
  const [visit] = await visitsOf(page, service);
  assert.deepEqual([visit.outcome, visit.verdict, visit.additions.length], ['accepted', 'undecidable', 1]);
  clean(page);
  await page.context().close();
});

test('a poster that is scanned while signed out survives the sign-in, and a link records nothing', async () => {
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const stop = routes[0].stops.find(({ evidence }) => evidence.includes('qr')) ?? routes[0].stops[0];
  const page = await walker(browser, service, null, { path: `/s/${posterCode(service, stop.stop_id)}` });
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
  assert.deepEqual(await visitsOf(page, service), []);
  await checkIn(page, stop);
  await unsent(page, 0);
  const [visit] = await visitsOf(page, service);
  assert.equal(visit.stop_id, stop.stop_id);
  assert.equal(visit.evidence.find(({ kind }) => kind === 'qr').shown, 'yes');
  clean(page);
  await page.context().close();
});

test('a code is read by the camera, and a photo is made small and arrives behind its visit', async () => {
  const page = await walker(browser, service, 'manager', { path: '/account' });
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
  const [visit] = await visitsOf(page, service);
  assert.equal(visit.outcome, 'accepted');
  assert.deepEqual(visit.photos.map(({ state }) => state), ['complete']);
  clean(page);
  await page.context().close();
});

test('what was noticed is kept with its place, unsent ones are saved as a file', async () => {
  const page = await walker(browser, service, 'resident');
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
