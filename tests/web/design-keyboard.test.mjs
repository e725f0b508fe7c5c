// Designing a route by keyboard alone, and by mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { complete, list, openEditor, points, saved, settledWay, SIX, written } from './support/design.mjs';
import { start } from './support/server.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Presses Tab until something has the focus: what cannot be reached so cannot be used by keyboard alone. */
async function tabTo(page, target, back = false) {
  for (let step = 0; step < 150; step += 1) {
    if (await target.evaluate((node) => node === document.activeElement).catch(() => false)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  assert.fail(`Tab does not reach ${target}`);
}

const press = async (page, target, key = 'Enter') => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};

test('a six-stop route is designed by keyboard alone', async () => {
  const page = await list(browser, service, 'trainer');
  await press(page, page.getByRole('button', { name: '新しいコース' }));
  await page.keyboard.type('見本・鍵盤で作ったコース');
  await page.keyboard.press('Enter');
  await page.locator('.design-map.leaflet-container').waitFor();
  await press(page, page.locator('.add-panel summary'), 'Space');
  // By its name, of the public layers.
  await tabTo(page, page.locator('#field-add-place'));
  await page.keyboard.type('芝公園');
  await page.locator('.place-results [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await points(page).first().waitFor();
  // By coordinates.
  await tabTo(page, page.locator('#field-add-degrees'));
  for (const at of SIX.slice(1)) {
    const before = await points(page).count();
    await page.keyboard.type(written(at));
    await page.keyboard.press('Enter');
    await points(page).nth(before).waitFor();
  }
  assert.equal(await points(page).count(), 6);
  // The second goes up, and back by undo.
  const names = () => page.locator('.point-stop .point-name').allTextContents();
  const second = page.locator('[data-index="1"]');
  await press(page, second.locator('[data-act="up"]'));
  await page.getByText('1番目に動かしました').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.act), 'up');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+z');
  assert.match((await names())[0], /公園/);
  // A leg becomes straight, and follows the ways again.
  await press(page, page.getByRole('button', { name: '区間1を直線にする' }));
  await page.locator('[data-index="1"] .leg-straight').waitFor();
  await page.keyboard.press('Control+z');
  // A stop is opened, named, moved by arrow buttons, and left by Escape.
  await press(page, second.locator('.point-name'));
  await tabTo(page, page.getByLabel('名前(日本語)'));
  await page.keyboard.type('見本の角');
  await tabTo(page, page.getByRole('button', { name: '北へ5 m' }));
  const where = page.locator('#field-degrees');
  const before = await where.inputValue();
  await page.keyboard.press('Enter');
  assert.notEqual(await where.inputValue(), before);
  await page.keyboard.press('Escape');
  await page.locator('[data-index="1"] .point-name').getByText('見本の角').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.open), '1');
  // Round trip, the other way round, and the best order with its gain before anything changes.
  await press(page, page.getByLabel('出発点に戻る(周回)'), 'Space');
  await page.locator('.point-home').waitFor();
  await press(page, page.getByRole('button', { name: '逆回りにする' }));
  await page.getByText('逆回りにしました').waitFor();
  await press(page, page.getByRole('button', { name: '一番短い順にする' }));
  const dialog = page.locator('dialog');
  await dialog.or(page.getByText('いまの順が一番短い順です')).first().waitFor();
  if (await dialog.count()) {
    await screenshot(page, 'design-order');
    await accessible(page);
    await tabTo(page, dialog.getByRole('button', { name: '並べ替える' }));
    await page.keyboard.press('Enter');
  }
  await settledWay(page);
  await saved(page);
  await screenshot(page, 'design-desktop-stops');
  await accessible(page);
  // Markers can be reached and moved by keys as well.
  const marker = page.locator('.design-stop').nth(1);
  await tabTo(page, marker);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '一覧へ' }).waitFor();
  await screenshot(page, 'design-desktop-stop');
  await accessible(page);
  clean(page);
});

test('a point is dragged: the figures follow, the line is there at once after the drop', async (t) => {
  const page = await list(browser, service, 'trainer');
  const route = await complete(page, service, '見本・動かすコース');
  await openEditor(page, service, route);
  const figure = page.locator('[data-figure="distance"]');
  const length = await figure.textContent();
  const box = await page.locator('.design-stop').nth(2).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 6 });
  await page.mouse.move(x + 120, y + 70, { steps: 6 });
  await page.evaluate(() => {
    globalThis.took = new Promise((done) => {
      const dropped = () => {
        const begun = performance.now();
        const look = () => {
          const busy = document.querySelector('.figures')?.getAttribute('aria-busy') === 'true';
          if (busy) requestAnimationFrame(look);
          else done(performance.now() - begun);
        };
        requestAnimationFrame(look);
      };
      document.addEventListener('mouseup', dropped, { once: true, capture: true });
    });
  });
  await page.mouse.up();
  const took = await page.evaluate(() => globalThis.took);
  t.diagnostic(`new line ${Math.round(took)} ms after the drop`);
  await saved(page);
  assert.notEqual(await figure.textContent(), length);
  // The whole drag is one step.
  await page.getByRole('button', { name: /元に戻す/ }).click();
  await settledWay(page);
  assert.equal(await figure.textContent(), length);
  // A tap on the line puts a via point there.
  const leg = await page.locator('.leaflet-lines-pane path.leaflet-interactive').first().evaluate((path) => {
    const at = path.getPointAtLength(path.getTotalLength() / 2);
    const point = new DOMPoint(at.x, at.y).matrixTransform(path.getScreenCTM());
    return [point.x, point.y];
  });
  await page.mouse.click(...leg);
  await page.locator('point-list .point-control').waitFor();
  // Rows are dragged by their grips.
  const grip = await page.locator('[data-index="0"] .point-grip').boundingBox();
  const target = await page.locator('[data-index="2"]').boundingBox();
  await page.mouse.move(grip.x + 5, grip.y + 20);
  await page.mouse.down();
  await page.mouse.move(grip.x + 5, target.y + target.height - 4, { steps: 8 });
  await page.mouse.up();
  await page.getByText('3番目に動かしました').waitFor();
  await saved(page);
  clean(page);
});
