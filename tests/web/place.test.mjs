/** Where am I. */
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const SHIBA_PARK = { latitude: 35.6556, longitude: 139.7497, accuracy: 25 };

test('my place is shown with its accuracy', async () => {
  const page = await open(browser, service, { screen: 'phone', geolocation: SHIBA_PARK, permissions: ['geolocation'] });
  await settled(page);
  await page.getByRole('button', { name: '現在地を表示' }).click();
  await page.getByText('誤差 約25 m', { exact: false }).waitFor();
  await page.waitForTimeout(600);
  await screenshot(page, 'phone-located');
  await accessible(page);
  clean(page);
});

test('a refusal is answered with what to do', async () => {
  const page = await open(browser, service, { screen: 'phone', permissions: [] });
  await settled(page);
  await page.getByRole('button', { name: '現在地を表示' }).click();
  await page.getByText('位置情報が許可されていません', { exact: false }).waitFor();
  clean(page);
});
