/** Known to the council: a resident consents field by field, a registrar prints or sends a link, a chair opens it once. */
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

const MINE = '/api/me/introduction';

async function as(persona, work) {
  const caller = await asking(browser, service, persona);
  const done = await work(caller);
  await caller.close();
  return done;
}

/** The registrar decides of the resident, as suggested; gives the council and the residency. */
async function decided() {
  return as('registrar', async (registrar) => {
    const { tasks } = await registrar.ask('GET', '/api/housing/tasks');
    const task = tasks.find(({ staff_number }) => staff_number === '900002');
    if (task) {
      const { residency_id, suggestion, assignment } = task;
      const one = { residency_id, council_id: suggestion.council_id, decisions: assignment.decisions };
      await registrar.ask('POST', '/api/housing/assignments', { decisions: [one] });
    }
  });
}

/** The resident consents to their name and a number. */
async function consented() {
  await decided();
  return as('resident', async (resident) => {
    const { council } = await resident.ask('GET', MINE);
    const fields = [
      { field: 'name', text: '見本 みどり' },
      { field: 'phone', text: '03-0000-0000' },
      { field: 'contact', text: '平日の夜に電話で' },
      { field: 'message', text: 'よろしくお願いします。' },
    ];
    await resident.ask('PUT', MINE, { council_id: council.id, fields });
    return council;
  });
}

