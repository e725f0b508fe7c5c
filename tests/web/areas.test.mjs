/** Areas drawn by mouse, finger and keyboard. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { editNew, published } from './support/places.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });
const square = (west, south, size) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const HOLED = {
  type: 'MultiPolygon',
  coordinates: [
    [square(139.75, 35.65, 0.004), square(139.751, 35.651, 0.001)],
    [square(139.756, 35.65, 0.00123456)],
  ],
};

const geometryOf = async (id) => (await published(service, id)).geometry;
const edit = (screen, name, geometry) => editNew(browser, service, name, geometry, { screen });

/** Presses the area's map, right and down of its middle in pixels. */
async function press(page, right, down) {
  const map = page.locator('.area-map');
  await map.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await map.boundingBox();
  const [at, touch] = [[x + width / 2 + right, y + height / 2 + down], page.viewportSize().width < 500];
  await (touch ? page.touchscreen.tap(...at) : page.mouse.click(...at));
}

async function save(page) {
  await button(page, '保存して公開').click();
}

for (const screen of some(['desktop', 'phone'])) {
  test(`${screen}: an area is drawn by pressing the map, and an outline that crosses itself is not sent`, async () => {
    const { page, id } = await edit(screen, `区域会${screen}(見本)`, {
      type: 'Point',
      coordinates: [139.75, 35.65],
    });
    await page.getByLabel('区域で示す').check();
    await page.locator('.area-map.leaflet-container').waitFor();
    await save(page);
    await page.locator('.area-status').getByText('区域の角を3つ以上指定してください。').waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('area-status')));
    // A bow tie: the second and the third corner are the wrong way round.
    for (const at of [[-80, -80], [80, 80], [80, -80], [-80, 80]]) await press(page, ...at);
    await page.getByText('角の一覧(4)').waitFor();
    await page.locator('.area-status').getByText('外側の線: 線 1–2 と線 3–4 が交わっています。').waitFor();
    await page.locator('.area-map').scrollIntoViewIfNeeded();
    await screenshot(page, `${screen}-area-crossing`);
    await accessible(page);
    await save(page);
    assert.equal((await geometryOf(id)).type, 'Point');
    await button(page, '1つ戻す').click();
    await button(page, '1つ戻す').click();
    await page.getByText('角の一覧(2)').waitFor();
    for (const at of [[80, 120], [-80, 80]]) await press(page, ...at);
    await page.getByText('角の一覧(4)').waitFor();
    // The corner in hand goes where the map is pressed: no dragging is needed.
    await button(page, '選んだ角をそこへ動かす').click();
    await page.locator('[data-corner="0"]').click();
    const before = await page.locator('[data-corner="0"]').innerText();
    await press(page, -130, -20);
    await page.waitForFunction(
      (text) => document.querySelector('[data-corner="0"]').innerText !== text,
      before,
    );
    await save(page);
    await page.getByText('保存しました').waitFor();
    const { type, coordinates } = await geometryOf(id);
    assert.deepEqual([type, coordinates.length, coordinates[0].length], ['Polygon', 1, 5]);
    await page.locator('.area-map').scrollIntoViewIfNeeded();
    await screenshot(page, `${screen}-area-saved`);
    clean(page);
    await page.context().close();
  });
}

test('holes and other parts stay as they are, and a corner is dragged', async () => {
  const { page, id } = await edit('desktop', '穴の会(見本)', HOLED);
  const before = await geometryOf(id);
  await page.getByLabel('直す線').selectOption({ label: '1番目の部分の穴 1' });
  await page.getByText('角の一覧(4)').waitFor();
  const corner = page.getByRole('button', { name: '角 1', exact: true }).first();
  await corner.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await corner.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 8, y + height / 2 - 4, { steps: 4 });
  await page.mouse.move(x + width / 2 + 12, y + height / 2 - 6, { steps: 2 });
  await page.mouse.up();
  await button(page, '1つ戻す').waitFor();
  await screenshot(page, 'desktop-area-holes');
  await accessible(page);
  await save(page);
  await page.getByText('保存しました').waitFor();
  const { type, coordinates } = await geometryOf(id);
  assert.equal(type, 'MultiPolygon');
  assert.deepEqual(coordinates[1], before.coordinates[1]);
  assert.deepEqual(coordinates[0][0], before.coordinates[0][0]);
  assert.notDeepEqual(coordinates[0][1], before.coordinates[0][1]);
  // The page says what was saved, and the history has a way back.
  await page.getByText('位置・区域を変えた').waitFor();
  clean(page);
  await page.context().close();
});

test('an area is drawn and changed by keyboard alone', async () => {
  const { page, id } = await edit('desktop', '鍵盤会(見本)', { type: 'Point', coordinates: [139.75, 35.65] });
  await page.getByLabel('点で示す').focus();
  await page.keyboard.press('ArrowDown');
  const add = button(page, '角を加える').last();
  await add.focus();
  for (let corner = 1; corner <= 3; corner += 1) {
    await page.keyboard.press('Enter');
    await page.getByText(`角の一覧(${corner})`).waitFor();
  }
  const latitude = page.locator('#field-corner_lat');
  await latitude.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('35.6490');
  // Enter sets this corner and does not send the form.
  await page.keyboard.press('Enter');
  await page.locator('[data-corner="2"]').getByText('35.649,').waitFor();
  await button(page, '北へ').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-corner="2"]').getByText('35.649009,').waitFor();
  // On the map, arrow keys move the corner in hand.
  const marker = page.locator('.corner.is-chosen');
  await marker.focus();
  const before = await page.locator('[data-corner="2"]').innerText();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    (text) => document.querySelector('[data-corner="2"]').innerText !== text,
    before,
  );
  assert.ok(await marker.evaluate((element) => element === document.activeElement));
  await button(page, '次に角を加える').focus();
  await page.keyboard.press('Enter');
  await page.getByText('角の一覧(4)').waitFor();
  await button(page, 'この角を消す').focus();
  await page.keyboard.press('Enter');
  await page.getByText('角の一覧(3)').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.corner), '2');
  await button(page, '保存して公開').focus();
  await page.keyboard.press('Enter');
  await page.getByText('保存しました').waitFor();
  const { type, coordinates } = await geometryOf(id);
  assert.equal(type, 'Polygon');
  assert.equal(coordinates[0].length, 4);
  clean(page);
  await page.context().close();
});
