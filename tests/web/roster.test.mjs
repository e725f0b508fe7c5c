/** The roster: found, looked at, imported with a preview. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { openAs, ready } from './support/signed-in.mjs';

const ROSTER = readFileSync(join(import.meta.dirname, '../../geodata/roster.sample.csv'), 'utf8');

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const staff = (page) => page.getByRole('table', { name: '職員の一覧' });
const yes = (page, name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: somebody is found and their history looked at`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/roster' });
    await page.getByText('60人が見つかりました。').waitFor();
    await screenshot(page, `${screen}-roster`);
    await accessible(page);
    await page.getByRole('button', { name: 'さらに表示' }).or(page.locator('.button-wide')).first().click();
    await page.waitForFunction(() => document.querySelectorAll('staff-list tbody tr').length === 60);
    await page.getByLabel('氏名・フリガナ・職員番号').fill('ミホン マナブ');
    await page.getByRole('button', { name: 'さがす', exact: true }).click();
    await page.getByText('1人が見つかりました。').waitFor();
    await staff(page).getByRole('link', { name: '見本 まなぶ' }).click();
    await page.getByRole('heading', { name: '見本 まなぶ' }).waitFor();
    await page.getByText('2025年4月1日から2026年3月31日まで').waitFor();
    await screenshot(page, `${screen}-roster-person`);
    await accessible(page);
    // A change needs a reason.
    await page.getByRole('button', { name: '変更を保存' }).click();
    assert.equal(await page.locator('staff-detail [aria-invalid="true"]').count(), 1);
    clean(page);
    await page.context().close();
  });
}

test('an edit by hand is kept with its reason', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/roster' });
  await staff(page).getByRole('link', { name: '見本 あおい' }).click();
  await page.getByLabel('職級').first().waitFor();
  await page.locator('#field-grade').selectOption('主任');
  await page.locator('#field-reason').fill('昇任(見本)');
  await page.getByRole('button', { name: '変更を保存' }).click();
  await page.getByText('変更を保存しました。').waitFor();
  await page.getByRole('link', { name: '変更の記録' }).click();
  await page.getByText('昇任(見本)').waitFor();
  await screenshot(page, 'desktop-roster-changes');
  await accessible(page);
  clean(page);
});

test('a file is looked at before it is imported', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/roster#import' });
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByText('ファイルを選んでください。').waitFor();
  const file = ROSTER.split('\n')
    .filter((line) => !line.startsWith('900060,'))
    .join('\n')
    .replace(',課長,', ',課町,')
    .replace('9003,総務部(見本),防災課(見本),,主任', '9001,総務部(見本),人事課(見本),,主任');
  const buffer = Buffer.from(file, 'utf8');
  await page.setInputFiles('#field-file', { name: '名簿.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByRole('heading', { name: '取り込むと変わること' }).waitFor();
  await page.getByText('職級「課町」').waitFor();
  await page.getByText('異動 (1)').click();
  await page.getByRole('table', { name: '異動' }).getByText('所属: 人事課(見本)').waitFor();
  await screenshot(page, 'desktop-roster-preview');
  await accessible(page);
  const confirm = page.getByRole('button', { name: 'この内容で取り込む' });
  assert.ok(await confirm.isDisabled(), 'refused rows have to be agreed to');
  await page.getByLabel('取り込めない行を除いて').check();
  await confirm.click();
  await screenshot(page, 'desktop-roster-confirm');
  await yes(page, 'この内容で取り込む');
  await page.getByText('名簿を取り込みました。').waitFor();
  await page.getByRole('link', { name: '変更の記録' }).click();
  await page.getByText('ファイルの取り込み: 名簿.csv').waitFor();
  clean(page);
});

test('grades are mapped to tiers, and managers see their own people alone', async () => {
  const page = await openAs(browser, service, 'hr', { screen: 'phone', path: '/roster#tiers' });
  const grades = page.locator('#field-manager-grades');
  await grades.fill(`${await grades.inputValue()}、担当課長`);
  await page.getByRole('button', { name: '階層を保存' }).click();
  await page.getByText('階層を保存しました。').waitFor();
  await screenshot(page, 'phone-roster-tiers');
  await accessible(page);
  clean(page);
  const manager = await openAs(browser, service, 'manager', { path: '/roster' });
  await ready(manager);
  await staff(manager).getByRole('link', { name: '見本 あゆみ' }).click();
  await manager.getByRole('heading', { name: '見本 あゆみ' }).waitFor();
  assert.equal(await manager.getByRole('heading', { name: '内容を変更する' }).count(), 0);
  assert.doesNotMatch(await manager.locator('main').innerText(), /example\.jp|採用/);
  await accessible(manager);
  clean(manager);
});
