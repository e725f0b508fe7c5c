/** The real public files of Minato, imported into an empty ward and seen on the map. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled, tab } from './support/browser.mjs';
import { realFile, start } from './support/server.mjs';

const FILES = [
  ['boundary', 'minato/boundary-n03-13103.geojson', 1],
  ['schools', 'minato/elementary-schools-a27p.geojson', 18],
  ['shelters', 'minato/shelters-emergency-131032.json', 61],
  // 57 facilities are in both lists: 61 + 83 - 57.
  ['shelters', 'minato/shelters-evacuation-131032.json', 87],
  ['localities', 'minato/chome.json', 117],
];
const missing = FILES.some(([, path]) => !realFile(path)) && 'the real files are not there';

let browser, service;
before(async () => {
  if (missing) return;
  [browser, service] = await Promise.all([launch(), start('serve', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('an empty ward says so', { skip: missing }, async () => {
  const page = await open(browser, service);
  await page.locator('[data-layer="shelters"]').getByText('まだ情報がありません').waitFor();
  await screenshot(page, 'desktop-empty-ward');
  await accessible(page);
  clean(page);
});

test('each import reaches the page that is open, and the ward is on the map', { skip: missing }, async () => {
  const page = await open(browser, service, { path: '/#layers=boundary,localities,schools,shelters' });
  await page.locator('[data-layer="shelters"]').waitFor();
  for (const [layer, path, count] of FILES) {
    const report = service.run('import', layer, realFile(path));
    if (layer === 'boundary') assert.match(report, /became 9, 20\.[56]\d km²/);
    // Somebody comes back to the page.
    await page.waitForFunction(
      async ([layer, count]) => {
        window.dispatchEvent(new Event('focus'));
        await new Promise((done) => setTimeout(done, 300));
        return document.querySelector(`[data-layer="${layer}"] .layer-count`)?.textContent?.trim() === `${count}件`;
      },
      [layer, count],
      { timeout: 15_000 },
    );
  }
  await page.reload();
  await settled(page);
  await screenshot(page, 'desktop-real-ward');
  await tab(page, '一覧').click();
  await page.getByRole('searchbox', { name: 'ことばで絞り込む' }).fill('南山小学校');
  await page.waitForFunction(() => document.querySelectorAll('[data-row^="shelters/"]').length === 1);
  await page.locator('[data-row^="shelters/"]').click();
  const detail = page.getByRole('tabpanel', { name: '詳細' });
  await detail.getByRole('heading', { level: 2, name: '南山小学校' }).waitFor();
  const text = await detail.innerText();
  assert.match(text, /指定緊急避難場所/);
  assert.match(text, /指定避難所/);
  await page.waitForLoadState('networkidle');
  await screenshot(page, 'desktop-real-shelter');
  await accessible(page);
  clean(page);

  const phone = await open(browser, service, { screen: 'phone', path: '/#layers=shelters,schools' });
  await settled(phone);
  await screenshot(phone, 'phone-real-ward');
  clean(phone);
});
