/** One's own council: found by residents alone, kept on the device if they want, and gone when they sign out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking } from './support/outings.mjs';
import { start } from './support/server.mjs';
import { openAs, ready } from './support/signed-in.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** What the service tells the resident. */
async function told() {
  const resident = await asking(browser, service, 'resident');
  const document = await resident.ask('GET', '/api/me/council');
  await resident.close();
  return document;
}

/** The registrar decides of the resident, as suggested. */
async function decided() {
  if ((await told()).state === 'decided') return;
  const registrar = await asking(browser, service, 'registrar');
  const { tasks } = await registrar.ask('GET', '/api/housing/tasks');
  const { residency_id, suggestion, assignment } = tasks.find((task) => task.staff_number === '900002');
  const decision = { residency_id, council_id: suggestion.council_id, decisions: assignment.decisions };
  await registrar.ask('POST', '/api/housing/assignments', { decisions: [decision] });
  await registrar.close();
}

async function look(page, name) {
  await ready(page);
  const text = await page.locator('main').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

/** Everything that the browser keeps, in one text: databases that are readable, caches, storage. */
const kept = (page) =>
  page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const url = new URL(request.url);
        found.push(url.pathname);
        if (url.pathname.startsWith('/api')) found.push(await (await cache.match(request)).text());
      }
    }
    const opened = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await opened(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = await opened(database.transaction(store).objectStore(store).getAll());
        // Bytes are looked into as text.
        const readable = (_, value) =>
          value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
        found.push(`${name}/${store}`, JSON.stringify(rows, readable));
      }
      database.close();
    }
    return found.join('\n');
  });

test('whoever lives elsewhere is told so, and a resident who waits what happens next', async () => {
  const [language] = some(['ja', 'en', 'easy'], 2);
  const staff = await openAs(browser, service, 'staff', { screen: 'phone', path: '/council', language });
  await look(staff, `council-none-${language}-phone`);
  assert.equal(await staff.locator('council-map').count(), 0);
  clean(staff);
  await staff.context().close();
  const resident = await openAs(browser, service, 'resident', { screen: 'phone', path: '/council', language });
  await look(resident, `council-waiting-${language}-phone`);
  clean(resident);
  await resident.context().close();
});

for (const [language, screen] of some(
  [
    ['ja', 'phone'],
    ['en', 'desktop'],
    ['easy', 'phone'],
  ],
  0,
)) {
  test(`a resident finds their council in ${language} on a ${screen}`, async () => {
    await decided();
    const page = await openAs(browser, service, 'resident', { screen, path: '/council', language });
    await page.locator('.council-map .leaflet-marker-icon').first().waitFor();
    const { council, features } = await told();
    const name = language === 'en' ? council.name_en : council.name;
    assert.ok((await page.locator('.council-name').innerText()).includes(name));
    const way = features.find(({ properties }) => properties.role === 'way').properties;
    const minutes = String(Math.ceil(way.duration_s / 60));
    assert.ok((await page.locator('.council-way-length').first().innerText()).includes(minutes));
    await look(page, `council-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('it is kept on the device only if its owner wants, opens without a network, and is gone at sign-out', async () => {
  await decided();
  const { home, council } = await told();
  const page = await openAs(browser, service, 'resident', {
    screen: 'phone',
    path: '/council',
    expect: ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch'],
  });
  await page.locator('.council-map .leaflet-marker-icon').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const secrets = [home.housing_name, home.address, council.name];
  const leaks = async () => {
    const text = await kept(page);
    return secrets.filter((secret) => text.includes(secret));
  };
  assert.deepEqual(await leaks(), [], 'nothing is kept before it is wanted');
  await page.locator('#field-keep').click();
  await page.getByText('保存しました。').waitFor();
  assert.deepEqual(await leaks(), [], 'what is kept cannot be read in the database or the caches');
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('に保存した内容です').waitFor();
  await page.locator('.council-map .leaflet-marker-icon').first().waitFor();
  assert.ok((await page.locator('.council-name').innerText()).includes(council.name));
  await look(page, 'council-offline-phone');
  await page.context().setOffline(false);
  await page.locator('.menu-toggle').click();
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.waitForURL(`${service.url}/`);
  await ready(page);
  await page.context().setOffline(true);
  await page.goto(`${service.url}/council`);
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.loading').length === 0);
  assert.equal(await page.locator('.council-name').count(), 0, 'it is shown after signing out');
  clean(page);
  await page.context().close();
});
