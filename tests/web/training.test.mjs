/** The yearly training: one's own, the ward's figures, and what HR plans. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';

/** The year in which the fiscal year of today began, in Tokyo. */
const there = new Date(Date.now() + 9 * 3_600_000);
const YEAR = there.getUTCFullYear() - (there.getUTCMonth() < 3 ? 1 : 0);

/** A day of this fiscal year that is past and ends no month; none in its first days. */
const someDay = [1, 2, 3]
  .map((days) => new Date(there.getTime() - days * 86_400_000).toISOString().slice(0, 10))
  .find((day) => day >= `${YEAR}-04-01` && new Date(Date.parse(day) + 86_400_000).getUTCDate() !== 1);

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo')]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Somebody's obligations, once they have been assessed. */
async function obligations(page) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await page.context().request.get(`${service.url}/api/me/training`);
    const { obligations } = await answer.json();
    if (obligations.length > 0) return obligations;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('nobody was assessed');
}

/** Walks the first route, at once and from a desk: the service is told as a phone tells it. */
async function walkFirstRoute(page) {
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const [route] = routes;
  const at = Date.now() - 3_600_000;
  const visits = route.stops.map((stop, index) => ({
    id: `019a9f6e-0000-7000-8000-${String(index).padStart(12, '0')}`,
    route_version_id: route.route_version_id,
    stop_id: stop.stop_id,
    at: new Date(at + index * 300_000).toISOString().replace('Z', '+00:00'),
    evidence: [{ kind: 'gps', location: stop.location, accuracy_m: 5, age_s: 1 }],
  }));
  const { request } = page.context();
  const sent = await request.post(`${service.url}/api/visits`, { data: { visits } });
  assert.equal(sent.status(), 200);
  await request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'trainer' } });
  for (const { id } of visits) {
    await request.post(`${service.url}/api/visits/${id}/decision`, { data: { decision: 'accept' } });
  }
}

for (const [language, screen] of some([
  ['ja', 'phone'],
  ['en', 'desktop'],
  ['easy', 'phone'],
])) {
  test(`somebody sees what is left, asks for more time, in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'resident', {
      screen,
      language,
      path: '/account',
      expect: ['the server responded with a status of 422'],
    });
    await obligations(page);
    await page.goto(`${service.url}/training`);
    await ready(page);
    await page.locator('.training-card').first().waitFor();
    assert.ok((await page.locator('.training-suggestions li').count()) > 0);
    await accessible(page);
    await screenshot(page, `training-${language}-${screen}`);
    const ask = page.locator('ask-form').first();
    await ask.locator('summary').click();
    await ask.locator('select').selectOption('deferred');
    await ask.locator('button[type=submit]').click();
    await ask.locator('.field-error').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'date');
    await ask.locator('input[type=date]').fill(`${YEAR + 1}-03-31`);
    await ask.locator('textarea').fill('見本の理由');
    await accessible(page);
    await screenshot(page, `training-ask-${language}-${screen}`);
    await ask.locator('button[type=submit]').click();
    await page.locator('.training-asked li').first().waitFor();
    clean(page);
    await page.context().close();
  });
}

test('who has completed it prints a certificate', async () => {
  const page = await openAs(browser, service, 'staff', { screen: 'phone', path: '/account' });
  await obligations(page);
  await walkFirstRoute(page);
  await page.context().request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'staff' } });
  await page.goto(`${service.url}/training`);
  await ready(page);
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: '修了証を印刷' }).click();
  await page.locator('.certificate').waitFor({ state: 'attached' });
  await screenshot(page, 'training-completed');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.certificate-name').isVisible());
  assert.ok(!(await page.locator('.page-title').isVisible()));
  await screenshot(page, 'training-certificate');
  clean(page);
  await page.context().close();
});

for (const screen of some(['desktop', 'phone'])) {
  test(`HR sees figures, and names only when they ask for them, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/account' });
    await obligations(page);
    await page.goto(`${service.url}/completion`);
    await ready(page);
    await page.locator('[aria-labelledby="total"] .completion-total').waitFor();
    for (const by of ['department', 'tier', 'employment', 'month', 'division']) {
      await page.locator('#field-by').selectOption(by);
      await ready(page);
      assert.ok((await page.locator('[aria-labelledby="groups"] tbody tr').count()) > 0, by);
    }
    // This year, and what is to be expected of it; the figures' groupings leave both alone.
    assert.equal(await page.locator('[aria-labelledby="trend"] tbody tr').count(), 1);
    const expected = page.locator('[aria-labelledby="forecast"] .completion-figure-rate dd');
    assert.match(await expected.innerText(), /^約\d+人\(\d+〜\d+人\)$/);
    await accessible(page);
    await screenshot(page, `completion-${screen}`);
    await page.locator('#forecast').scrollIntoViewIfNeeded();
    await screenshot(page, `completion-forecast-${screen}`);
    assert.equal(await page.locator('[aria-labelledby="people"] .data-table').count(), 0, 'no names yet');
    await page.getByRole('button', { name: '氏名を表示する' }).click();
    await page.locator('[aria-labelledby="people"] .data-table').waitFor();
    await accessible(page);
    await page.locator('#people').scrollIntoViewIfNeeded();
    await screenshot(page, `completion-people-${screen}`);
    clean(page);
    await page.context().close();
  });
}

