/** Reminders of the training: a manager's tap, and the days that HR chooses. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking, yes } from './support/outings.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import { assessed, ownProgramme } from './support/training.mjs';

const TITLE = '見本のまち歩き研修';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
  await assessed(browser, service);
  await ownProgramme(browser, service, TITLE);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** How many reminders one of the demo's people was sent. */
async function reminders(persona) {
  const someone = await asking(browser, service, persona);
  const { notices } = await someone.ask('GET', '/api/me/notices');
  await someone.close();
  return notices.filter(({ kind, title }) => kind === 'training_reminder' && title.includes(TITLE)).length;
}

async function look(page, name) {
  await ready(page);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

test('a manager reminds their department once, after seeing how many that are', async () => {
  const page = await openAs(browser, service, 'manager', {
    screen: 'phone',
    path: '/completion',
  });
  const section = page.locator('send-reminders');
  const button = section.getByRole('button', { name: 'リマインドを送る' });
  await button.waitFor();
  const before = await reminders('manager');
  await button.click();
  const dialog = page.locator('dialog');
  await dialog.waitFor();
  const count = Number(/(\d+)人/.exec(await dialog.locator('h2').innerText())?.[1]);
  assert.ok(count > 0);
  await look(page, 'reminders-ask-phone');
  await dialog.locator('button[value="no"]').click();
  assert.equal(await reminders('manager'), before, 'who says no sends nothing');
  await button.click();
  await dialog.waitFor();
  await yes(page);
  await section.getByText(`${count}人に送りました。`).waitFor();
  await section.scrollIntoViewIfNeeded();
  await look(page, 'reminders-sent-phone');
  assert.equal(await reminders('manager'), before + 1, 'managers have to walk as well');
  // At once again there is nobody left, and no question.
  await button.click();
  await section.getByText('送る相手がいませんでした。').waitFor();
  await section.getByText(`7日以内に知らせたため送らない人: ${count}人`).waitFor();
  assert.equal(await dialog.count(), 0);
  assert.equal(await reminders('manager'), before + 1);
  clean(page);
  await page.context().close();
});

for (const [language, screen] of some([
  ['ja', 'desktop'],
  ['en', 'phone'],
  ['easy', 'phone'],
  ['en', 'desktop'],
])) {
  test(`HR chooses a department, and the days of a programme, in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', {
      screen,
      language,
      path: '/completion',
      expect: ['the server responded with a status of 422'],
    });
    const section = page.locator('send-reminders');
    await section.locator('select').waitFor();
    assert.ok((await section.locator('option').count()) > 1);
    await section.scrollIntoViewIfNeeded();
    await look(page, `reminders-${language}-${screen}`);
    await section.locator('select').selectOption({ index: 1 });
    await section.locator('button').click();
    await page.locator('dialog, [data-reminded]').first().waitFor();
    await accessible(page);
    await screenshot(page, `reminders-ask-${language}-${screen}`);
    await page.goto(`${service.url}/programmes`);
    await ready(page);
    const days = page.locator('reminder-days').first();
    await days.locator('summary').click();
    const field = days.locator('input');
    await field.fill('400');
    await days.locator('button[type=submit]').click();
    await days.locator('.field-error').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
    await look(page, `reminder-days-${language}-${screen}`);
    await field.fill(`${screen.length * 10}, 30`);
    await days.locator('button[type=submit]').click();
    await page
      .locator('.training-card')
      .first()
      .getByText(String(screen.length * 10))
      .waitFor();
    await look(page, `reminder-days-saved-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}
