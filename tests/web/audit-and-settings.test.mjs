/** The audit log and the settings, as administrators use them. */
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

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: what somebody did is found in the log`, async () => {
    await (await openAs(browser, service, 'hr', { path: '/people' })).context().close();
    const page = await openAs(browser, service, 'admin', { screen, path: '/audit' });
    const log = page.getByRole('table', { name: '記録' });
    await page.getByLabel('したこと').selectOption('read_accounts');
    await page.getByLabel('した人(職員番号)').fill('900005');
    await page.getByRole('button', { name: '探す' }).click();
    await page.waitForURL('**/audit?action=read_accounts&actor=900005');
    await ready(page);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('audit-page tbody th')].every(({ textContent }) => /アカウントの閲覧/.test(textContent)),
    );
    assert.match(await log.innerText(), /900005 \(人事担当、承認者\)/);
    await log.getByText('くわしく', { exact: true }).last().click();
    await screenshot(page, `${screen}-audit`);
    await accessible(page);
    // The search can be kept as a link.
    await page.reload();
    await log.waitFor();
    assert.equal(await page.getByLabel('した人(職員番号)').inputValue(), '900005');
    await page.getByLabel('した人(職員番号)').fill('999999');
    await page.getByRole('button', { name: '探す' }).click();
    await page.getByText('条件に合う記録がありません').waitFor();
    clean(page);
  });
}

test('the log is read on, page by page', async () => {
  const page = await openAs(browser, service, 'admin', { path: '/healthz' }).catch(() => null);
  await page?.context().close();
  const admin = await openAs(browser, service, 'admin', { path: '/account' });
  for (let entry = 0; entry < 60; entry++) {
    await admin.context().request.get(`${service.url}/api/audit?actor=900008`);
  }
  await admin.goto(`${service.url}/audit`);
  await ready(admin);
  assert.equal(await admin.locator('audit-page tbody tr').count(), 50);
  await admin.getByRole('button', { name: 'さらに表示' }).click();
  await admin.waitForFunction(() => document.querySelectorAll('audit-page tbody tr').length > 50);
  const keys = await admin.locator('audit-page tbody tr').evaluateAll((rows) => rows.map(({ dataset }) => dataset.key));
  assert.equal(new Set(keys).size, keys.length, 'no entry twice');
  clean(admin);
});

test('settings are changed, and not over somebody else', async () => {
  const page = await openAs(browser, service, 'admin', { path: '/settings', expect: ['400', '412', '422'] });
  const days = page.getByLabel('有効化リンクの期限(日)');
  const save = page.getByRole('button', { name: '保存' });
  await days.fill('99');
  await save.click();
  await page.waitForFunction(() => document.activeElement?.id === 'field-activation_days');
  assert.equal(await days.getAttribute('aria-invalid'), 'true');
  await screenshot(page, 'desktop-settings-wrong');
  await accessible(page);
  await days.fill('3');
  await page.getByLabel('日本語', { exact: true }).fill('情報課(見本) 内線 0000');
  await save.click();
  await page.getByText('設定を保存しました').waitFor();
  const other = await openAs(browser, service, 'admin', { path: '/settings' });
  await other.getByLabel('有効化リンクの期限(日)').fill('5');
  await other.getByRole('button', { name: '保存' }).click();
  await other.getByText('設定を保存しました').waitFor();
  await days.fill('4');
  await save.click();
  await page.getByText('ほかの管理者が先に設定を変えました').waitFor();
  await page.getByRole('button', { name: 'いまの設定を読み込む' }).click();
  await page.waitForFunction(() => document.querySelector('#field-activation_days')?.value === '5');
  const asked = await openAs(browser, service, null, { path: '/sign-in' });
  await asked.getByText('問い合わせ先: 情報課(見本) 内線 0000').waitFor();
  clean(page);
});
