/** The map page as people first see it, on a phone and on a desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, SCREENS, screenshot, settled, some, tab } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const screen of some(Object.keys(SCREENS))) {
  test(`${screen}: the map opens with its layers, counts and freshness`, async () => {
    const page = await open(browser, service, { screen });
    await settled(page);
    await screenshot(page, `${screen}-map`);
    clean(page);
    await accessible(page);
    if (screen === 'phone') await tab(page, 'レイヤー').click();
    // Rows are drawn when they come into sight.
    await page.waitForFunction(() => document.querySelector('[data-layer="routes"]').innerText.includes('件'));
    const { layers } = await (await fetch(`${service.url}/api/layers`)).json();
    for (const { id, feature_count: count } of layers) {
      const row = page.locator(`[data-layer="${id}"]`);
      // Rows out of sight are not rendered, hence not innerText.
      assert.equal((await row.locator('.layer-count').first().textContent()).trim(), `${count}件`, id);
    }
    // The demo has one dataset past its promised refresh.
    const facilities = page.locator('[data-layer="facilities"]');
    assert.match(await facilities.textContent(), /更新が遅れています/);
    assert.match(await page.locator('[data-layer="organisations"]').textContent(), /見本/);
    await screenshot(page, `${screen}-layers`);
    await accessible(page);
  });

  test(`${screen}: a layer tells its source and can be downloaded`, async () => {
    const page = await open(browser, service, { screen });
    await settled(page);
    if (screen === 'phone') await tab(page, 'レイヤー').click();
    await page.getByRole('button', { name: '「学校」の説明・出典・ダウンロード' }).click();
    const row = page.locator('[data-layer="schools"]');
    assert.match(await row.innerText(), /国土数値情報/);
    for (const format of ['GeoJSON', 'GeoPackage', 'CSV', 'KML']) {
      const link = row.getByRole('link', { name: new RegExp(format) });
      const answer = await fetch(new URL(await link.getAttribute('href'), service.url));
      assert.equal(answer.status, 200, format);
      assert.ok((await answer.arrayBuffer()).byteLength > 500, format);
    }
    await accessible(page);
    clean(page);
  });

  test(`${screen}: a place chosen in the list is shown in detail and marked as a sample`, async () => {
    const page = await open(browser, service, { screen });
    await settled(page);
    await tab(page, '一覧').click();
    await accessible(page);
    await screenshot(page, `${screen}-list`);
    await page.locator('[data-row^="routes/"]').first().click();
    const detail = page.getByRole('tabpanel', { name: '詳細' });
    await detail.getByRole('heading', { level: 2 }).waitFor();
    assert.match(await detail.innerText(), /見本/);
    assert.match(await detail.innerText(), /立ち寄り点\(\d+か所\)/);
    await page.waitForLoadState('networkidle');
    await screenshot(page, `${screen}-route`);
    await accessible(page);
    clean(page);
  });

  test(`${screen}: nothing is cut off at the side`, async () => {
    const page = await open(browser, service, { screen });
    await settled(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px`);
  });
}

test('at 320 px, as with 400 % zoom, nothing is cut off at the side', async () => {
  const page = await open(browser, service, { viewport: { width: 320, height: 512 } });
  await settled(page);
  for (const name of ['レイヤー', '一覧', '詳細']) {
    await tab(page, name).click();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${name}: ${overflow} px`);
  }
});

test('markers can be reached and chosen by keyboard', async () => {
  const page = await open(browser, service, { path: '/#map=16/35.6586/139.7454&layers=facilities' });
  await settled(page);
  const marker = page.locator('.leaflet-marker-icon[tabindex="0"]').first();
  await marker.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('select=') || location.hash.includes('map=17'));
  clean(page);
});