/** Saves what a button gives: the file's name and its bytes. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

for (const screen of some(['phone', 'desktop'])) {
  test(`HR saves figures and names as files, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/account' });
    await obligations(page);
    await page.goto(`${service.url}/completion`);
    await ready(page);
    const figures = page.getByRole('group', { name: /^内訳/ });
    const excel = await saved(page, figures.getByRole('button', { name: 'Excel' }));
    assert.match(excel.name, /^令和\d+年度_受講状況_部別_\d{4}-\d{2}-\d{2}時点\.xlsx$/);
    assert.equal(excel.bytes.subarray(0, 2).toString(), 'PK');
    await page.locator('#field-by').selectOption('tier');
    await ready(page);
    const csv = await saved(page, figures.getByRole('button', { name: 'CSV(UTF-8)' }));
    assert.match(csv.name, /階層別/);
    assert.ok(csv.bytes.toString().startsWith('\u{feff}年度,研修,時点,分け方,区分,受講義務,修了,未受講,修了率'));
    const people = page.getByRole('group', { name: /^対象者/ });
    assert.equal(await page.locator('[aria-labelledby="people"] .data-table').count(), 0, 'no names on the page');
    const names = await saved(page, people.getByRole('button', { name: 'CSV(CP932)' }));
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(names.bytes);
    assert.match(text, /^研修,時点,職員番号,氏名,/);
    assert.match(text, /見本/);
    await people.scrollIntoViewIfNeeded();
    await accessible(page);
    await screenshot(page, `completion-exports-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('a name that CP932 lacks is said where the file was asked for', async () => {
  const page = await openAs(browser, service, 'hr', {
    path: '/account',
    expect: ['the server responded with a status of 422'],
  });
  await obligations(page);
  service.sql(
    "UPDATE staff_spell SET name = '見本 𠮷田' WHERE staff = (SELECT id FROM staff WHERE number = '900003')",
  );
  await page.goto(`${service.url}/completion`);
  await ready(page);
  const people = page.locator('export-buttons[recorded]');
  await people.getByRole('button', { name: 'CSV(CP932)' }).click();
  await people.getByRole('alert').waitFor();
  assert.match(await people.getByRole('alert').textContent(), /𠮷 \(U\+20BB7\)/);
  await people.scrollIntoViewIfNeeded();
  await screenshot(page, 'completion-exports-refused');
  await saved(page, people.getByRole('button', { name: 'CSV(UTF-8)' }));
  assert.equal(await people.getByRole('alert').count(), 0);
  clean(page);
  await page.context().close();
});

for (const [language, screen] of some([
  ['ja', 'desktop'],
  ['en', 'phone'],
  ['easy', 'phone'],
])) {
  test(`HR makes the year's archive and its report, in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, language, path: '/account' });
    await obligations(page);
    await page.goto(`${service.url}/programmes`);
    await ready(page);
    const archive = page.locator('year-archive');
    await archive.locator('button').first().click();
    const made = archive.locator('.archive-made');
    await made.waitFor();
    await accessible(page);
    await made.scrollIntoViewIfNeeded();
    await screenshot(page, `archive-${language}-${screen}`);
    const file = await saved(page, made.locator('button').first());
    assert.match(file.name, /^令和\d+年度_悉皆研修の記録\(速報_\d{4}-\d{2}-\d{2}時点\)\.json$/);
    const digest = createHash('sha256').update(file.bytes).digest('hex');
    assert.equal(await made.locator('dd').first().textContent(), digest);
    // What was saved is what was signed: the program says so, without the service.
    const folder = mkdtempSync(join(tmpdir(), 'machiaruki-archive-'));
    const path = join(folder, 'archive.json');
    await writeFile(path, file.bytes);
    assert.match(service.program('archive', 'verify', path), /it is as it was signed/);
    rmSync(folder, { recursive: true });
    const report = await saved(page, made.locator('button').nth(1));
    assert.match(report.name, /\.pdf$/);
    assert.equal(report.bytes.subarray(0, 5).toString(), '%PDF-');
    clean(page);
    await page.context().close();
  });
}

test('a manager sees their own department, and no day by day', async () => {
  const page = await openAs(browser, service, 'manager', {
    path: '/account',
    expect: ['the server responded with a status of 422'],
  });
  await obligations(page);
  await page.goto(`${service.url}/completion`);
  await ready(page);
  if (someDay) {
    await page.locator('#field-as_of').fill(someDay);
    await page.locator('.field-error').waitFor();
  } else {
    console.log('skipped: the fiscal year has just begun');
  }
  await page.locator('#field-as_of').fill(`${YEAR}-04-30`);
  await ready(page);
  assert.equal(await page.locator('.field-error').count(), 0);
  clean(page);
  await page.context().close();
});

test('a manager puts those who are missing forward for an outing', async () => {
  const page = await openAs(browser, service, 'manager', { screen: 'phone', path: '/completion' });
  await page.getByRole('button', { name: '氏名を表示する' }).click();
  const forward = page.locator('put-forward');
  await forward.waitFor();
  const go = forward.getByRole('button', { name: /推薦する$/ });
  await go.click();
  await page.getByText('上の表で人を選んでください。').waitFor();
  const boxes = page.locator('#people ~ * input[type=checkbox], .data-table input[type=checkbox]');
  await page.getByRole('button', { name: '表示中の全員を選ぶ' }).click();
  assert.equal(await boxes.evaluateAll((all) => all.every(({ checked }) => checked)), true);
  await page.getByRole('button', { name: '選択をやめる' }).click();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await accessible(page);
  await forward.scrollIntoViewIfNeeded();
  await screenshot(page, 'completion-put-forward');
  await forward.getByRole('button', { name: '2人を推薦する' }).click();
  await page.locator('dialog').getByRole('button', { name: '2人を推薦する' }).click();
  await page.getByText('2人を推薦しました。').waitFor();
  assert.equal(await boxes.evaluateAll((all) => all.some(({ checked }) => checked)), false);
  // Whoever completed it is not put forward.
  await page.locator('#field-stands').selectOption('completed');
  assert.equal(await forward.count(), 0);
  clean(page);
  await page.context().close();
});

/** HR says where a department works, and takes it back. */
async function office(page, screen) {
  const list = page.locator('office-list');
  const rows = list.locator('tbody tr');
  await rows.first().waitFor();
  const before = await rows.count();
  await list.getByRole('button', { name: '勤務地を登録' }).click();
  const form = list.locator('form');
  await form.getByRole('button', { name: '登録する' }).click();
  assert.equal(await form.locator('.field-error').count(), 5, 'each field says that it is missing');
  await form.getByLabel('所属').selectOption({ index: 1 });
  await form.getByLabel('勤務地の名称').fill('【見本】高輪の事務所');
  await form.getByLabel('いつから').fill('2026-10-01');
  await form.getByLabel('緯度').fill('35.6355');
  await form.getByLabel('経度').fill('139.7345');
  await form.locator('.point-map .leaflet-marker-icon').waitFor();
  await accessible(page);
  await form.scrollIntoViewIfNeeded();
  await screenshot(page, `programmes-office-${screen}`);
  await form.getByRole('button', { name: '登録する' }).click();
  await page.getByText('登録しました。地区: 高輪地区').waitFor();
  const row = rows.filter({ hasText: '【見本】高輪の事務所' });
  await row.getByText('高輪地区').waitFor();
  await list.scrollIntoViewIfNeeded();
  await screenshot(page, `programmes-offices-${screen}`);
  await row.getByRole('button', { name: '取り消し' }).click();
  await page.locator('dialog').getByRole('button', { name: '取り消し' }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await rows.count(), before);
}

