/** The pages of outings in three languages, on a phone and a desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking, linked, page as openPage, planned } from './support/outings.mjs';
import { start } from './support/server.mjs';
import { ready } from './support/signed-in.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Looks at a page as axe does, at what sticks out, and at what is left unfilled. */
async function look(page, name) {
  await ready(page);
  const text = await page.locator('main').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

for (const [language, screen] of some([
  ['easy', 'phone'],
  ['en', 'desktop'],
  ['ja', 'desktop'],
  ['en', 'phone'],
])) {
  test(`the pages in ${language} on a ${screen}`, async () => {
    const { outing, trainer } = await planned(browser, service);
    const staff = await asking(browser, service, 'staff');
    await staff.ask('PUT', `/api/outings/${outing.id}/sign-up`);
    const named = (name) => `${name}-${language}-${screen}`;
    const walker = await openPage(browser, service, 'staff', { screen, language });
    await look(walker, named('outings'));
    await walker.goto(`${service.url}/outings#${outing.id}`);
    await walker.locator('check-in-form form').waitFor();
    await walker.locator('.route-picture.leaflet-container').waitFor();
    await look(walker, named('outings-detail'));
    clean(walker);
    await walker.context().close();

    const leader = await openPage(browser, service, 'trainer', { screen, language, path: '/lead' });
    await look(leader, named('lead'));
    await leader.goto(`${service.url}/lead#${outing.id}`);
    for (const view of ['people', 'code', 'roll', 'hosts', 'edit']) {
      await leader.locator('.lead-tabs').waitFor();
      await leader.evaluate((hash) => (location.hash = hash), `${outing.id}/${view}`);
      await leader.locator(`.lead-tabs a[href$="/${view}"][aria-current]`).waitFor();
      await look(leader, named(`lead-${view}`));
    }
    clean(leader);
    await leader.context().close();

    const [host] = outing.hosts;
    const { path } = await trainer.ask('POST', `/api/outings/${outing.id}/hosts/${host.id}/link`);
    const asked = await linked(browser, service, '/healthz', { screen });
    await asked.addInitScript((value) => localStorage.setItem('machiaruki.language', value), language);
    await asked.goto(service.url + path);
    await asked.locator('answer-form form').waitFor();
    await asked.locator('.route-picture.leaflet-container').waitFor();
    await look(asked, named('hosts'));
    clean(asked);
    await Promise.all([asked.context().close(), trainer.close(), staff.close()]);
  });
}

test('a link that is cut off, or too old, says what to do', async () => {
  for (const [path, text] of [
    ['/hosts', 'リンクが途中で切れている'],
    [`/hosts#${'x'.repeat(43)}`, 'このリンクは使えません'],
  ]) {
    const page = await linked(browser, service, path);
    await page.getByText(text).waitFor();
    await accessible(page);
    clean(page);
    await page.context().close();
  }
});
