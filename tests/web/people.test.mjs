/** Accounts and roles: found, asked for, approved by another, ended, disabled. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
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

const accounts = (page) => page.getByRole('table', { name: 'アカウント' });
const grants = (page) => page.getByRole('table', { name: '役割の申請と付与' });
const yes = (page, name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: administrators find accounts by number and see no names`, async () => {
    const page = await openAs(browser, service, 'admin', { screen, path: '/people' });
    // Of the demo's personas, and of whoever was with one of its outings.
    assert.equal(await accounts(page).getByRole('row').count(), 34);
    assert.doesNotMatch(await page.locator('main').innerText(), /見本 \p{Script=Hiragana}/u);
    await screenshot(page, `${screen}-people`);
    await accessible(page);
    await page.getByLabel('職員番号(はじめの数字)').fill('900007');
    await page.getByRole('button', { name: '探す' }).click();
    await page.waitForFunction(() => document.querySelectorAll('account-list tbody tr').length === 1);
    await accounts(page).getByRole('link', { name: '900007' }).click();
    await page.getByRole('heading', { name: 'アカウント 900007' }).waitFor();
    await page.getByRole('rowheader', { name: '地図編集' }).waitFor();
    await screenshot(page, `${screen}-person`);
    await accessible(page);
    await page.goBack();
    await accounts(page).waitFor();
    assert.equal(await accounts(page).getByRole('row').count(), 2, 'the search is still there');
    assert.ok(
      await page.evaluate(() => document.activeElement?.textContent === '900007'),
      'the focus is back where it was',
    );
    clean(page);
  });
}

test('a sensitive role is asked for by one and approved by another', async () => {
  const admin = await openAs(browser, service, 'admin', { path: '/people' });
  await accounts(admin).getByRole('link', { name: '900003' }).click();
  await admin.getByRole('heading', { name: '役割を申請する' }).waitFor();
  await admin.getByRole('button', { name: '申請する' }).click();
  assert.equal(await admin.locator('request-role [aria-invalid="true"]').count(), 2);
  await admin.locator('#field-role').selectOption('hr');
  await admin.getByText('別の承認者が承認すると有効になります').waitFor();
  await admin.getByLabel('理由', { exact: true }).fill('人事課へ応援に入るため(見本)');
  await admin.getByRole('button', { name: '申請する' }).click();
  await admin.getByText('別の承認者の承認を待っています').waitFor();
  await admin.getByRole('table', { name: '役割' }).getByText('別の承認者が決めます').waitFor();
  assert.equal(await admin.getByRole('button', { name: /^承認/ }).count(), 0, 'nobody approves their own');
  await admin.getByRole('button', { name: '取り下げ: 人事担当(900003)' }).waitFor();
  await screenshot(admin, 'desktop-requested');
  await accessible(admin);

  const hr = await openAs(browser, service, 'hr', { screen: 'phone', path: '/people' });
  await grants(hr).getByText('人事課へ応援に入るため(見本)').waitFor();
  await screenshot(hr, 'phone-waiting');
  await accessible(hr);
  await hr.getByRole('button', { name: '承認: 人事担当(900003)' }).click();
  await hr.getByRole('dialog').getByText('人事課へ応援に入るため(見本)').waitFor();
  await screenshot(hr, 'phone-approve');
  await accessible(hr);
  await yes(hr, '承認');
  await hr.getByText('承認しました').waitFor();
  await hr.getByText('承認を待っている申請はありません').waitFor();
  await hr.getByLabel('表示する役割').selectOption('active');
  await grants(hr).getByText('900005(', { exact: false }).waitFor();

  // What was dealt with elsewhere meanwhile is said, and the list shows it.
  await hr.getByRole('button', { name: '終了: 人事担当(900003)' }).click();
  const own = await admin.context().request.get(`${service.url}/api/grants?state=active`);
  const { id } = (await own.json()).grants.find(({ login, role }) => login === '900003' && role === 'hr');
  assert.equal((await admin.context().request.post(`${service.url}/api/grants/${id}/end`)).status(), 204);
  hr.problems.length = 0;
  await yes(hr, '終了');
  await hr.getByText('この申請はすでに処理されています').waitFor();
  await hr.getByRole('button', { name: '終了: 人事担当(900003)' }).waitFor({ state: 'detached' });
  clean(admin);
});

test('an account is disabled and enabled again', async () => {
  const page = await openAs(browser, service, 'admin', { path: '/people' });
  await accounts(page).getByRole('link', { name: '900001' }).click();
  await page.getByRole('button', { name: 'アカウントを停止' }).click();
  await page.getByRole('dialog').getByText('すぐにサインアウトします').waitFor();
  await yes(page, 'アカウントを停止');
  await page.getByText('停止しました').waitFor();
  await page.getByText('停止中', { exact: true }).first().waitFor();
  assert.equal(await page.getByRole('button', { name: '有効化リンクを作る' }).count(), 0);
  await page.getByRole('button', { name: 'アカウントを再開' }).click();
  await yes(page, 'アカウントを再開');
  await page.getByText('再開しました').waitFor();
  clean(page);
});

test('several slips are made at once and printed on sheets of A4', async () => {
  const page = await openAs(browser, service, 'admin', { path: '/people' });
  for (const login of ['900001', '900002', '900003', '900004', '900006']) {
    await page.getByRole('checkbox', { name: `選ぶ: ${login}` }).check();
  }
  await page.getByText('5人を選択中').waitFor();
  await page.getByRole('button', { name: '選んだ人の有効化リンクを作る' }).click();
  await yes(page, '作る');
  await page.getByRole('heading', { name: '有効化の案内' }).waitFor();
  assert.equal(await page.locator('.slip').count(), 5);
  await accessible(page);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1047 });
  for (const part of ['app-header', '.people-lists', '.slips .button']) {
    assert.equal(await page.locator(part).first().isVisible(), false, `${part} is not printed`);
  }
  const heights = await page.locator('.slip').evaluateAll((slips) => slips.map(({ offsetHeight }) => offsetHeight));
  assert.ok(heights.every((height) => height * 4 <= 1047), 'four fit on a sheet');
  await screenshot(page, 'printed-slips');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: /^閉じる/ }).click();
  assert.equal(await page.locator('.slip').count(), 0);
  clean(page);
});

test('an account for somebody who is not on the roster is refused at the field', async () => {
  const page = await openAs(browser, service, 'admin', { path: '/people', expect: ['400', '409', '422'] });
  const number = page.getByLabel('職員番号', { exact: true });
  await number.fill('123456');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await page.getByText('この職員番号は名簿にありません').waitFor();
  assert.equal(await number.getAttribute('aria-invalid'), 'true');
  await number.fill('900001');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await page.getByText('この職員のアカウントはすでにあります').waitFor();
  clean(page);
});

test('a manager sees the accounts and roles of the own department alone', async () => {
  const page = await openAs(browser, service, 'manager', { path: '/people' });
  await page.getByLabel('表示する役割').selectOption('active');
  await ready(page);
  await accounts(page).getByText('900001').first().waitFor();
  assert.equal(await accounts(page).getByText('900005').count(), 0, 'somebody of another department');
  await screenshot(page, 'desktop-manager');
  await accessible(page);
  clean(page);
});
