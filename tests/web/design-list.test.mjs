// The list of routes: search, clone, end and restore; drafts of files; a photo; what a reviewer reads of changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { complete, editorReady, list, openEditor, OPTIONS, saved, settledWay, SIX, stored } from './support/design.mjs';
import { start } from './support/server.mjs';
import { openAs, ready } from './support/signed-in.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const card = (page, name) => page.locator('.design-card', { has: page.getByRole('heading', { name }) });

/** Makes a route, and has it reviewed and published over the API. */
async function published(page, title) {
  const route = await complete(page, service, title);
  const path = `${service.url}/api/routes/${route}/draft`;
  const { version } = await stored(page, service, route);
  const submitted = await page.request.post(`${path}/submit`, { headers: { 'If-Match': `"${version}"` } });
  assert.equal(submitted.status(), 200, await submitted.text());
  const reviewer = await openAs(browser, service, 'reviewer', { ...OPTIONS, path: '/account' });
  const answer = await reviewer.request.post(`${path}/publish`, { data: {} });
  assert.equal(answer.status(), 200, await answer.text());
  await reviewer.context().close();
  return route;
}

test('routes are found, cloned, ended with a reason and restored', async () => {
  const page = await list(browser, service, 'trainer');
  await published(page, '見本・坂をたどる');
  await complete(page, service, '見本・橋をたどる');
  await page.reload();
  await ready(page);
  await screenshot(page, 'design-list');
  await accessible(page);
  await page.getByLabel('題名・番号・所属・地区').fill('坂を');
  await card(page, '見本・橋をたどる').waitFor({ state: 'hidden' });
  await card(page, '見本・坂をたどる').getByText('公開中 v1').waitFor();
  await page.getByLabel('状態').selectOption('editing');
  await page.getByText('条件に合うコースはありません').waitFor();
  await page.getByLabel('状態').selectOption('current');

  await card(page, '見本・坂をたどる').getByRole('button', { name: /終了する/ }).click();
  const form = page.locator('archive-form');
  await form.getByRole('button', { name: '終了する' }).click();
  await form.getByText('入力してください').waitFor();
  await form.getByLabel('理由').fill('工事のため');
  await accessible(page);
  await form.getByRole('button', { name: '終了する' }).click();
  await page.getByText('終了の日を決めました').waitFor();
  await page.getByLabel('状態').selectOption('archived');
  await card(page, '見本・坂をたどる').getByRole('button', { name: /再開する/ }).click();
  await page.locator('archive-form').getByLabel('理由').fill('工事が終わった');
  await page.locator('archive-form').getByRole('button', { name: '再開する' }).click();
  await page.getByText('再開しました').waitFor();

  await page.getByLabel('状態').selectOption('current');
  await card(page, '見本・坂をたどる').getByRole('button', { name: /複製/ }).click();
  await page.locator('dialog').getByRole('button', { name: '複製' }).click();
  await page.waitForURL('**/design?route=*');
  await editorReady(page);
  assert.equal(await page.locator('.point-stop').count(), 6);
  clean(page);
});

test('a new version is begun, and the reviewer reads what is new', async () => {
  const page = await list(browser, service, 'trainer');
  const route = await published(page, '見本・新しい版');
  await page.goto(`${service.url}/design?route=${route}`);
  await page.getByText('作成中の下書きがありません').waitFor();
  await page.getByRole('button', { name: '新しい版を作る' }).click();
  await editorReady(page);
  await page.locator('.point-name').nth(3).click();
  await page.getByLabel('物語(日本語)').fill('新しい物語');
  for (let step = 0; step < 4; step += 1) await page.getByRole('button', { name: '北へ5 m' }).click();
  await saved(page);
  await page.getByRole('tab', { name: /道具/ }).click();
  const outputs = page.getByRole('link', { name: /GPX|KML|GeoJSON|PDF/ });
  assert.equal(await outputs.count(), 6);
  for (const link of await outputs.all()) {
    const answer = await page.request.get(service.url + (await link.getAttribute('href')));
    assert.equal(answer.status(), 200, await link.textContent());
  }
  await page.getByRole('tab', { name: /確認/ }).click();
  await page.getByRole('button', { name: '確認に出す' }).click();
  await page.locator('dialog').getByRole('button', { name: '確認に出す' }).click();
  await page.getByText('確認を待っています').waitFor();

  const reviewer = await openAs(browser, service, 'reviewer', { ...OPTIONS, path: `/design?route=${route}` });
  await reviewer.getByRole('heading', { name: /v1からの変更/ }).waitFor();
  await reviewer.getByText(/立ち寄り点4「見本の点4」: 20 m移動、物語を変更/).waitFor();
  await screenshot(reviewer, 'design-changes');
  await accessible(reviewer);
  // A day before today is refused where it stands.
  await reviewer.getByLabel('公開する日').fill('2020-04-01');
  await reviewer.getByRole('button', { name: '公開する' }).click();
  await reviewer.locator('dialog').getByRole('button', { name: '公開する' }).click();
  await reviewer.locator('#field-effective_from-error').waitFor();
});

