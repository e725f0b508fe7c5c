/** The registrar's page: what waits, the buildings and who lives in them, what hints at councils. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { asking, yes } from './support/outings.mjs';
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

async function look(page, name) {
  await ready(page);
  const text = await page.locator('main').innerText();
  assert.doesNotMatch(text, /\{\w+\}|undefined/, `${name}: no placeholder is left`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

const MANNERS = [
  ['ja', 'desktop'],
  ['en', 'phone'],
  ['easy', 'phone'],
];

for (const [index, view] of ['', '#housing', '#links', '#planning', '#import'].entries()) {
  for (const [language, screen] of some(MANNERS, index)) {
    test(`the register ${view} in ${language} on a ${screen}`, async () => {
      const page = await openAs(browser, service, 'registrar', { screen, path: `/housing${view}`, language });
      await look(page, `housing${view.replace('#', '-')}-${language}-${screen}`);
      clean(page);
      await page.context().close();
    });
  }
}

test('nobody but the registrar has a register', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/housing' });
  assert.equal(await page.locator('[data-task]').count(), 0);
  assert.equal(await page.getByText('【見本】なみの寮').count(), 0);
  clean(page);
  await page.context().close();
});

/** What waits, as the service has it. */
async function waiting() {
  const registrar = await asking(browser, service, 'registrar');
  const { tasks } = await registrar.ask('GET', '/api/housing/tasks');
  await registrar.close();
  return tasks;
}

test('one home is decided as suggested, and one left undecided with a reason', async () => {
  const page = await openAs(browser, service, 'registrar', { path: '/housing' });
  const before = await waiting();
  const suggested = before.find((task) => task.kind === 'assign' && task.suggestion.council_id);
  const card = (task) => page.locator(`[data-task="${task.residency_id}"]`);
  await card(suggested).getByRole('button', { name: /決める/ }).click();
  await card(suggested).waitFor({ state: 'detached' });
  const open = (await waiting()).find((task) => task.kind === 'assign');
  await card(open).locator('select').selectOption('undecided');
  await card(open).getByRole('button', { name: /決める/ }).click();
  // Without a reason nothing happens.
  await card(open).locator('.field-error').waitFor();
  await card(open).getByLabel('理由').fill('区域の境を確かめている');
  await card(open).getByRole('button', { name: /決める/ }).click();
  await page.waitForFunction(
    async (id) => {
      const { tasks } = await (await fetch('/api/housing/tasks')).json();
      return tasks.find((task) => task.residency_id === id)?.kind === 'undecided';
    },
    open.residency_id,
  );
  await look(page, 'housing-decided-ja-desktop');
  clean(page);
  await page.context().close();
});

test('many are decided at once, after seeing how many go where', async () => {
  const page = await openAs(browser, service, 'registrar', { screen: 'phone', path: '/housing' });
  const before = await waiting();
  const ticks = page.locator('[data-task] input[type="checkbox"]');
  const count = await ticks.count();
  assert.ok(count > 1, 'there are several suggestions');
  for (let index = 0; index < count; index++) await ticks.nth(index).check();
  await page.locator('.housing-bulk button.button-primary').click();
  await page.locator('dialog').waitFor();
  await screenshot(page, 'housing-bulk-phone');
  await yes(page);
  await page.waitForFunction(
    async (left) => {
      const { tasks } = await (await fetch('/api/housing/tasks')).json();
      return tasks.length === left;
    },
    before.length - count,
  );
  clean(page);
  await page.context().close();
});

test('somebody moves in, and their council waits to be decided', async () => {
  const page = await openAs(browser, service, 'registrar', { path: '/housing#housing' });
  await page.getByRole('link', { name: /もみじハイツ/ }).first().click();
  await page.getByRole('heading', { name: /もみじハイツ/ }).waitFor();
  await look(page, 'housing-building-ja-desktop');
  await page.getByRole('button', { name: /102.*入居を登録/ }).click();
  const form = page.locator('residency-form');
  await form.getByLabel('職員番号').fill('900001');
  await form.getByLabel('入居の日').fill('2026-11-01');
  await form.locator('button[type="submit"]').click();
  // Whom the number means is said, to be compared.
  await page.getByText('見本 あゆみ').first().waitFor();
  const task = (await waiting()).find((one) => one.staff_number === '900001');
  assert.equal(task.kind, 'assign');
  clean(page);
  await page.context().close();
});

