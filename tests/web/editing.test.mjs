// Keeping the map true: a place is changed on a form, a file is tried.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch, open, some } from './support/browser.mjs';
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

/** The demo's editor, on a page. */
async function editor(screen, path) {
  const page = await open(browser, service, { screen, path: '/sign-in', tiles: 'abort', expect: ['ERR_FAILED'] });
  await page.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'editor' } });
  await page.goto(service.url + path);
  return page;
}

for (const screen of some(['desktop', 'phone'])) {
  test(`a place is changed, and a field hidden (${screen})`, async () => {
    const page = await editor(screen, '/edit?layer=organisations');
    await page.locator('tbody a').first().click();
    await page.locator('position-field .leaflet-container').waitFor();
    const number = screen === 'desktop' ? '03-1234-5678' : '03-1234-5679';
    await page.getByLabel('電話番号', { exact: true }).fill(number);
    await page.getByLabel('「電話番号」を公開する').setChecked(screen === 'phone');
    await page.getByLabel('理由').first().fill('現地で確認');
    await page.getByText('保存していない変更があります').waitFor();
    await page.getByRole('button', { name: '保存して公開' }).click();
    await page.getByText('保存しました').waitFor();
    await page.getByText('理由: 現地で確認').first().waitFor();
    await accessible(page);
    const id = new URL(page.url()).searchParams.get('place');
    const feature = await (await fetch(`${service.url}/api/layers/organisations/features/${id}`)).json();
    assert.equal(feature.properties.phone, screen === 'phone' ? number : undefined);
    assert.deepEqual(page.problems, []);
  });

  test(`a file is looked at and tried, and the demo says why it goes no further (${screen})`, async () => {
    const page = await editor(screen, '/data');
    await page.getByLabel('取り込む先').selectOption('');
    await page.getByLabel('データの名前').fill('名簿');
    await page.locator('import-wizard').getByLabel('レイヤー').selectOption('organisations');
    const file = '名称,緯度,経度,謎\n甲会,35.65,139.75,a\n乙会,139.75,35.66,b\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'ファイルを読む' }).click();
    await page.getByLabel('列「謎」の地図での項目').selectOption('note');
    await accessible(page);
    await page.getByRole('button', { name: '試し読みをする' }).click();
    await page.getByText('取り込めない行を除いて取り込む').waitFor();
    await page.getByText('見本のサイトなので、取り込みはできません').waitFor();
    assert.ok(await page.getByRole('button', { name: '取り込む', exact: true }).isDisabled());
    await accessible(page);
    assert.deepEqual(page.problems, []);
  });
}
