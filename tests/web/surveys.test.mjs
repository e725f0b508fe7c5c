/** Questions before and after a training: answered with and without a network, written by HR, and what changed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking } from './support/outings.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import { assessed, YEAR } from './support/training.mjs';

/** Errors that a page without a network writes to the console. */
const OFFLINE = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch'];

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
  await assessed(browser, service);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** What somebody is asked, and answered. */
async function survey(persona) {
  const somebody = await asking(browser, service, persona);
  const { surveys } = await somebody.ask('GET', '/api/me/surveys');
  await somebody.close();
  return surveys[0];
}

async function look(page, name) {
  await ready(page);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined|NaN/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

/** Chooses points for each question, and leaves the last one out. */
async function choose(form, points) {
  const questions = form.locator('.survey-question');
  const count = await questions.count();
  for (let index = 0; index < count; index += 1) {
    const choice = index === count - 1 ? 5 : points - 1;
    await questions.nth(index).locator('input').nth(choice).check();
  }
}

const form = (page, moment) => page.locator(`details[data-moment="${moment}"]`).first();
const state = (page, moment, is) => page.locator(`details[data-moment="${moment}"][data-state="${is}"]`).first().waitFor();

test('somebody answers before on a phone, and again without a network', async () => {
  const page = await openAs(browser, service, 'resident', {
    screen: 'phone',
    path: '/training',
    expect: OFFLINE,
  });
  await state(page, 'before', 'not_answered');
  assert.equal(await page.locator('details[data-moment="after"]').count(), 0, 'nothing is asked afterwards yet');
  await form(page, 'before').locator('summary').click();
  await form(page, 'before').scrollIntoViewIfNeeded();
  await look(page, 'survey-before-phone');
  // By keyboard alone: one of five, and on to the next question.
  const first = form(page, 'before').locator('.survey-question').first().locator('input');
  await first.nth(5).focus();
  await page.keyboard.press('ArrowLeft');
  assert.ok(await first.nth(4).isChecked());
  await choose(form(page, 'before'), 2);
  await form(page, 'before').locator('.survey-question').nth(2).scrollIntoViewIfNeeded();
  await screenshot(page, 'survey-before-chosen-phone');
  await form(page, 'before').getByRole('button', { name: '回答を送る' }).click();
  await state(page, 'before', 'answered');
  const { before: sent } = await survey('resident');
  assert.equal(sent.revision, 1);
  assert.equal(Object.keys(sent.answers).length, 5, 'one was left out');
  assert.ok(Object.values(sent.answers).every((points) => points === 2));

  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await ready(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('アンケートには、電波がなくても答えられます。').waitFor();
  await form(page, 'before').locator('summary').click();
  assert.equal(await form(page, 'before').locator('.survey-question').first().locator('input').nth(5).isChecked(), true);
  await choose(form(page, 'before'), 3);
  await form(page, 'before').getByRole('button', { name: '回答を変える' }).click();
  await state(page, 'before', 'waiting');
  await page.locator('[data-unsent="1"]').waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await accessible(page);
  await screenshot(page, 'survey-offline-phone');
  // What waits is not in the file for a trainer.
  await page.getByRole('button', { name: 'くわしく' }).click();
  await page.getByText('アンケートの回答はファイルに入りません。').waitFor();
  await screenshot(page, 'survey-unsent-phone');
  await page.context().setOffline(false);
  await page.locator('unsent-bar').waitFor({ state: 'detached' });
  await ready(page);
  await state(page, 'before', 'answered');
  const { before: again } = await survey('resident');
  assert.equal(again.revision, 2);
  assert.ok(Object.values(again.answers).every((points) => points === 3));
  clean(page);
  await page.context().close();
});

for (const [language, screen] of some(
  [
    ['easy', 'phone'],
    ['en', 'desktop'],
  ],
  1,
)) {
  test(`the questions are in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'manager', { screen, language, path: '/training' });
    await form(page, 'before').locator('summary').click();
    await form(page, 'before').scrollIntoViewIfNeeded();
    await look(page, `survey-before-${language}-${screen}`);
    if (language === 'easy') {
      const text = await form(page, 'before').innerText();
      assert.doesNotMatch(text.replace(/\d+年\d+月\d+日/g, ''), /[\u4e00-\u9fff]/, 'no kanji');
    }
    clean(page);
    await page.context().close();
  });
}

/** Walks the first route, at once and from a desk: the service is told as a phone tells it. */
async function walkFirstRoute(persona) {
  const walker = await asking(browser, service, persona);
  const { routes } = await walker.ask('GET', '/api/routes');
  const [route] = routes;
  const at = Date.now() - 60_000;
  const visits = route.stops.map((stop, index) => ({
    id: `019a9f6e-0000-7000-8000-${String(index + 500).padStart(12, '0')}`,
    route_version_id: route.route_version_id,
    stop_id: stop.stop_id,
    at: new Date(at + index * 1_000).toISOString(),
    evidence: [{ kind: 'gps', location: stop.location, accuracy_m: 5, age_s: 1 }],
  }));
  await walker.ask('POST', '/api/visits', { visits });
  await walker.close();
  const trainer = await asking(browser, service, 'trainer');
  for (const { id } of visits) {
    await trainer.ask('POST', `/api/visits/${id}/decision`, { decision: 'accept' });
  }
  await trainer.close();
}

test('who has completed it is asked after, and who did not answer before is not', async () => {
  const asked = await survey('staff');
  const walker = await asking(browser, service, 'staff');
  const answers = Object.fromEntries(asked.questions.map(({ id }) => [id, 2]));
  const sheet = {
    id: '019a9f6e-0000-7000-8000-0000000000bb',
    programme_id: asked.programme_id,
    fiscal_year: YEAR,
    moment: 'before',
    revision: 1,
    at: new Date(Date.now() - 3_600_000).toISOString(),
    answers,
  };
  await walker.ask('POST', '/api/me/sheets', { sheets: [sheet] });
  await walker.close();
  await walkFirstRoute('staff');
  const page = await openAs(browser, service, 'staff', { screen: 'phone', path: '/training' });
  await state(page, 'after', 'not_answered');
  assert.equal(await page.locator('details[data-moment="before"]').count(), 0);
  await form(page, 'after').locator('summary').click();
  await choose(form(page, 'after'), 4);
  await form(page, 'after').scrollIntoViewIfNeeded();
  await look(page, 'survey-after-phone');
  await form(page, 'after').getByRole('button', { name: '回答を送る' }).click();
  await state(page, 'after', 'answered');
  assert.equal((await survey('staff')).after.revision, 1);
  clean(page);
  await page.context().close();
});

/** Sheets of so many invented people, and the day's look at them: what everybody's phones would have sent. */
async function answered(pairs) {
  const { programme_id: programme, questions } = await survey('staff');
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const rows = [];
  for (let number = 0; number < pairs; number += 1) {
    const points = (more) =>
      Object.fromEntries(
        questions.map(({ id }, index) => [id, Math.min(5, 2 + ((number + index) % 3) + (more && (number + index) % 4 ? 1 : 0))]),
      );
    // Two thirds walked the first route, and half of all the second one.
    const walked = [number % 3 ? routes[0].id : null, number % 2 ? routes[1].id : null].filter(Boolean);
    const row = (moment, answers, of) =>
      `('${programme}', ${YEAR}, 'invented-${number}', '${moment}', 1, '${JSON.stringify(answers)}', '${JSON.stringify(of)}')`;
    rows.push(row('before', points(false), []), row('after', points(true), walked));
  }
  service.sql(
    `INSERT INTO survey_sheet (programme, fiscal_year, pseudonym, moment, revision, answers, routes) VALUES ${rows.join(', ')};
     UPDATE training_state SET released_on = '';`,
  );
  const hr = await asking(browser, service, 'hr');
  const total = async () => (await hr.ask('GET', '/api/training/change')).topics[0].total;
  for (let tries = 0; (await total()) === null; tries += 1) {
    assert.ok(tries < 100, 'nothing was released');
    await new Promise((done) => setTimeout(done, 100));
  }
  await hr.close();
}

test('before five people answered both times, it says so', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/completion' });
  const section = page.locator('change-section');
  await section.getByText('まだ5組に満たないため').first().waitFor();
  await section.scrollIntoViewIfNeeded();
  await look(page, 'change-empty-desktop');
  clean(page);
  await page.context().close();
});

test('HR and trainers see what changed, by question and by route', async () => {
  await answered(60);
  for (const [persona, path, screen, language] of [
    ['hr', '/completion', 'desktop', 'ja'],
    ['manager', '/completion', 'phone', 'easy'],
    ['trainer', '/design', 'desktop', 'en'],
    ['trainer', '/design', 'phone', 'ja'],
  ]) {
    const page = await openAs(browser, service, persona, { screen, path, language });
    if (path === '/design') await page.locator('.route-changes > summary').click();
    const section = page.locator('change-section');
    await section.locator('table').first().waitFor();
    assert.equal(await section.locator('table').count(), 4);
    const rows = section.locator('table').nth(1).locator('tbody tr');
    assert.equal(await rows.count(), 2, 'both routes');
    // What is drawn says the same as the table.
    const [change, x] = await rows.first().evaluate((row) => [
      row.querySelector('.change-point strong').textContent,
      Number(row.querySelector('circle').getAttribute('cx')),
    ]);
    const value = Number(change.replace('−', '-').replace('±', ''));
    assert.ok(Math.abs(100 + value * 46 - x) < 0.6, `${change} at ${x}`);
    await section.scrollIntoViewIfNeeded();
    await look(page, `change-${persona}-${language}-${screen}`);
    await section.locator('table').nth(1).scrollIntoViewIfNeeded();
    await screenshot(page, `change-routes-${persona}-${language}-${screen}`);
    clean(page);
    await page.context().close();
  }
});

test('the figures are saved as a file', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/completion' });
  const buttons = page.locator('change-section export-buttons');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    buttons.getByRole('button', { name: 'Excel' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^令和\d+年度_事前・事後アンケートの変化\.xlsx$/);
  clean(page);
  await page.context().close();
});

for (const screen of some(['phone', 'desktop'])) {
  test(`HR writes the questions of a programme, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', {
      screen,
      path: '/programmes',
      expect: ['the server responded with a status of 422'],
    });
    await page.getByText('6問(知識3・愛着3)').first().waitFor();
    await page.getByRole('button', { name: '研修プログラムを作る' }).click();
    const fields = page.locator('question-fields');
    await page.getByLabel('コード').fill(`asks-${screen}`);
    await page.getByLabel('名称(日本語)').fill('質問のある研修(見本)');
    await fields.getByText('アンケートはしません。').waitFor();
    await fields.getByRole('button', { name: '質問を加える' }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-question-0-ja');
    await page.getByRole('button', { name: '保存する' }).click();
    await fields.locator('#questions-error').waitFor();
    await fields.getByLabel('質問1の文(日本語)').fill('このまちの坂の名前を3つ言える。');
    await fields.getByRole('button', { name: '標準の質問を入れる' }).click();
    await fields.locator('[data-question="take-part"]').waitFor();
    assert.equal(await fields.locator('[data-question]').count(), 7);
    await fields.getByRole('button', { name: '質問1を下へ' }).click();
    assert.equal(await fields.locator('[data-question]').nth(1).getAttribute('data-question'), 'q-1');
    await fields.getByRole('button', { name: '質問7を削除' }).click();
    await fields.scrollIntoViewIfNeeded();
    await look(page, `questions-${screen}`);
    await page.getByRole('button', { name: '保存する' }).click();
    await page.locator('.training-card', { hasText: `asks-${screen}` }).getByText('6問(知識4・愛着2)').waitFor();
    clean(page);
    await page.context().close();
  });
}
