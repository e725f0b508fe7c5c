/** A drill from its declaration to its review: residents with a phone, the registrar at a desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking, yes } from './support/outings.mjs';
import { start } from './support/server.mjs';
import { openAs } from './support/signed-in.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
  await decided();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** What a page without a network writes to the console. */
const OFFLINE = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch'];

/** The registrar decides of the resident, so that they have a place to gather. */
async function decided() {
  const registrar = await asking(browser, service, 'registrar');
  const { tasks } = await registrar.ask('GET', '/api/housing/tasks');
  const task = tasks.find(({ staff_number, kind }) => staff_number === '900002' && kind === 'assign');
  if (task) {
    const { residency_id, suggestion, assignment } = task;
    const decision = { residency_id, council_id: suggestion.council_id, decisions: assignment.decisions };
    await registrar.ask('POST', '/api/housing/assignments', { decisions: [decision] });
  }
  await registrar.close();
}

/** The activation that goes on, as the service has it. */
async function open() {
  const registrar = await asking(browser, service, 'registrar');
  const { activations } = await registrar.ask('GET', '/api/activations');
  await registrar.close();
  return activations.find(({ ended_at }) => !ended_at) ?? null;
}

/** Waits until a page is there. A stream that stays open is never idle, so nothing waits for that. */
async function there(page) {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.loading').length === 0);
}

async function look(page, name) {
  await there(page);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

/** Opens the registrar's page. */
async function desk(options = {}) {
  const { path = '/activations', prepare, ...more } = options;
  const page = await openAs(browser, service, 'registrar', { path: '/account', ...more });
  await prepare?.(page);
  await page.goto(service.url + path);
  await there(page);
  return page;
}

const live = (page, state = 'live') => page.locator(`[data-live="${state}"]`).waitFor();
const figure = (page, standing, count) =>
  page.locator(`.roll-figures [data-standing="${standing}"][data-count="${count}"]`).waitFor();
const banner = (page) => page.locator('section.activation[data-activation]');
const reached = (page, answer, how) =>
  page.locator(`section.activation[data-mine="${answer}"][data-reached="${how}"]`).waitFor();
const answer = (page, name) => banner(page).locator(`[data-answer="${name}"]`).click();

/** Everything that the browser keeps of an activation, as text. */
const kept = (page) =>
  page.evaluate(async () => {
    const opened = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await opened(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = await opened(database.transaction(store).objectStore(store).getAll());
        const readable = (_, value) =>
          value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
        found.push(`${name}/${store}`, JSON.stringify(rows, readable));
      }
      database.close();
    }
    return found.join('\n');
  });

test('nobody but the registrar has the page, and nobody sees a banner when nothing goes on', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/activations' });
  assert.equal(await page.locator('.activations-begin').count(), 0);
  clean(page);
  await page.context().close();
  const resident = await openAs(browser, service, 'resident', { screen: 'phone', path: '/account' });
  assert.equal(await banner(resident).count(), 0);
  assert.deepEqual(
    await resident.evaluate(() => Object.keys(localStorage).filter((key) => /activation|answers/.test(key))),
    [],
  );
  clean(resident);
  await resident.context().close();
});

test('the real thing has to be typed', async () => {
  const page = await desk();
  await look(page, 'activations-none-desktop');
  await page.locator('.activations-begin').click();
  await page.getByRole('radio', { name: /^実動/ }).check();
  assert.equal(await page.locator('#field-declare-title').inputValue(), '', 'nothing is filled in');
  await page.locator('#field-declare-title').fill('見本・実動');
  await page.locator('#field-declare-message').fill('見本');
  await page.getByRole('button', { name: '実動を発令する' }).click();
  const sure = page.locator('dialog button[value="yes"]');
  assert.equal(await sure.isDisabled(), true);
  await page.locator('dialog input').fill('訓練');
  assert.equal(await sure.isDisabled(), true);
  await page.locator('dialog input').fill('実動');
  assert.equal(await sure.isDisabled(), false);
  await look(page, 'activations-typed-desktop');
  await page.locator('dialog button[value="no"]').click();
  assert.equal(await open(), null, 'nothing was declared');
  clean(page);
  await page.context().close();
});

