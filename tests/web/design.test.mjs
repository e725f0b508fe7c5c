// Designing a route by touch on a phone; somebody else reviews and publishes it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { editorReady, list, offset, openEditor, OPTIONS, points, saved, settledWay, SIX, written } from './support/design.mjs';
import { start } from './support/server.mjs';
import { openAs } from './support/signed-in.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('a six-stop route is designed by touch on a phone, reviewed and published', async () => {
  const page = await list(browser, service, 'trainer', { screen: 'phone' });
  await page.getByRole('button', { name: '新しいコース' }).tap();
  await page.getByLabel('コースの題名').fill('見本・指で作ったコース');
  await page.getByRole('button', { name: '作り始める' }).tap();
  await page.locator('.design-map.leaflet-container').waitFor();
  const route = new URL(page.url()).searchParams.get('route');
  // The first by coordinates: the map comes close. The others where a finger taps.
  await page.locator('.add-panel summary').tap();
  await page.getByLabel('緯度, 経度').fill(written(SIX[0]));
  await page.getByRole('button', { name: '追加', exact: true }).tap();
  await points(page).first().waitFor();
  await page.locator('.add-panel summary').tap();
  await page.getByRole('button', { name: '立ち寄り点', exact: true }).tap();
  const first = await page.locator('.design-stop').boundingBox();
  const pixels = 2 ** 16 / (156_543.034 * Math.cos((SIX[0][1] * Math.PI) / 180));
  for (const [index, at] of SIX.entries()) {
    if (index === 0) continue;
    const [east, north] = offset(SIX[0], at);
    const [x, y] = [first.x + first.width / 2, first.y + first.height / 2];
    await page.touchscreen.tap(x + east * pixels, y - north * pixels);
    await page.locator('.design-stop').nth(index).waitFor();
  }
  await page.getByRole('button', { name: '立ち寄り点', exact: true }).tap();
  assert.equal(await points(page).count(), 6);
  await settledWay(page);
  await saved(page);
  await page.getByRole('button', { name: 'コース全体を表示' }).tap();
  await screenshot(page, 'design-phone-stops');
  await accessible(page);

  // Each stop gets its texts in its form.
  for (let index = 0; index < 6; index += 1) {
    await page.locator('point-list .point-stop .point-name').nth(index).tap();
    await page.getByLabel('名前(日本語)').fill(`見本の点${index + 1}`);
    await page.getByLabel('物語(日本語)').fill('見本の物語です。');
    if (index === 0) {
      await screenshot(page, 'design-phone-stop');
      await accessible(page);
    }
    await page.getByRole('button', { name: '一覧へ' }).tap();
  }
  await page.getByRole('tab', { name: 'コース' }).tap();
  await page.getByLabel('紹介文(日本語)').fill('見本の紹介文です。');
  await page.getByLabel('歩けない人の代わり(日本語)').fill('写真と地図で学ぶ');
  await screenshot(page, 'design-phone-route');
  await accessible(page);
  await page.getByRole('tab', { name: /確認/ }).tap();
  await saved(page);
  await screenshot(page, 'design-phone-check');
  await accessible(page);
  await page.getByText('すべて解決しました').waitFor();
  await page.getByRole('button', { name: '確認に出す' }).tap();
  await page.locator('dialog').getByRole('button', { name: '確認に出す' }).tap();
  await page.getByText('確認を待っています').waitFor();
  await screenshot(page, 'design-phone-waiting');

  // Whoever wrote it cannot publish it; the reviewer sends it back first, and publishes it then.
  assert.equal(await page.getByRole('button', { name: '公開する' }).count(), 0);
  const reviewer = await list(browser, service, 'reviewer', { screen: 'desktop' });
  await reviewer.getByRole('heading', { name: /確認待ち/ }).waitFor();
  await reviewer.getByRole('link', { name: /確認する/ }).click();
  await editorReady(reviewer);
  await reviewer.getByRole('tab', { name: /立ち寄り点/ }).click();
  await reviewer.locator('.point-name').first().click();
  await reviewer.getByLabel('この立ち寄り点へのコメント').fill('名前をもっと短く');
  await screenshot(reviewer, 'design-review-stop');
  await accessible(reviewer);
  await reviewer.getByRole('button', { name: '一覧へ' }).click();
  await reviewer.getByRole('tab', { name: /確認/ }).click();
  await reviewer.getByText('名前をもっと短く').waitFor();
  await screenshot(reviewer, 'design-review');
  await accessible(reviewer);
  await reviewer.getByRole('button', { name: '差し戻す' }).click();
  await reviewer.waitForURL('**/design');

  await page.reload();
  await editorReady(page);
  await page.getByText('コメント').first().waitFor();
  await page.locator('.point-name').first().tap();
  await page.getByText('名前をもっと短く').waitFor();
  await page.getByLabel('名前(日本語)').fill('点1');
  await page.getByRole('button', { name: '一覧へ' }).tap();
  await page.getByRole('tab', { name: /確認/ }).tap();
  await saved(page);
  await page.getByRole('button', { name: '確認に出す' }).tap();
  await page.locator('dialog').getByRole('button', { name: '確認に出す' }).tap();
  await page.getByText('確認を待っています').waitFor();

  await openEditor(reviewer, service, route);
  await reviewer.getByRole('tab', { name: /確認/ }).click();
  await reviewer.getByRole('button', { name: '公開する' }).click();
  await reviewer.locator('dialog').getByRole('button', { name: '公開する' }).click();
  await reviewer.waitForURL('**/design');

  const { stops, title } = await (await fetch(`${service.url}/api/routes/${route}`)).json();
  assert.equal(title.ja, '見本・指で作ったコース');
  assert.deepEqual(stops.map(({ name }) => name.ja).slice(0, 2), ['点1', '見本の点2']);
  // Everybody sees it on the map.
  const map = await openAs(browser, service, null, { ...OPTIONS, path: '/' });
  await map.getByRole('combobox', { name: '場所や団体を探す' }).fill('指で作った');
  await map.getByRole('option', { name: /指で作ったコース/ }).first().waitFor();
  clean(page);
  clean(reviewer);
});
