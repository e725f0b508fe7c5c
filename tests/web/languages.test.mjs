/** 日本語, English and やさしい日本語. */
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

for (const [value, lang, title] of [
  ['en', 'en', 'Walking routes'],
  ['easy', 'ja', 'まちを あるく コース'],
]) {
  for (const screen of some(['phone', 'desktop'], value === 'en' ? 0 : 1)) {
    test(`${screen}: the page speaks ${value} and remembers it`, async () => {
      const page = await open(browser, service, { screen });
      await settled(page);
      await page.getByLabel(/言語|Language/).selectOption(value);
      await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), lang);
      await page.locator('[data-layer="routes"]').getByText(title).first().waitFor({ state: 'attached' });
      await screenshot(page, `${screen}-${value}`);
      await accessible(page);
      await page.goto(service.url + '/');
      await page.locator('[data-layer="routes"]').getByText(title).first().waitFor({ state: 'attached' });
      clean(page);
    });
  }
}

test('a browser in English is answered in English', async () => {
  const page = await open(browser, service, { locale: 'en-GB' });
  await page.locator('[data-layer="routes"]').getByText('Walking routes').waitFor();
  assert.match(await page.evaluate(() => document.documentElement.lang), /^en/);
});
