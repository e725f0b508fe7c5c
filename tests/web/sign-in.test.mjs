/** Signing in and out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled, some } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { openAs, ready, signIn } from './support/signed-in.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const screen of some(['phone', 'desktop'])) {
  test(`${screen}: from a page to the sign-in and back, as a person of the demo, and out`, async () => {
    const page = await openAs(browser, service, null, { screen, path: '/people?x=1' });
    await page.waitForURL('**/sign-in?return_to=%2Fpeople%3Fx%3D1');
    await page.getByRole('button', { name: 'システム管理' }).waitFor();
    await screenshot(page, `${screen}-sign-in`);
    await accessible(page);
    await page.getByRole('button', { name: 'システム管理' }).click();
    await page.waitForURL('**/people?x=1');
    await page.getByRole('heading', { name: 'アカウントと役割', level: 1 }).waitFor();
    if (screen === 'phone') {
      const toggle = page.getByRole('button', { name: 'メニュー' });
      assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
      await toggle.click();
      await screenshot(page, 'phone-menu');
      await accessible(page);
      await page.keyboard.press('Escape');
      assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
      await toggle.click();
    }
    const menu = page.getByRole('navigation', { name: 'メニュー' });
    assert.equal(await menu.getByRole('link', { name: 'アカウントと役割' }).getAttribute('aria-current'), 'page');
    assert.equal(await menu.getByRole('link', { name: '職員名簿' }).count(), 0, 'the roster is not for administrators');
    await page.getByRole('button', { name: 'サインアウト' }).click();
    await page.waitForURL(`${service.url}/`);
    await page.getByRole('link', { name: 'サインイン' }).waitFor();
    clean(page);
  });

  test(`${screen}: what is missing or wrong is said where it is`, async () => {
    const page = await openAs(browser, service, null, { screen, path: '/sign-in', expect: ['401'] });
    await page.getByRole('button', { name: 'サインイン', exact: true }).click();
    const number = page.getByLabel('職員番号');
    assert.equal(await number.getAttribute('aria-invalid'), 'true');
    assert.ok(await number.evaluate((field) => field === document.activeElement), 'the first wrong field has the focus');
    await signIn(page, '900001', 'not the password');
    await page.getByRole('alert').getByText('職員番号かパスワードが違います').waitFor();
    assert.equal(await number.inputValue(), '900001', 'the number need not be typed again');
    await screenshot(page, `${screen}-sign-in-wrong`);
    await accessible(page);
    clean(page);
  });
}

test('a password can be looked at', async () => {
  const page = await openAs(browser, service, null, { path: '/sign-in' });
  const field = page.getByLabel('パスワード', { exact: true });
  await field.fill('こんにちは');
  assert.equal(await field.getAttribute('type'), 'password');
  await page.getByRole('button', { name: 'パスワードの文字を表示' }).click();
  assert.equal(await field.getAttribute('type'), 'text');
  clean(page);
});

test('too many tries: when to try again, and whom to ask', async () => {
  const page = await openAs(browser, service, null, { path: '/sign-in', expect: ['401', '429'] });
  for (let tries = 0; tries < 40; tries++) {
    const answer = await page.context().request.post(`${service.url}/api/sign-in`, {
      data: { login: '900009', password: `wrong ${tries}` },
    });
    if (answer.status() === 429) break;
  }
  await signIn(page, '900009', 'wrong again');
  await page.getByRole('alert').getByText(/約\d+分後まで受け付けません/).waitFor();
  clean(page);
});

test('another site cannot be returned to', async () => {
  const page = await openAs(browser, service, null, { path: '/sign-in?return_to=//evil.example/' });
  await page.getByRole('button', { name: '研修担当' }).click();
  await page.waitForURL(`${service.url}/`);
});

test('whoever may not see a page is told so', async () => {
  const page = await openAs(browser, service, 'staff', { path: '/people' });
  await page.getByText('このページは表示できません').waitFor();
  assert.equal(await page.getByRole('table').count(), 0);
  await accessible(page);
  clean(page);
});

test('the map leads to the sign-in, and back to where it was', async () => {
  const page = await open(browser, service, { path: '/#layers=routes' });
  await settled(page);
  await page.getByRole('link', { name: 'サインイン' }).click();
  await page.getByRole('button', { name: '人事担当' }).click();
  await page.waitForURL(({ pathname, hash }) => pathname === '/' && hash.includes('layers=routes'));
  await settled(page);
  await page.locator('summary', { hasText: '見本 ひとみ' }).click();
  await page.getByRole('link', { name: '職員名簿' }).waitFor();
  await screenshot(page, 'desktop-map-person');
  await accessible(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('link', { name: '職員名簿' }).isVisible(), false);
  clean(page);
});

test('the map works where it cannot be known who is signed in', async () => {
  const page = await open(browser, service, { path: '/healthz', expect: ['500', 'Failed to load'] });
  await page.route('**/api/session', (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.goto(service.url + '/');
  await settled(page);
  assert.equal(await page.getByRole('link', { name: 'サインイン' }).count(), 0);
  clean(page);
});

test('a page says that it cannot know who is signed in, and tries again', async () => {
  const page = await open(browser, service, { path: '/healthz', expect: ['503', 'Failed to load'] });
  let failing = true;
  await page.route('**/api/session', (route) => (failing ? route.fulfill({ status: 503, body: '' }) : route.fallback()));
  await page.goto(service.url + '/sign-in');
  await page.getByRole('alert').getByText('サインインの状態を確かめられませんでした').waitFor();
  failing = false;
  await page.getByRole('button', { name: 'もう一度試す' }).click();
  await page.getByLabel('職員番号').waitFor();
  await ready(page);
  clean(page);
});
