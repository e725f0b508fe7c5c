/** An account from its activation to its owner's own page. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { openAs, ready, signIn } from './support/signed-in.mjs';

const PASSWORD = '坂の途中のパン屋さん';
const LONGER = '坂の途中のパン屋さんは月曜休み';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Somebody on the roster gets an account and a link from an administrator. */
async function invite(screen) {
  const page = await openAs(browser, service, 'admin', { screen, path: '/people' });
  await page.getByLabel('職員番号', { exact: true }).fill('900009');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await page.getByRole('heading', { name: 'アカウント 900009' }).waitFor();
  await page.getByRole('button', { name: '有効化リンクを作る' }).click();
  await page.getByRole('dialog').getByText('二度と表示できません').waitFor();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: '作る' }).click();
  await page.getByRole('img', { name: '有効化リンクのQRコード(900009)' }).waitFor();
  const drawn = await page.locator('.slip-code').evaluate(async (image) => {
    await image.decode();
    return image.naturalWidth;
  });
  assert.ok(drawn > 100, 'the code is drawn');
  await screenshot(page, `${screen}-slip`);
  await accessible(page);
  const url = await page.locator('.slip-url').innerText();
  clean(page);
  await page.context().close();
  return new URL(url);
}

test('from the slip to the own page: activation, sessions, password', async () => {
  const link = await invite('phone');
  const phone = await openAs(browser, service, null, {
    screen: 'phone',
    path: link.pathname + link.hash,
    expect: ['400', '404', '422'],
  });
  await phone.getByText('900009').waitFor();
  assert.equal(new URL(phone.url()).hash, '', 'the secret is not left in the address bar');
  await screenshot(phone, 'phone-activate');
  await accessible(phone);
  const [first, again] = [
    phone.getByLabel('新しいパスワード', { exact: true }),
    phone.getByLabel('新しいパスワード(もう一度)', { exact: true }),
  ];
  const submit = phone.getByRole('button', { name: 'パスワードを決めて始める' });
  await first.fill('短い');
  await again.fill('違う');
  await submit.click();
  await phone.getByText('あと10文字以上必要です').waitFor();
  await phone.getByText('上の欄と同じではありません').waitFor();
  await accessible(phone);
  // What only the service knows is said at the field, too.
  await first.fill('900009900009x');
  await again.fill('900009900009x');
  await submit.click();
  await phone.getByText('パスワードに職員番号を入れないでください').waitFor();
  await first.fill(PASSWORD + 'です');
  await again.fill(PASSWORD + 'です');
  await submit.click();
  await phone.waitForURL(({ pathname }) => pathname === '/account');
  await ready(phone);
  await phone.locator('main').getByText('見本 あおい').waitFor();
  await phone.getByText('協働推進課(見本)').waitFor();

  const used = await openAs(browser, service, null, { path: link.pathname + link.hash, expect: ['404'] });
  await used.getByText('このリンクは使用済みか、期限が切れています').waitFor();
  await used.context().close();

  // A second device, which the first one sees and ends.
  const desk = await openAs(browser, service, null, { path: '/sign-in?return_to=/account' });
  await signIn(desk, '900009', PASSWORD + 'です');
  await desk.waitForURL(({ pathname }) => pathname === '/account');
  await phone.reload();
  await ready(phone);
  const sessions = phone.getByRole('table', { name: 'サインイン中の端末' });
  await sessions.getByRole('row').nth(2).waitFor();
  assert.equal(await sessions.getByRole('row').count(), 3);
  await screenshot(phone, 'phone-account');
  await sessions.getByRole('button', { name: /^終了する/ }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'やめる' }).click();
  assert.equal(await sessions.getByRole('row').count(), 3, 'nothing happens without a yes');
  await sessions.getByRole('button', { name: /^終了する/ }).click();
  await phone.getByRole('dialog').getByRole('button', { name: '終了する' }).click();
  await phone.getByText('終了しました').waitFor();
  await phone.waitForFunction(() => document.querySelectorAll('my-sessions tbody tr').length === 1);
  await desk.reload();
  await desk.waitForURL('**/sign-in?return_to=%2Faccount');

  await phone.getByLabel('いまのパスワード', { exact: true }).fill('wrong');
  await first.fill(LONGER);
  await again.fill(LONGER);
  await phone.getByRole('button', { name: 'パスワードを変更' }).click();
  await phone.getByText('いまのパスワードが違います').waitFor();
  await accessible(phone);
  await phone.getByLabel('いまのパスワード', { exact: true }).fill(PASSWORD + 'です');
  await phone.getByRole('button', { name: 'パスワードを変更' }).click();
  await phone.getByText('パスワードを変更しました').waitFor();
  await signIn(desk, '900009', LONGER);
  await desk.waitForURL(({ pathname }) => pathname === '/account');
  clean(phone);
});

test('the language is kept for new devices', async () => {
  const page = await openAs(browser, service, 'trainer', { path: '/account' });
  await page.getByLabel('新しい端末で最初に使う言語').selectOption('en');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
  await page.getByText('The language is saved').waitFor();
  await accessible(page);
  const other = await openAs(browser, service, null, { path: '/sign-in?return_to=/account' });
  await other.getByRole('button', { name: '研修担当' }).click();
  await other.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
  await other.getByLabel('Language on a new device').selectOption('');
  await other.getByRole('button', { name: 'Save' }).click();
  await other.getByRole('heading', { name: '自分のアカウント', level: 1 }).waitFor();
  clean(page);
});

test('whoever was looked at sees by whom', async () => {
  const before = await openAs(browser, service, 'resident', { path: '/account' });
  assert.doesNotMatch(await before.locator('my-views').innerText(), /見本 ひとみ/);
  await (await openAs(browser, service, 'hr', { path: '/people' })).context().close();
  await before.reload();
  const views = before.getByRole('table', { name: '自分の情報を見た人' });
  await views.getByRole('rowheader', { name: 'アカウントの閲覧' }).first().waitFor();
  assert.match(await views.innerText(), /見本 ひとみ · \S+\(見本\)/);
  await screenshot(before, 'desktop-account');
  await accessible(before);
  clean(before);
});

test('what is not a link says what to do', async () => {
  const page = await openAs(browser, service, null, { path: '/activate' });
  await page.getByText('管理担当から受け取ったリンクかQRコードで開いてください').waitFor();
  await accessible(page);
  clean(page);
});
