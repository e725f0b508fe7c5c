/** The roster between two files: somebody comes, is away, leaves; each with a reason, most of it with a way back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
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

const yes = (page, name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const button = (page, name) => page.getByRole('button', { name, exact: true });
const refused = { expect: ['409', '422'] };

/** The page of whoever is found by name or number, and what they are called. */
async function person(page, q) {
  await page.getByLabel('氏名・フリガナ・職員番号').fill(q);
  await button(page, 'さがす').click();
  await page.getByText('1人が見つかりました。', { exact: true }).waitFor();
  const link = page.getByRole('table', { name: '職員の一覧' }).getByRole('link');
  const name = await link.innerText();
  await link.click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  await ready(page);
}

for (const [screen, number] of [
  ['phone', '900801'],
  ['desktop', '900802'],
]) {
  test(`${screen}: somebody is added by hand`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/roster', ...refused });
    await page.getByRole('link', { name: '職員を加える' }).click();
    await button(page, '名簿に加える').click();
    assert.equal(await page.locator('staff-add [aria-invalid="true"]').count(), 5);
    await screenshot(page, `${screen}-roster-add-missing`);
    await accessible(page);
    await page.getByLabel('職員番号').fill('900001');
    await page.getByLabel('氏名').fill('見本 あらた');
    await page.getByLabel('フリガナ').fill('ミホン アラタ');
    await page.getByLabel('所属').selectOption({ index: 2 });
    await page.getByLabel('職級').selectOption('係員');
    await page.getByLabel('変更の理由').fill('年度途中の採用(見本)');
    await button(page, '名簿に加える').click();
    await yes(page, '名簿に加える');
    // The number is somebody else's, and the page says what to do.
    await page.getByRole('alert').getByText('この職員番号の人は').waitFor();
    await page.getByLabel('職員番号').fill(number);
    await button(page, '名簿に加える').click();
    await screenshot(page, `${screen}-roster-add-ask`);
    await yes(page, '名簿に加える');
    await page.getByRole('heading', { name: '見本 あらた' }).waitFor();
    await page.getByText('休職・派遣の記録はありません。').waitFor();
    await page.getByRole('link', { name: '変更の記録' }).click();
    await page.getByText('年度途中の採用(見本)').first().waitFor();
    clean(page);
    await page.context().close();
  });

  test(`${screen}: a leave is added, ended and taken back`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/roster', ...refused });
    await person(page, screen === 'phone' ? '見本 あおい' : '見本 まなぶ');
    await button(page, '休職・派遣を加える').click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field-kind_0');
    await page.getByLabel('種類').selectOption('secondment');
    await page.getByLabel('最初の日').fill('2026-10-01');
    await page.getByLabel('最後の日').fill('2026-09-01');
    await button(page, '休職・派遣を保存').click();
    await page.getByText('最初の日より前です。').waitFor();
    assert.equal(await page.locator('staff-absences [aria-invalid="true"]').count(), 2);
    await screenshot(page, `${screen}-roster-absence-wrong`);
    await accessible(page);
    await page.getByLabel('最後の日').fill('');
    await page.locator('#field-absence_reason').fill('派遣(見本)');
    await button(page, '休職・派遣を保存').click();
    await page.getByText('変更を保存しました。').waitFor();
    await page.getByText('派遣・出向: 2026年10月1日から').waitFor();
    await screenshot(page, `${screen}-roster-absence-saved`);
    await accessible(page);
    // It ends.
    await page.getByLabel('最後の日').fill('2026-11-10');
    await page.locator('#field-absence_reason').fill('復帰(見本)');
    await button(page, '休職・派遣を保存').click();
    await page.getByText('派遣・出向: 2026年10月1日から2026年11月10日まで').waitFor();
    // It does not, after all.
    await button(page, '元に戻す').click();
    await page.getByText('元に戻しました。').waitFor();
    await page.getByText('派遣・出向: 2026年10月1日から', { exact: false }).waitFor();
    assert.equal(await page.getByLabel('最後の日').inputValue(), '');
    // It never was.
    await button(page, '1件目を消す').click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'absences');
    await page.locator('#field-absence_reason').fill('登録の誤り(見本)');
    await button(page, '休職・派遣を保存').click();
    await page.getByText('休職・派遣の記録はありません。').waitFor();
    clean(page);
    await page.context().close();
  });

  test(`${screen}: somebody leaves, and stays after all`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/roster', ...refused });
    await person(page, screen === 'phone' ? '900034' : '900035');
    await button(page, '退職にする').click();
    assert.equal(await page.locator('staff-leaving [aria-invalid="true"]').count(), 2);
    await page.getByLabel('最終在籍日').fill('2026-10-31');
    await page.locator('#field-leaving_reason').fill('自己都合(見本)');
    await button(page, '退職にする').click();
    await screenshot(page, `${screen}-roster-leave-ask`);
    await accessible(page);
    await yes(page, '退職にする');
    await page.getByText('2026年10月31日が最終在籍日です。').waitFor();
    await page.getByText('退職した人です。').waitFor();
    await screenshot(page, `${screen}-roster-left`);
    await accessible(page);
    await button(page, '元に戻す').click();
    await page.getByText('元に戻しました。').waitFor();
    await page.getByRole('heading', { name: '内容を変更する' }).waitFor();
    // Planned ahead, and put off for good.
    await page.getByLabel('最終在籍日').fill('2090-03-31');
    await page.locator('#field-leaving_reason').fill('任期満了(見本)');
    await button(page, '退職にする').click();
    await yes(page, '退職にする');
    await page.getByText('2090年3月31日が最終在籍日です。').waitFor();
    await page.locator('#field-leaving_reason').fill('更新(見本)');
    await button(page, '退職を取り消す').click();
    await yes(page, '退職を取り消す');
    await page.getByText('最終在籍日を入れると').waitFor();
    clean(page);
    await page.context().close();
  });
}

test('an edit by hand is taken back, choices included', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/roster' });
  await person(page, '900032');
  const before = await page.locator('#field-grade').inputValue();
  await page.locator('#field-grade').selectOption('部長');
  await page.locator('#field-reason').fill('取り違え(見本)');
  await button(page, '変更を保存').click();
  await page.getByText('変更を保存しました。').waitFor();
  await button(page, '元に戻す').click();
  await page.getByText('元に戻しました。').waitFor();
  assert.equal(await page.locator('#field-grade').inputValue(), before);
  await page.getByRole('link', { name: '変更の記録' }).click();
  await page.getByText('取り消し: 取り違え(見本)').waitFor();
  clean(page);
});

test('tiers have names in every language, and what is wrong is said at the field', async () => {
  const page = await openAs(browser, service, 'hr', { path: '/roster#tiers', language: 'en', ...refused });
  const english = page.locator('#field-manager-name-en');
  await english.fill('');
  await button(page, 'Save the tiers').click();
  await page.getByText('Please give a name.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-manager-name-en');
  await screenshot(page, 'desktop-roster-tiers-wrong');
  await accessible(page);
  await english.fill('Section chiefs');
  await button(page, 'Save the tiers').click();
  await page.getByText('The tiers are saved.').waitFor();
  await page.getByRole('group', { name: 'Section chiefs' }).waitFor();
  clean(page);
});
