// Nothing of a draft is lost: two people, two tabs, a closed tab, no network, signed out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { complete, editorReady, list, openEditor, saved, stored } from './support/design.mjs';
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

test('two people change the same: nothing is lost until somebody has chosen', async () => {
  const one = await list(browser, service, 'trainer');
  const route = await complete(one, service, '見本・重なるコース');
  await openEditor(one, service, route);
  const two = await list(browser, service, 'trainer', { screen: 'phone', path: `/design?route=${route}` });
  await editorReady(two);

  // What does not contradict is put together by itself.
  await one.getByRole('tab', { name: 'コース' }).click();
  await one.getByLabel('研修の時間 (分)').fill('200');
  await saved(one);
  await two.locator('.point-name').first().tap();
  await two.getByLabel('名前(日本語)').fill('相手の名前');
  await two.getByText('あなたの変更を合わせました').waitFor();
  await saved(two);
  await two.getByRole('button', { name: '一覧へ' }).tap();

  // What contradicts is chosen.
  await one.getByLabel('題名(日本語)').fill('一人目の題名');
  await one.getByText('あなたの変更を合わせました').waitFor();
  await saved(one);
  await two.getByRole('tab', { name: 'コース' }).tap();
  await two.getByLabel('題名(日本語)').fill('二人目の題名');
  await two.getByRole('heading', { name: 'ほかの人の変更と重なりました' }).waitFor();
  assert.ok(await two.getByRole('button', { name: '選んだ内容で続ける' }).isDisabled());
  await screenshot(two, 'design-merge-phone');
  await accessible(two);
  const title = two.locator('[data-conflict="route/title/ja"]');
  await title.getByText('一人目の題名').waitFor();
  await title.getByText('見本・重なるコース').waitFor();
  await title.getByLabel(/あなたの変更/).check();
  await two.getByRole('button', { name: '選んだ内容で続ける' }).tap();
  await saved(two);
  const draft = await stored(two, service, route);
  assert.equal(draft.design.title.ja, '二人目の題名');
  assert.equal(draft.design.slot_min, 200);
  assert.equal(draft.design.waypoints[0].name.ja, '相手の名前');
  clean(one);
  clean(two);
});

test('another tab of the same browser is noticed and followed', async () => {
  const one = await list(browser, service, 'trainer');
  const route = await complete(one, service, '見本・二つのタブ');
  await openEditor(one, service, route);
  const two = await one.context().newPage();
  await two.goto(`${service.url}/design?route=${route}`);
  await two.getByText('別のタブでも開いています').waitFor();
  await one.getByText('別のタブでも開いています').waitFor();
  await two.getByRole('tab', { name: 'コース' }).click();
  await two.getByLabel('題名(日本語)').fill('タブ2の題名');
  await saved(two);
  await one.getByRole('heading', { name: 'タブ2の題名' }).waitFor();
  await two.close();
  await one.getByText('別のタブでも開いています').waitFor({ state: 'hidden' });
});

test('what a closed tab could not send is there again', async () => {
  const page = await list(browser, service, 'trainer');
  const route = await complete(page, service, '見本・閉じたタブ');
  const context = page.context();
  await context.route('**/api/routes/*/draft', (request) =>
    request.request().method() === 'PUT' ? request.abort() : request.continue(),
  );
  await openEditor(page, service, route);
  await page.getByRole('tab', { name: 'コース' }).click();
  await page.getByLabel('題名(日本語)').fill('送れなかった題名');
  await page.getByText('この端末に保存、未送信').waitFor();
  await page.close();
  await context.unroute('**/api/routes/*/draft');

  const again = await context.newPage();
  await again.goto(`${service.url}/design?route=${route}`);
  await again.getByText('前回この端末に残った変更を復元しました').waitFor();
  await again.getByRole('heading', { name: '送れなかった題名' }).waitFor();
  await saved(again);
  const draft = await stored(again, service, route);
  assert.equal(draft.design.title.ja, '送れなかった題名');
  assert.deepEqual(
    await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('machiaruki.draft'))),
    [],
  );
});

test('offline it is kept on the device, and sent when the network is back', async () => {
  const page = await list(browser, service, 'trainer', { screen: 'phone' });
  const route = await complete(page, service, '見本・電波のないところ');
  await openEditor(page, service, route);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: /「見本の点2」を削除/ }).tap();
  await page.getByText('オフライン: この端末に保存、未送信').waitFor();
  await screenshot(page, 'design-offline');
  await page.getByText('点を直線でつないだ目安です').waitFor();
  await page.context().setOffline(false);
  await saved(page);
  await page.getByText('点を直線でつないだ目安です').waitFor({ state: 'hidden' });
  const draft = await stored(page, service, route);
  assert.equal(draft.design.waypoints.length, 5);
});

test('signed out meanwhile: it is kept, said, and sent after signing in again', async () => {
  const page = await list(browser, service, 'trainer');
  const route = await complete(page, service, '見本・期限切れ');
  await openEditor(page, service, route);
  await page.context().clearCookies();
  await page.getByRole('tab', { name: 'コース' }).click();
  await page.getByLabel('題名(日本語)').fill('期限のあとの題名');
  await page.getByText('サインインすると送ります').waitFor();
  await page.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'trainer' } });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await saved(page);
  const draft = await stored(page, service, route);
  assert.equal(draft.design.title.ja, '期限のあとの題名');
});