test('a drill: declared, answered with and without a network, entered by phone, ended, looked back on', async () => {
  const page = await desk();
  await page.locator('.activations-begin').click();
  await look(page, 'activations-declare-desktop');
  await page.getByRole('button', { name: '訓練を発令する' }).click();
  await yes(page);
  await live(page);
  const { id, residents, kind } = await open();
  assert.equal(kind, 'drill');
  assert.ok(residents > 1, 'the demo has residents');
  await figure(page, 'none', residents);
  await page.locator('.roll-map .leaflet-marker-icon').first().waitFor();
  await look(page, 'activations-live-desktop');

  // A resident answers, and changes their mind.
  const phone = await openAs(browser, service, 'resident', { screen: 'phone', path: '/council', expect: OFFLINE });
  await banner(phone).waitFor();
  assert.match(await banner(phone).innerText(), /訓練/);
  assert.match(await banner(phone).innerText(), /参集先/);
  for (const size of await banner(phone).locator('button').evaluateAll((all) => all.map((one) => one.offsetHeight))) {
    assert.ok(size >= 44, `a button is ${size} px high`);
  }
  await look(phone, 'activations-banner-phone');
  await answer(phone, 'on_the_way');
  await reached(phone, 'on_the_way', 'sent');
  await figure(page, 'on_the_way', 1);
  await figure(page, 'none', residents - 1);

  // Without a network: what was told is there, and an answer waits.
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const { activation } = await phone.evaluate(async () => (await fetch('/api/me/activation')).json());
  await phone.context().setOffline(true);
  await phone.reload();
  await banner(phone).waitFor();
  assert.equal(await banner(phone).getAttribute('data-mine'), 'on_the_way');
  const fold = banner(phone).locator('.activation-fold');
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  await answer(phone, 'arrived');
  await reached(phone, 'arrived', 'unsent');
  await screenshot(phone, 'activations-offline-phone');
  const text = await kept(phone);
  assert.ok(text.includes('"arrived"'), 'the answer is on the disk');
  if (activation.muster) assert.ok(!text.includes(activation.muster.name), 'where one gathers is sealed');
  await phone.reload();
  await reached(phone, 'arrived', 'unsent');
  await figure(page, 'on_the_way', 1);
  await phone.context().setOffline(false);
  await reached(phone, 'arrived', 'sent');
  await figure(page, 'arrived', 1);
  await figure(page, 'on_the_way', 0);

  // On the map page as well, and read in other languages.
  await phone.goto(`${service.url}/`);
  await banner(phone).waitFor();
  await screenshot(phone, 'activations-map-phone');
  assert.ok((await phone.locator('.map-area').boundingBox()).height > 200, 'the map keeps its room');
  clean(phone);
  await phone.context().close();
  const [language] = some(['en', 'easy'], 0);
  const other = await openAs(browser, service, 'resident', { screen: 'phone', path: '/account', language });
  await banner(other).waitFor();
  await banner(other).locator('.activation-fold').click();
  await look(other, `activations-banner-${language}-phone`);
  clean(other);
  await other.context().close();

  // Whoever lives elsewhere sees nothing of it.
  const staff = await openAs(browser, service, 'staff', { screen: 'phone', path: '/account' });
  assert.equal(await banner(staff).count(), 0);
  clean(staff);
  await staff.context().close();

  // Somebody phones.
  await page.locator('.roll-figures [data-standing="none"] button').click();
  const rows = page.locator('.roll-list tbody tr');
  assert.equal(await rows.count(), residents - 1);
  await rows.first().getByRole('button', { name: /電話の回答/ }).click();
  const form = page.locator('phone-answer');
  await form.getByRole('button', { name: '記録する' }).click();
  // Without an answer nothing happens.
  await form.locator('.field-error:not([hidden])').waitFor();
  await form.getByRole('radio', { name: '参集不能' }).check();
  await form.getByLabel('メモ').fill('見本: 家族の介護');
  await accessible(page);
  await screenshot(page, 'activations-phoned-desktop');
  await form.getByRole('button', { name: '記録する' }).click();
  await form.waitFor({ state: 'detached' });
  await figure(page, 'unable', 1);
  await figure(page, 'none', residents - 2);

  // A page whose stream cannot be opened asks instead, and says so.
  const behind = await desk({
    screen: 'phone',
    expect: OFFLINE,
    prepare: (one) => one.route('**/api/activations/*/events**', (route) => route.abort()),
  });
  await live(behind, 'polling');
  await figure(behind, 'unable', 1);
  await look(behind, 'activations-live-phone');
  const again = await asking(browser, service, 'resident');
  await again.ask('POST', '/api/me/activation/answers', {
    sent_at: new Date().toISOString(),
    answers: [{ id: uuidv7(), activation_id: id, answer: 'safe', answered_at: new Date().toISOString() }],
  });
  await again.close();
  await figure(page, 'safe', 1);
  await figure(behind, 'safe', 1);
  clean(behind);
  await behind.context().close();

  // The end, and the review.
  await page.getByRole('button', { name: '発令を終える' }).click();
  await yes(page);
  await page.locator('activation-review .roll-chart').waitFor();
  assert.match(await page.locator('activation-review').innerText(), /訓練/);
  await look(page, 'activations-review-desktop');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-format="csv"]').click(),
  ]);
  assert.match(download.suggestedFilename(), /訓練.*\.csv$/);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.roll-paper tbody tr').count(), residents - 2);
  await screenshot(page, 'activations-paper');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'これまでの発令' }).first().click();
  await page.locator('.activations-link').first().waitFor();
  await look(page, 'activations-past-desktop');
  clean(page);
  await page.context().close();
  const free = await openAs(browser, service, 'resident', { screen: 'phone', path: '/account' });
  assert.equal(await banner(free).count(), 0, 'it is over');
  clean(free);
  await free.context().close();
});

for (const [language, screen] of some(
  [
    ['easy', 'phone'],
    ['en', 'desktop'],
  ],
  0,
)) {
  test(`the review in ${language} on a ${screen}`, async () => {
    const page = await desk({ language, screen, path: '/activations#past' });
    await page.locator('.activations-link').first().click();
    await page.locator('activation-review .roll-chart').waitFor();
    await look(page, `activations-review-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

/** An id as a phone makes it. */
function uuidv7() {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = crypto.randomUUID().slice(15);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}`;
}
