/** Links to what is shown. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, launch, open, settled, tab } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('a link restores layers, view, selection and language', async () => {
  const first = await open(browser, service);
  await settled(first);
  await first.locator('[data-layer="schools"] input').check();
  await first.locator('[data-layer="stops"] input').uncheck();
  await first.getByRole('button', { name: '拡大', exact: true }).click();
  await tab(first, '一覧').click();
  await first.locator('[data-row^="schools/"]').first().click();
  await first.waitForFunction(() => location.hash.includes('select=schools/'));
  const heading = await first.getByRole('tabpanel', { name: '詳細' }).getByRole('heading', { level: 2 }).innerText();
  await first.waitForTimeout(800);
  const link = await first.evaluate(() => location.hash);

  const second = await open(browser, service, { path: `/${link}`, screen: 'phone' });
  await second.getByRole('heading', { level: 2, name: heading }).waitFor();
  await second.waitForTimeout(800);
  const parts = (hash) => new URLSearchParams(hash.slice(1));
  const [wanted, got] = [parts(link), parts(await second.evaluate(() => location.hash))];
  for (const name of ['layers', 'select', 'lang', 'map']) assert.equal(got.get(name), wanted.get(name), name);
  assert.match(wanted.get('layers'), /schools/);
  assert.doesNotMatch(wanted.get('layers'), /stops/);
  clean(second);
});

test('back undoes a selection', async () => {
  const page = await open(browser, service);
  await settled(page);
  await tab(page, '一覧').click();
  const rows = page.locator('[data-row^="routes/"]');
  await rows.nth(0).click();
  await page.waitForFunction(() => location.hash.includes('select=routes/'));
  const first = await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('select'));
  await tab(page, '一覧').click();
  await rows.nth(1).click();
  await page.waitForFunction((first) => !location.hash.includes(first), first);
  await page.goBack();
  await page.waitForFunction((first) => location.hash.includes(first), first);
  clean(page);
});

for (const bad of ['#map=x/y/z', '#layers=../../etc,%00', '#select=', '#lang=tlh', '#%%%', '?select=a/b/c', '#map=99/999/999']) {
  test(`a bad link still opens the map: ${bad}`, async () => {
    const page = await open(browser, service, { path: `/${bad}` });
    await page.locator('.leaflet-container').waitFor();
    await page.locator('[data-layer="routes"]').waitFor();
    clean(page);
  });
}

test('a link to what no longer exists says so', async () => {
  const page = await open(browser, service, { path: '/#select=schools/0000000000000000', expect: ['404'] });
  await page.getByRole('tabpanel', { name: '詳細' }).getByText('見つかりません', { exact: false }).first().waitFor();
  clean(page);
});

test('the page of an item in the open data leads to the map', async () => {
  const { features } = await (await fetch(`${service.url}/api/layers/schools/features`)).json();
  const page = await open(browser, service, { path: `/ogc/collections/schools/items/${features[0].id}?f=html` });
  await page.getByRole('link', { name: /地図で見る/ }).click();
  await page.getByRole('heading', { level: 2, name: features[0].properties.name }).waitFor();
  clean(page);
});