/** The registrar makes a link; gives the path that opens it. */
async function linked() {
  const council = await consented();
  return as('registrar', async (registrar) => {
    const { councils } = await registrar.ask('GET', '/api/housing/introductions');
    const residents = councils.find(({ id }) => id === council.id).residents.map((one) => one.residency_id);
    const sheet = { id: crypto.randomUUID(), council_id: council.id, recipient: '会長 見本 一郎様', residents, how: 'link' };
    const { url } = await registrar.ask('POST', '/api/housing/introductions/sheets', sheet);
    const { pathname, hash } = new URL(url);
    return pathname + hash;
  });
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

const SCREENS = [
  ['ja', 'phone'],
  ['en', 'desktop'],
  ['easy', 'phone'],
];

for (const [language, screen] of some(SCREENS, 0)) {
  test(`a resident chooses what is shared, sees it, consents and withdraws, in ${language} on a ${screen}`, async () => {
    await decided();
    await as('resident', (resident) => resident.ask('DELETE', MINE));
    const page = await openAs(browser, service, 'resident', { screen, path: '/council', language });
    const mine = page.locator('my-introduction');
    await mine.locator('[data-begin]').click();
    const preview = mine.locator('.introduction-preview');
    assert.equal(await preview.locator('.introduced').count(), 0, 'nothing is chosen at first');
    await mine.locator('#field-share-name').check();
    await mine.locator('#field-share-unit').check();
    await mine.locator('#field-share-phone').check();
    await mine.locator('#field-text-phone').fill('なし');
    await mine.locator('#field-agree').check();
    await mine.locator('button[type=submit]').click();
    assert.equal(await mine.locator('#field-text-phone').getAttribute('aria-invalid'), 'true');
    await mine.locator('#field-text-phone').fill('03-0000-0000');
    assert.ok((await preview.innerText()).includes('03-0000-0000'), 'what is typed is seen at once');
    assert.equal(await mine.locator('#field-agree').isChecked(), false, 'one agrees to what one sees');
    await mine.scrollIntoViewIfNeeded();
    await mine.locator('#field-share-message').check();
    await mine.locator('#field-text-message').fill('よろしくお願いします。\n休日も手伝えます。');
    await preview.scrollIntoViewIfNeeded();
    await look(page, `introduction-form-${language}-${screen}`);
    await mine.locator('#field-agree').check();
    await mine.locator('button[type=submit]').click();
    await mine.locator('[data-consented]').waitFor();
    const { consent } = await as('resident', (resident) => resident.ask('GET', MINE));
    assert.deepEqual(
      consent.fields.map(({ field }) => field),
      ['name', 'unit', 'phone', 'message'],
    );
    await mine.locator('[data-consented]').scrollIntoViewIfNeeded();
    await look(page, `introduction-consented-${language}-${screen}`);
    await mine.locator('[data-withdraw]').click();
    await page.locator('dialog button[value=yes]').click();
    await mine.locator('[data-consented]').waitFor({ state: 'detached' });
    assert.equal((await as('resident', (resident) => resident.ask('GET', MINE))).consent ?? null, null);
    clean(page);
    await page.context().close();
  });
}

for (const [language, screen] of some([['ja', 'desktop'], ['easy', 'phone']], 0)) {
  test(`a registrar prints a sheet, in ${language} on a ${screen}`, async () => {
    const council = await consented();
    const page = await openAs(browser, service, 'registrar', { screen, path: '/introductions', language });
    await look(page, `introductions-${language}-${screen}`);
    await page.locator('button[type=submit]').count();
    await page.locator('#field-council').selectOption(council.id);
    await page.locator('#field-recipient').waitFor();
    await look(page, `introductions-form-${language}-${screen}`);
    await page.locator('sheet-form button[type=submit]').click();
    assert.equal(await page.locator('#field-recipient').getAttribute('aria-invalid'), 'true');
    await page.locator('#field-recipient').fill('会長 見本 一郎様');
    await page.locator('sheet-form button[type=submit]').click();
    await page.locator('[data-made=printed]').waitFor();
    const sheet = page.locator('.introduction-sheet');
    for (const text of ['見本 みどり', '03-0000-0000', '会長 見本 一郎様', council.name]) {
      assert.ok((await sheet.innerText()).includes(text), text);
    }
    await look(page, `introductions-printed-${language}-${screen}`);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['app-header', '[data-made]', 'sheet-list', '.page-lead']) {
      assert.equal(await page.locator(gone).first().isVisible(), false, `${gone} is printed`);
    }
    assert.ok(await sheet.isVisible());
    await screenshot(page, `introductions-paper-${language}-${screen}`);
    await page.emulateMedia({ media: 'screen' });
    // The resident sees it, and it stays when they withdraw.
    const { given } = await as('resident', async (resident) => {
      await resident.ask('DELETE', MINE);
      return resident.ask('GET', MINE);
    });
    assert.equal(given[0].recipient, '会長 見本 一郎様');
    await page.reload();
    await ready(page);
    assert.ok((await page.locator('sheet-list .badge-warning').count()) > 0, 'the council has to be told');
    await look(page, `introductions-withdrawn-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('a registrar makes a link that is shown once, and revokes it', async () => {
  const council = await consented();
  const page = await openAs(browser, service, 'registrar', { screen: 'desktop', path: '/introductions' });
  await page.locator('#field-council').selectOption(council.id);
  await page.locator('input[name=how][value=link]').check();
  await page.locator('#field-recipient').fill('副会長 見本 二郎様');
  await page.locator('sheet-form button[type=submit]').click();
  await page.locator('[data-made=link]').waitFor();
  const url = await page.locator('.introduction-secret').innerText();
  assert.match(url, /\/introduction#[\w-]{43}$/);
  await page.locator('img.introduction-code').waitFor();
  await look(page, 'introductions-link-ja-desktop');
  await page.reload();
  await ready(page);
  assert.ok(!(await page.content()).includes(url.split('#')[1]), 'it is shown once');
  const row = page.locator('sheet-list tr', { hasText: '副会長 見本 二郎様' });
  await row.locator('button').click();
  await page.locator('dialog button[value=yes]').click();
  await row.locator('[data-state=revoked]').waitFor();
  clean(page);
  const { pathname, hash } = new URL(url);
  const chair = await openAs(browser, service, null, { screen: 'phone', path: pathname + hash });
  await chair.getByText('取り消されました').waitFor();
  await look(chair, 'introduction-revoked-ja-phone');
  clean(chair);
  await chair.context().close();
  await page.context().close();
});

for (const [language, screen] of some(SCREENS, 1)) {
  test(`a chair opens a link once, in ${language} on a ${screen}`, async () => {
    const path = await linked();
    const page = await openAs(browser, service, null, { screen, path, language });
    const open = page.locator('.introduction-open');
    await open.waitFor();
    await look(page, `introduction-waiting-${language}-${screen}`);
    assert.ok(!(await page.content()).includes('03-0000-0000'), 'looking does not open it');
    await page.reload();
    await open.click();
    const sheet = page.locator('.introduction-sheet');
    await sheet.waitFor();
    assert.ok((await sheet.innerText()).includes('03-0000-0000'));
    await look(page, `introduction-opened-${language}-${screen}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('app-header').isVisible(), false);
    await screenshot(page, `introduction-paper-${language}-${screen}`);
    await page.emulateMedia({ media: 'screen' });
    clean(page);
    await page.context().close();
    const again = await openAs(browser, service, null, { screen, path, language });
    await again.locator('#opened-now').waitFor();
    assert.equal(await again.locator('.introduction-sheet').count(), 0);
    await look(again, `introduction-used-${language}-${screen}`);
    clean(again);
    await again.context().close();
    const { given } = await as('resident', (resident) => resident.ask('GET', MINE));
    assert.equal(given[0].state, 'opened');
  });
}

test('a link that is cut off or unknown says what to do', async () => {
  const cut = await openAs(browser, service, null, { screen: 'phone', path: '/introduction#abc' });
  await look(cut, 'introduction-cut-ja-phone');
  clean(cut);
  await cut.context().close();
  const unknown = await openAs(browser, service, null, {
    screen: 'phone',
    path: `/introduction#${'A'.repeat(43)}`,
    expect: ['404'],
  });
  await unknown.getByText('使えません').waitFor();
  await look(unknown, 'introduction-unknown-ja-phone');
  clean(unknown);
  await unknown.context().close();
});