for (const screen of some(['phone', 'desktop'], 1)) {
  test(`HR plans, opens and ends a programme, and decides, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', {
      screen,
      path: '/programmes',
      expect: ['the server responded with a status of 422'],
    });
    await page.locator('.training-card').first().waitFor();
    await accessible(page);
    await screenshot(page, `programmes-${screen}`);
    await page.getByRole('button', { name: '研修プログラムを作る' }).click();
    const form = page.locator('programme-form');
    await form.getByLabel('コード').fill(`bousai-${screen}`);
    await form.getByRole('button', { name: '保存する' }).click();
    await form.locator('.field-error').first().waitFor();
    await form.getByLabel('名称(日本語)').fill('防災まち歩き(見本)');
    await form.getByLabel('そのうち勤務地と違う地区のコースの数').fill('1');
    await form.locator('summary').first().click();
    await form.locator('.training-options input').first().check();
    await accessible(page);
    await form.scrollIntoViewIfNeeded();
    await screenshot(page, `programmes-form-${screen}`);
    await form.getByRole('button', { name: '保存する' }).click();
    const card = page.locator('.training-card', { hasText: `bousai-${screen}` });
    await card.getByRole('button', { name: 'この年度を始める' }).click();
    await page.locator('dialog').getByRole('button', { name: 'この年度を始める' }).click();
    await card.getByText('実施中').waitFor();
    assert.equal(await card.getByRole('button', { name: '内容を変える' }).count(), 0, 'it is frozen');
    await card.getByRole('button', { name: '次の年度から実施しない' }).click();
    await card.getByText('次の年度からは実施しない').waitFor();
    await card.getByText('うち1コースは勤務地と違う地区のコース').waitFor();
    await office(page, screen);
    await page.getByRole('button', { name: '申請を表示する' }).click();
    const list = page.locator('exemption-list');
    await list.locator('tbody tr').first().waitFor();
    await list.locator('input').first().fill('承認します');
    await screenshot(page, `programmes-exemptions-${screen}`);
    await list.getByRole('button', { name: '認める', exact: true }).first().click();
    await list.locator('.badge-done').first().waitFor();
    await accessible(page);
    clean(page);
    await page.context().close();
  });
}
