/** Every page behind the sign-in, in each language, on a phone and a desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { openAs } from './support/signed-in.mjs';

const PAGES = [
  [null, '/sign-in'],
  [null, '/activate'],
  ['hr', '/account'],
  ['admin', '/people'],
  ['hr', '/roster'],
  ['admin', '/audit'],
  ['admin', '/settings'],
];

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const MANNERS = [
  ['desktop', 'ja'],
  ['phone', 'en'],
  ['desktop', 'en'],
  ['phone', 'easy'],
];

for (const [index, [persona, path]] of PAGES.entries()) {
  for (const [screen, language] of some(MANNERS, index)) {
    test(`${path} on a ${screen} in ${language}`, async () => {
      const page = await openAs(browser, service, persona, { screen, path, language });
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
      const title = await page.getByRole('heading', { level: 1 }).innerText();
      assert.equal(await page.title(), `${title} - ${language === 'en' ? 'Machiaruki' : 'まちあるき'}`);
      const text = await page.locator('main').innerText();
      assert.doesNotMatch(text, /\{\w+\}|undefined/, 'no placeholder is left');
      const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(width[0] <= width[1], `nothing sticks out: ${width}`);
      await screenshot(page, `${screen}-${language}${path.replace('/', '-')}`);
      await accessible(page);
      clean(page);
      await page.context().close();
    });
  }
}
