/** What people see when something fails: what failed, what to do, and everything else working. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled, some, tab } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo')]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: a failing layer shows its own error and a retry; the rest works`, async () => {
    const page = await open(browser, service, { screen, path: '/healthz', expect: ['500', 'Failed to load'] });
    let failing = true;
    await page.route('**/api/layers/organisations/features*', (route) =>
      failing ? route.fulfill({ status: 500, body: '{}' }) : route.fallback(),
    );
    await page.goto(service.url + '/');
    await settled(page);
    if (screen === 'phone') await tab(page, 'レイヤー').click();
    const layer = page.locator('[data-layer="organisations"]');
    await layer.getByText('読み込めませんでした', { exact: false }).waitFor();
    assert.doesNotMatch(await page.locator('[data-layer="routes"]').innerText(), /読み込めません/);
    await screenshot(page, `${screen}-failing-layer`);
    await accessible(page);
    failing = false;
    await layer.getByRole('button', { name: 'もう一度試す' }).click();
    await layer.getByText('読み込めませんでした', { exact: false }).waitFor({ state: 'detached' });
    clean(page);
  });
}

test('without tiles the ward itself is drawn', async () => {
  const page = await open(browser, service, { tiles: 'refuse', expect: ['ERR_FAILED'] });
  await settled(page);
  await page.getByText('背景地図につながりません', { exact: false }).first().waitFor();
  const outline = await page.locator('path.leaflet-interactive, .leaflet-overlay-pane path, .leaflet-pane path').count();
  assert.ok(outline > 0);
  await screenshot(page, 'desktop-without-tiles');
});

test('with tiles their attribution is shown', async () => {
  const page = await open(browser, service);
  await settled(page);
  // Always in sight, and with a link when it is opened.
  await page.locator('map-attribution summary').getByText('地理院タイル', { exact: false }).click();
  await page.getByRole('link', { name: /地理院タイル/ }).waitFor();
  assert.ok((await page.locator('img.leaflet-tile').count()) > 0);
  clean(page);
});

test('a list of layers that cannot be had is asked for again', async () => {
  const page = await open(browser, service, { path: '/healthz', expect: ['503', 'Failed to load'] });
  let failing = true;
  await page.route('**/api/layers', (route) =>
    failing ? route.fulfill({ status: 503, body: '' }) : route.fallback(),
  );
  await page.goto(service.url + '/');
  await page.getByText('レイヤーの一覧を読み込めませんでした', { exact: false }).first().waitFor();
  failing = false;
  await page.getByRole('button', { name: 'もう一度試す' }).first().click();
  await page.locator('[data-layer="routes"]').waitFor();
  clean(page);
});

test('losing the network leaves what is there', async () => {
  const page = await open(browser, service, { expect: ['ERR_INTERNET_DISCONNECTED', 'Failed to load'] });
  await settled(page);
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await tab(page, '一覧').click();
  await page.locator('[data-row^="routes/"]').first().click();
  await page.getByRole('tabpanel', { name: '詳細' }).getByRole('heading', { level: 2 }).waitFor();
  clean(page);
});

test('without scripts there is a way to the data', async () => {
  const page = await open(browser, service, { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'オープンデータ' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await screenshot(page, 'desktop-open-data');
});
