/** All that the map can do, by keyboard and without the map. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, launch, open, settled, tab } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

test('from the skip link to a place and back, with the keyboard alone', async () => {
  const page = await open(browser, service);
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), '地図を飛ばして一覧へ');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'tab-list');
  await page.locator('[data-row]').first().waitFor();
  // To the first row, whatever stands before it.
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.hasAttribute('data-row'))) break;
  }
  const row = await page.evaluate(() => document.activeElement?.getAttribute('data-row'));
  assert.ok(row, 'a row can be reached');
  await page.keyboard.press('Enter');
  await page.waitForFunction((row) => location.hash.includes(`select=${row}`), row);
  await page.waitForFunction(() => document.querySelector('#tabpanel-detail')?.contains(document.activeElement));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.hash.includes('select='));
  // Whoever closes a detail goes on where they were.
  await page.waitForFunction((row) => document.activeElement?.getAttribute('data-row') === row, row);
  clean(page);
});

test('tabs go by arrow keys', async () => {
  const page = await open(browser, service);
  await settled(page);
  await tab(page, 'レイヤー').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await tab(page, '一覧').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('End');
  assert.equal(await tab(page, '詳細').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowRight');
  assert.equal(await tab(page, 'レイヤー').getAttribute('aria-selected'), 'true');
});

test('the list is filtered, sorted and turned on and off like the map', async () => {
  const page = await open(browser, service);
  await settled(page);
  await page.locator('[data-layer="schools"] input').check();
  await tab(page, '一覧').click();
  await page.getByRole('searchbox', { name: 'ことばで絞り込む' }).fill('おなりもん');
  const schools = page.locator('[data-row^="schools/"]');
  await page.waitForFunction(() => document.querySelectorAll('[data-row^="schools/"]').length === 1);
  // Rows out of sight are not rendered, hence not innerText.
  assert.match(await schools.first().textContent(), /御成門小学校/);
  await page.getByLabel('並べ方').selectOption('centre');
  assert.match(await schools.first().textContent(), /\d k?m/);
  await tab(page, 'レイヤー').click();
  await page.locator('[data-layer="schools"] input').uncheck();
  await tab(page, '一覧').click();
  assert.equal(await schools.count(), 0);
  clean(page);
});