test('a list is taken in after seeing what it changes, row by row', async () => {
  const page = await openAs(browser, service, 'registrar', { path: '/housing#import' });
  const [template] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '空の表(CSV)' }).click(),
  ]);
  assert.match(template.suggestedFilename(), /災害対策住宅.*\.csv$/);
  const bring = async (rows) => {
    const headings = '住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度';
    await page.locator('input[type="file"]').setInputFiles({
      name: '見本の一覧.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([headings, ...rows].join('\n')),
    });
    await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
    await page.locator('#preview-title').waitFor();
  };
  const rows = [
    '【見本】あらた寮,架空町9-9-9,101,900041,令和8年11月1日,,鍵は2本,139.75,35.66',
    '【見本】あらた寮,,102,,,,,,',
    '【見本】なみの寮,,104,900042,2026-12-01,2027-03-31,,,',
    '【見本】なみの寮,,203,999999,2026-12-01,,,,',
    '【見本】うつろ寮,,101,,,,,,',
  ];
  await bring(rows);
  const confirm = page.getByRole('button', { name: 'この内容で取り込む' });
  // Refused rows have to be accepted as such.
  assert.equal(await confirm.isDisabled(), true);
  const refused = await page.locator('import-preview .notice-warning li').allInnerTexts();
  assert.equal(refused.length, 2);
  assert.match(refused[0], /5行目.*なみの寮 203.*999999/s);
  assert.match(refused[1], /6行目.*経度/s);
  await look(page, 'housing-import-preview-ja-desktop');
  await page.locator('import-preview table').first().scrollIntoViewIfNeeded();
  await screenshot(page, 'housing-import-rows-ja-desktop');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'housing-import-preview-ja-phone');
  await page.getByLabel('取り込めない行を除いて').check();
  await confirm.click();
  await page.locator('dialog').waitFor();
  await yes(page);
  await page.getByText('取り込みました。').first().waitFor();
  const registrar = await asking(browser, service, 'registrar');
  const { housing } = await registrar.ask('GET', '/api/housing');
  await registrar.close();
  const added = housing.find(({ name }) => name === '【見本】あらた寮');
  assert.deepEqual([added.units, added.residents], [2, 1]);
  // The same again changes nothing.
  await bring(rows.slice(0, 3));
  await page.getByText('このファイルで変わることはありません。').waitFor();
  assert.equal(await confirm.isDisabled(), true);
  clean(page);
  await page.context().close();
});

test('somebody else was first, so the list has to be looked at again', async () => {
  const page = await openAs(browser, service, 'registrar', { path: '/housing#import', expect: ['409'] });
  await page.locator('input[type="file"]').setInputFiles({
    name: '見本の一覧.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('住宅名,部屋番号\n【見本】なみの寮,999\n'),
  });
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.locator('#preview-title').waitFor();
  const registrar = await asking(browser, service, 'registrar');
  const body = { name: '【見本】さきの寮', address: '架空町1-1-1', location: [139.75, 35.66] };
  await registrar.ask('POST', '/api/housing', body);
  await registrar.close();
  await page.getByRole('button', { name: 'この内容で取り込む' }).click();
  await yes(page);
  await page.getByText(/もう一度ファイルを選び/).first().waitFor();
  clean(page);
  await page.context().close();
});

test('councils without residents come first, and the figures are saved', async () => {
  const page = await openAs(browser, service, 'registrar', { path: '/housing#planning' });
  await page.locator('.housing-planning tbody tr').first().waitFor();
  await page.locator('.housing-map .symbol').first().waitFor();
  await page.locator('.housing-map').scrollIntoViewIfNeeded();
  await screenshot(page, 'housing-planning-map-ja-desktop');
  const councils = await page.locator('.housing-planning tbody tr').count();
  assert.equal(await page.locator('.housing-map .symbol').count(), councils - 1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('export-buttons [data-format="csv"]').click(),
  ]);
  assert.match(file.suggestedFilename(), /協議会別.*\.csv$/);
  clean(page);
  await page.context().close();
});
