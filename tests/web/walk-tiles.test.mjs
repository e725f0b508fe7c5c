/** The map of a walk with tiles that may be kept, and without a network. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { atStop, beginRoute, offlinePage, walker } from './support/walk.mjs';

const TILES = 'https://tiles.example';
let browser, service;
before(async () => {
  const source = ['--base-map-url', `${TILES}/{z}/{x}/{y}.png`, '--base-map-attribution', '見本の地図'];
  [browser, service] = await Promise.all([
    launch(),
    start('demo', [...source, '--base-map-offline']),
  ]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('tiles are kept with a route, and drawn without a network', async () => {
  const page = await walker(browser, service, 'staff');
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().startsWith(TILES)) asked += 1;
  });
  const pack = await beginRoute(page);
  const tiles = page.locator('.walk-tile');
  await tiles.first().waitFor();
  assert.ok(asked >= (await tiles.count()), 'each tile was fetched');
  await offlinePage(page);
  const before = asked;
  await page.context().setOffline(true);
  await page.reload();
  await tiles.first().waitFor();
  await atStop(page, pack.route.stops[2], { metres: 20 });
  await page.getByRole('button', { name: 'いまいる所を大きく' }).click();
  await page.waitForFunction(() => {
    const images = [...document.querySelectorAll('.walk-tile')];
    // Where one is, all of the picture is covered.
    const covers = (x, y) =>
      images.some((image) => {
        const [left, top, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(image.getAttribute(name)));
        return left <= x && top <= y && left + width >= x && top + height >= y;
      });
    return [1, 200, 399].every((x) => [1, 200, 399].every((y) => covers(x, y)));
  });
  assert.equal(await page.locator('.walk-sources').innerText(), '見本の地図');
  assert.equal(await page.locator('.walk-name').count(), 0, 'names are on the tiles');
  assert.equal(asked, before, 'nothing was asked for again');
  await accessible(page);
  await page.locator('.walk-map').scrollIntoViewIfNeeded();
  await screenshot(page, 'walk-tiles');
  clean(page);
  await page.context().close();
});

test('where they may not be kept, the map is drawn from the pack', async () => {
  const other = await start('demo', ['--base-map-url', `${TILES}/{z}/{x}/{y}.png`]);
  try {
    const page = await walker(browser, other, 'staff');
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().startsWith(TILES)) asked += 1;
    });
    await beginRoute(page);
    await page.locator('.walk-name').first().waitFor();
    assert.equal(await page.locator('.walk-tile').count(), 0);
    assert.equal(asked, 0);
    clean(page);
    await page.context().close();
  } finally {
    await other.stop();
  }
});
