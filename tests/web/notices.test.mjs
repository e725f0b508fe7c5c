/** What one was told: the bell on every page, the page of notices, with a network and without one. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking, page as openPage, planned } from './support/outings.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import { assessed, withoutClock } from './support/training.mjs';
import { offlinePage } from './support/walk.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
  await assessed(browser, service);
  await withoutClock(browser, service);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Lets one of the demo's people hear of something: an outing that they joined is cancelled. */
async function told(persona, reason) {
  const { outing, trainer } = await planned(browser, service);
  const someone = await asking(browser, service, persona);
  await someone.ask('PUT', `/api/outings/${outing.id}/sign-up`);
  await trainer.ask('POST', `/api/outings/${outing.id}/cancel`, { reason });
  await Promise.all([trainer.close(), someone.close()]);
  return outing;
}

/** Everything that somebody was told is read. */
async function readAll(persona) {
  const someone = await asking(browser, service, persona);
  const { as_of } = await someone.ask('GET', '/api/me/notices');
  await someone.ask('POST', '/api/me/notices/read', { as_of });
  await someone.close();
}

const bell = (page) => page.locator('.notice-bell');
const count = (page) => page.locator('.notice-bell-count');

for (const [language, screen] of some([
  ['ja', 'phone'],
  ['ja', 'desktop'],
  ['en', 'desktop'],
  ['easy', 'phone'],
])) {
  test(`the page and its bell, in ${language} on a ${screen}`, async () => {
    await readAll('staff');
    await told('staff', '大雨のため(見本)');
    await told('staff', '強風のため(見本)');
    const page = await openAs(browser, service, 'staff', {
      screen,
      language,
      path: '/account',
    });
    assert.equal(await count(page).innerText(), '2');
    assert.match(await bell(page).innerText(), /2/);
    await accessible(page);
    await screenshot(page, `bell-${language}-${screen}`);
    await bell(page).click();
    await page.waitForURL('**/notices');
    await ready(page);
    const unread = page.locator('.notice-card-unread');
    await unread.nth(1).waitFor();
    const text = await page.locator('main').innerText();
    assert.doesNotMatch(text, /\{\w+\}|undefined/);
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= room, `nothing sticks out: ${wide} of ${room}`);
    await accessible(page);
    await screenshot(page, `notices-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('one is read and unread again, all are read, and what is unread can be listed alone', async () => {
  await readAll('staff');
  const outing = await told('staff', '大雨のため(見本)');
  await told('staff', '強風のため(見本)');
  const page = await openAs(browser, service, 'staff', {
    screen: 'desktop',
    path: '/notices',
  });
  const unread = page.locator('.notice-card-unread');
  const first = page.locator('.notice-card').first();
  await unread.nth(1).waitFor();
  // By keyboard alone.
  await first.getByRole('button', { name: /既読にする/ }).focus();
  await page.keyboard.press('Enter');
  await first.getByRole('button', { name: /未読に戻す/ }).waitFor();
  assert.equal(await unread.count(), 1);
  assert.equal(await count(page).innerText(), '1');
  await page.keyboard.press('Enter');
  await first.getByRole('button', { name: /既読にする/ }).waitFor();
  assert.equal(await count(page).innerText(), '2');
  await page.getByRole('button', { name: /未読だけ/ }).click();
  // The list that was there stays until the next one has come.
  await page.waitForFunction(() => document.querySelectorAll('.notice-card').length === 2);
  await page.getByRole('button', { name: 'すべて既読にする' }).click();
  await count(page).waitFor({ state: 'detached' });
  assert.equal(await unread.count(), 0, 'they stay, and can be set back');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.getByRole('button', { name: /未読だけ/ }).click();
  await page.getByText('未読のお知らせはありません。').waitFor();
  await accessible(page);
  await screenshot(page, 'notices-none');
  // Whoever follows one to what it is about has read it.
  await page.getByRole('button', { name: 'すべて', exact: true }).click();
  await ready(page);
  const link = page.locator(`a[href="/outings#${outing.id}"]`);
  const card = page.locator('.notice-card', { has: link });
  await card.getByRole('button', { name: /未読に戻す/ }).click();
  await count(page).waitFor();
  await link.click();
  await page.waitForURL('**/outings#*');
  await ready(page);
  assert.equal(await count(page).count(), 0);
  clean(page);
  await page.context().close();
});

test('the bell asks with the page, and not again within a minute', async () => {
  const page = await openAs(browser, service, 'staff', {
    screen: 'desktop',
    path: '/account',
  });
  let asked = 0;
  page.on('request', (request) => {
    asked += Number(request.url().endsWith('/api/me/notices/unread'));
  });
  for (let turn = 0; turn < 5; turn += 1) {
    await page.evaluate(() => {
      dispatchEvent(new Event('focus'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
  }
  await page.waitForLoadState('networkidle');
  assert.equal(asked, 0);
  // On the map, too, there is one; for nobody there is none.
  await page.goto(service.url);
  await bell(page).waitFor();
  await screenshot(page, 'bell-map-desktop');
  clean(page);
  await page.context().close();
  // On a phone the map has no room for it: the menu says so, and leads there.
  await readAll('staff');
  await told('staff', '大雨のため(見本)');
  const phone = await openAs(browser, service, 'staff', { screen: 'phone', path: '/' });
  await phone.locator('.person-menu-dot').waitFor();
  await accessible(phone);
  await screenshot(phone, 'bell-map-phone');
  await phone.locator('.person-menu summary').click();
  await phone.getByRole('link', { name: 'お知らせ(未読1件)' }).click();
  await phone.waitForURL('**/notices');
  await phone.context().close();
  const nobody = await openAs(browser, service, null, {
    screen: 'desktop',
    path: '/',
  });
  assert.equal(await bell(nobody).count(), 0);
  await nobody.context().close();
});

test('without a network what was last loaded is there, until its owner signs out', async () => {
  await told('staff', '大雨のため(見本)');
  const page = await openPage(browser, service, 'staff', { path: '/notices' });
  const cards = page.locator('.notice-card');
  await cards.first().waitFor();
  const before = await cards.count();
  await offlinePage(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('ネットワークがありません').waitFor();
  await cards.first().waitFor();
  assert.equal(await cards.count(), before);
  assert.equal(await page.getByRole('button', { name: /既読/ }).count(), 0, 'nothing is promised');
  await accessible(page);
  await screenshot(page, 'notices-offline');
  await page.context().setOffline(false);
  await page.reload();
  await page.getByRole('button', { name: 'メニュー' }).click();
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.waitForURL(`${service.url}/`);
  const kept = await page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('machiaruki-notices');
        opening.onsuccess = () => {
          const all = opening.result.transaction('notices').objectStore('notices').count();
          all.onsuccess = () => done(all.result);
        };
      }),
  );
  assert.equal(kept, 0);
  await page.context().setOffline(true);
  await page.goto(`${service.url}/notices`);
  await page.getByText('この端末には、受け取ったお知らせがありません').waitFor();
  assert.equal(await cards.count(), 0);
  await page.context().close();
});