test('a recorded walk becomes a draft, and lies under it as a guide', async () => {
  const page = await list(browser, service, 'trainer', { screen: 'phone' });
  await page.getByRole('button', { name: 'GPX・GeoJSON・KMLから作る' }).tap();
  const [first, , third] = SIX;
  const point = (at, tag, name = '') => `<${tag} lat="${at[1]}" lon="${at[0]}">${name && `<name>${name}</name>`}</${tag}>`;
  const gpx = `<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
    ${point(first, 'wpt', '見本の始まり')}${point(third, 'wpt', '見本の終わり')}
    <trk><name>見本・記録した道</name><trkseg>${SIX.slice(0, 3).map((at) => point(at, 'trkpt')).join('')}</trkseg></trk></gpx>`;
  await page.locator('#field-track').setInputFiles({ name: 'walk.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(gpx) });
  await page.getByText('立ち寄り点2か所を読みました').waitFor();
  await screenshot(page, 'design-import');
  await accessible(page);
  await page.getByRole('button', { name: 'この線で下書きを作る' }).tap();
  await page.waitForURL('**/design?route=*');
  await editorReady(page);
  await page.getByRole('heading', { name: '見本・記録した道' }).waitFor();
  await page.locator('.point-name').getByText('見本の始まり').waitFor();
  await page.getByRole('tab', { name: /道具/ }).tap();
  await page.getByText('下敷きの線を表示中').waitFor();
  await screenshot(page, 'design-guide');
  await page.getByRole('button', { name: '下敷きを消す' }).tap();
  await page.getByText('下敷きの線を表示中').waitFor({ state: 'hidden' });
  clean(page);
});

/** A real picture: one made by the browser itself. */
const picture = async (page) =>
  Buffer.from(
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 48);
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#7aa';
      pen.fillRect(0, 0, 64, 48);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
    }),
  );

test('a stop gets a photo, a question and what the checklist asks of them', async () => {
  const page = await list(browser, service, 'trainer');
  const route = await complete(page, service, '見本・写真のあるコース');
  await openEditor(page, service, route);
  await page.locator('.point-name').first().click();
  await page.locator('#field-photo').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await picture(page) });
  await page.locator('img.stop-photo').waitFor();
  assert.ok(await page.locator('img.stop-photo').evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  await page.getByLabel('ここで質問する').check();
  await page.getByLabel('質問に答える').check();
  await page.getByLabel('正解とする答え').fill('坂\nさか');
  await saved(page);
  // Each finding leads to its field.
  await page.getByRole('tab', { name: /確認/ }).click();
  await page.getByRole('button', { name: /質問\(日本語\)を書いてください/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-question');
  await page.getByLabel('質問文(日本語)').fill('この坂の名は');
  await page.getByLabel('撮影者・提供元').fill('見本市');
  await page.getByLabel('写真の説明(日本語)').fill('見本の写真');
  await accessible(page);
  await screenshot(page, 'design-photo');
  await page.getByRole('tab', { name: /確認/ }).click();
  await saved(page);
  await page.getByText('すべて解決しました').waitFor();
  const { design } = await stored(page, service, route);
  assert.deepEqual(design.waypoints[0].question.answers, ['坂', 'さか']);
  assert.equal(design.waypoints[0].photo.credit, '見本市');
  await settledWay(page);
  clean(page);
});
