/** Choosing a route, and the pages of walking in three languages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import {
  atStop,
  beginRoute,
  checkIn,
  unsent,
  walker,
} from './support/walk.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('routes are chosen: nearest first, without stairs, not walked yet', async () => {
  const page = await walker(browser, service, 'staff', { screen: 'desktop' });
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const cards = page.locator('.walk-route');
  assert.equal(await cards.count(), routes.length);
  await page.locator('#field-step_free').check();
  assert.equal(await cards.count(), routes.filter(({ stairs }) => stairs === 0).length);
  await page.locator('#field-step_free').uncheck();
  const last = routes.at(-1);
  const [longitude, latitude] = last.stops[0].location;
  await page.context().setGeolocation({ longitude, latitude, accuracy: 10 });
  await page.locator('#field-order').selectOption('near');
  await page.waitForFunction(
    (title) => document.querySelector('.walk-route-title')?.textContent.includes(title),
    last.title.ja,
  );
  await page.locator('#field-only_new').waitFor();
  clean(page);
  await page.context().close();
});

for (const [language, screen] of some([
  ['ja', 'desktop'],
  ['en', 'phone'],
  ['easy', 'phone'],
])) {
  test(`the pages in ${language} on a ${screen}`, async () => {
    const page = await walker(browser, service, 'registrar', { screen, language });
    await screenshot(page, `walk-choose-${language}-${screen}`);
    const pack = await beginRoute(page);
    await page.locator('.walk-stop-row').first().click();
    await atStop(page, pack.route.stops[0], { metres: 120, accuracy: 20 });
    await page.locator('.walk-way').waitFor();
    await accessible(page);
    await screenshot(page, `walk-${language}-${screen}`);
    await checkIn(page, pack.route.stops[0]);
    await unsent(page, 0);
    await screenshot(page, `walk-recorded-${language}-${screen}`);
    await page.goto(`${service.url}/record`);
    await ready(page);
    await page.locator('.stamps').first().waitFor();
    await accessible(page);
    await screenshot(page, `record-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}
