/** Search: by name, reading, former name and address, by keyboard and by touch. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled, some } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: a landmark is found by its reading and chosen with the keyboard`, async () => {
    const page = await open(browser, service, { screen });
    await settled(page);
    const box = page.getByRole('combobox', { name: '場所や団体を探す' });
    await box.fill('とうきょうたわ');
    await page.getByRole('option').first().waitFor();
    assert.match(await page.getByRole('option').first().innerText(), /東京タワー/);
    await screenshot(page, `${screen}-search`);
    await accessible(page);
    await box.press('ArrowDown');
    await box.press('Enter');
    await page.getByRole('heading', { level: 2, name: /東京タワー/ }).waitFor();
    await page.waitForFunction(() => location.hash.includes('select='));
    await page.waitForLoadState('networkidle');
    await screenshot(page, `${screen}-detail`);
    await accessible(page);
    clean(page);
  });
}

test('a former name leads to the organisation and says why', async () => {
  const { features } = await (await fetch(`${service.url}/api/layers/organisations/features`)).json();
  const renamed = features.find(({ properties }) => properties.former_names);
  const [former] = renamed.properties.former_names;
  const page = await open(browser, service);
  await settled(page);
  await page.getByRole('combobox', { name: '場所や団体を探す' }).fill(former);
  const option = page.getByRole('option', { name: new RegExp(`旧称: ${former}`) });
  await option.click();
  await page.getByRole('heading', { level: 2, name: renamed.properties.name.replace('【見本】', '') }).waitFor();
  clean(page);
});

test('nothing found is said, and so is a search that fails', async () => {
  const page = await open(browser, service, { expect: ['500', 'Failed to load'] });
  await settled(page);
  const box = page.getByRole('combobox', { name: '場所や団体を探す' });
  await box.fill('ここにはないもの');
  await page.getByText('「ここにはないもの」は見つかりませんでした', { exact: false }).waitFor();
  await page.route('**/api/search*', (route) => route.fulfill({ status: 500, body: '' }));
  await box.fill('芝');
  await page.getByText('サーバーで問題が起きました', { exact: false }).first().waitFor();
});
