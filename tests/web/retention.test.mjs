/** How long data is kept: seen by administrators, changed and erased by HR. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, some } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** The page as one of the demo's personas sees it. */
async function as(persona, options = {}) {
  const page = await open(browser, service, { path: '/sign-in', ...options });
  const answer = await page.evaluate(async (persona) => {
    const sent = await fetch('/api/demo/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ persona }),
    });
    return sent.status;
  }, persona);
  assert.ok(answer < 300, `${persona}: ${answer}`);
  await page.goto(`${service.url}/retention`);
  return page;
}

const row = (page, name) => page.locator(`tr[data-key="${name}"]`);

for (const screen of some(['desktop', 'phone'])) {
  test(`every class says in words how long it is kept (${screen})`, async () => {
    const page = await as('hr', { screen });
    await page.getByRole('heading', { level: 1, name: '保存期間' }).waitFor();
    await row(page, 'leavers').waitFor();
    const text = await row(page, 'leavers').innerText();
    assert.match(text, /退職者の名簿/);
    assert.match(text, /退職した日の次の4月1日から5年/);
    assert.equal(await page.locator('tr[data-key]').count(), 18);
    assert.match(await page.locator('main').innerText(), /消去の対象はありません/);
    await accessible(page);
    await screenshot(page, `retention-${screen}`);
    await row(page, 'leavers').getByRole('button').click();
    await page.getByRole('heading', { name: '「退職者の名簿」の保存期間' }).waitFor();
    await accessible(page);
    await screenshot(page, `retention-form-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('a longer period is saved; a shorter one asks first; what is wrong stands at its field', async () => {
  const page = await as('hr', { expect: ['400', '409', '422'] });
  await row(page, 'leavers').getByRole('button').click();
  await page.waitForFunction(() => document.activeElement?.id === 'period-form-title');
  await page.locator('#field-amount').fill('abc');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.locator('#field-reason-error').waitFor();
  await page.locator('#field-reason').fill('文書管理規程の改正');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.locator('#field-amount-error').waitFor();
  await page.locator('#field-amount').fill('10');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('保存期間を変えました。').waitFor();
  await page.waitForFunction(() =>
    document.querySelector('tr[data-key="leavers"]')?.textContent.includes('4月1日から10年'),
  );
  assert.match(await row(page, 'leavers').innerText(), /文書管理規程の改正/);
  // Focus is back where it came from.
  assert.ok(await page.evaluate(() => document.activeElement?.closest('tr')?.dataset.key === 'leavers'));

  await row(page, 'leavers').getByRole('button').click();
  await page.locator('#field-amount').fill('3');
  await page.locator('#field-reason').fill('やはり短く');
  await page.getByRole('button', { name: '保存する' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('期間が短くなり').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: 'やめる' }).or(dialog.locator('button[value="no"]')).first().click();
  await dialog.waitFor({ state: 'detached' });
  assert.match(await row(page, 'leavers').innerText(), /10年/);
  await page.getByRole('button', { name: '保存する' }).click();
  await dialog.getByRole('button', { name: '短くする' }).click();
  await page.waitForFunction(() =>
    document.querySelector('tr[data-key="leavers"]')?.textContent.includes('4月1日から3年'),
  );
  clean(page);
  await page.context().close();
});

test('what is due is named, and erased after a question', async () => {
  const database = service.database;
  execFileSync('python3', [
    '-c',
    `import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute("INSERT INTO staff (id, number, hired_on, left_on, version, created_at) VALUES ('019a9f6e-0000-7000-8000-000000000000', '990099', '2001-04-01', '2009-03-31', 1, 0)")
db.commit()`,
    database,
  ]);
  const page = await as('hr');
  await page.getByText('次の毎日の処理で消去します').waitFor();
  await screenshot(page, 'retention-due');
  await page.getByRole('button', { name: 'いま消去する' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('退職者の名簿 1件 を消去します').waitFor();
  await dialog.getByRole('button', { name: 'いま消去する' }).click();
  await page.getByText('消去しました: 退職者の名簿 1件').waitFor();
  await page.getByText('消去の対象はありません').waitFor();
  assert.match(await page.locator('main').innerText(), /担当者の操作/);
  await accessible(page);
  clean(page);
  await page.context().close();
});

test('administrators see the periods and change nothing; staff find no page', async () => {
  const admin = await as('admin');
  await row(admin, 'leavers').waitFor();
  assert.equal(await admin.getByRole('button', { name: /期間を変える/ }).count(), 0);
  await admin.context().close();
  const staff = await as('staff');
  await staff.getByText('このページは表示できません').waitFor();
  await staff.context().close();
});

test('in English and in plain Japanese', async () => {
  const page = await as('hr', { locale: 'en-GB' });
  await page.getByRole('heading', { level: 1, name: 'Retention' }).waitFor();
  await page.getByText('counted from the 1 April after: The day of leaving').waitFor();
  await page.evaluate(() => localStorage.setItem('machiaruki.language', 'easy'));
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'のこす きかん' }).waitFor();
  await page.getByText('やめた ひの つぎの 4がつ1にちから').first().waitFor();
  await accessible(page);
  clean(page);
  await page.context().close();
});
