/** Signing in by the ward's single sign-on, with a real provider, in a real browser. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch, open } from './support/browser.mjs';
import { startProvider } from './support/oidc-provider.mjs';
import { start } from './support/server.mjs';

/** One department and one member of staff, 見本. */
const ROSTER = `
  INSERT INTO department (id, code, created_at) VALUES ('019a9f6e-0000-7000-8000-000000000001', '見本課', 0);
  INSERT INTO department_spell (department, valid_from, name, rank)
    VALUES ('019a9f6e-0000-7000-8000-000000000001', '2020-04-01', '見本課', 0);
  INSERT INTO staff (id, number, hired_on, version, created_at)
    VALUES ('019a9f6e-0000-7000-8000-000000000002', '900101', '2020-04-01', 1, 0);
  INSERT INTO staff_spell (staff, valid_from, name, search, department, tier, grade, employment)
    VALUES ('019a9f6e-0000-7000-8000-000000000002', '2020-04-01', '見本 のぞみ', '見本 のぞみ 900101',
            '019a9f6e-0000-7000-8000-000000000001', 'general', '係員', 'regular');
`;
const PEOPLE = {
  nozomi: { name: 'のぞみ (provider)', employee_number: '900101' },
  stranger: { name: 'stranger', employee_number: '999999' },
  guest: { name: 'guest' },
};

let browser, provider, service;
before(async () => {
  browser = await launch();
  service = await start('serve', async (url) => {
    provider = await startProvider(url, PEOPLE);
    return ['--base-map-url', 'none', ...provider.options];
  });
  service.sql(ROSTER);
});
after(async () => {
  await browser?.close();
  await service?.stop();
  await provider?.stop();
});

/** Opens a page that may go to the provider. */
async function visitor() {
  const page = await open(browser, service, { path: '/healthz', expect: ['404', '401'] });
  await page.route(`${provider.url}/**`, (route) => route.continue());
  return page;
}

/** Goes to the provider by the button, and signs in there. */
async function signIn(page, name, returnTo = '/') {
  await page.goto(`${service.url}/sign-in?return_to=${encodeURIComponent(returnTo)}`);
  await page.getByRole('link', { name: /見本シングルサインオン/ }).click();
  await page.waitForURL(`${provider.url}/**`);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  // Consent, at the first time.
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${service.url}/**`);
}

/** Asks the service with the browser's cookies. */
async function ask(page, path, method = 'GET') {
  const answer = await page.context().request.fetch(service.url + path, { method });
  return { status: answer.status(), body: await answer.json() };
}

test('somebody of the roster signs in there, is known here, and signs out of both', async () => {
  const page = await visitor();
  assert.equal((await ask(page, '/api/session')).body.single_sign_on, '見本シングルサインオン');
  await signIn(page, 'nozomi', '/?from=sign-in');
  assert.equal(page.url(), `${service.url}/?from=sign-in`);
  const me = await ask(page, '/api/me');
  assert.equal(me.status, 200);
  assert.deepEqual([me.body.login, me.body.name], ['900101', '見本 のぞみ']);
  const cookies = await page.context().cookies(service.url);
  assert.deepEqual(
    cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })),
    [{ name: 'machiaruki', httpOnly: true, sameSite: 'Lax' }],
  );

  // Signed in there still: here again without a word.
  await page.context().clearCookies({ name: 'machiaruki' });
  assert.equal((await ask(page, '/api/me')).status, 401);
  await page.goto(`${service.url}/auth/oidc/start`);
  assert.equal(page.url(), `${service.url}/`);
  assert.equal((await ask(page, '/api/me')).status, 200);

  const out = await ask(page, '/api/sign-out', 'POST');
  assert.equal(out.status, 200);
  assert.ok(out.body.continue_at.startsWith(`${provider.url}/session/end?`), out.body.continue_at);
  assert.equal((await ask(page, '/api/me')).status, 401);
  await page.goto(out.body.continue_at);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.waitForURL(`${service.url}/sign-in`);
  await page.goto(`${service.url}/auth/oidc/start`);
  await page.locator('input[name=login]').waitFor();
  assert.ok(page.url().startsWith(provider.url), 'signed out there too');
});

for (const [name, problem, words] of [
  ['stranger', 'unknown_person', 'あなたの職員番号は職員名簿にありません。'],
  ['guest', 'no_number', 'シングルサインオンから職員番号が届きませんでした。'],
]) {
  test(`${name} of the provider is told why they are not let in`, async () => {
    const page = await visitor();
    await signIn(page, name);
    assert.equal(page.url(), `${service.url}/sign-in?problem=${problem}`);
    assert.match(await page.getByRole('alert').innerText(), new RegExp(words));
    await accessible(page);
    assert.equal((await ask(page, '/api/me')).status, 401);
    const cookies = await page.context().cookies(service.url);
    assert.deepEqual(cookies.map(({ name }) => name), ['machiaruki-sign-on']);
  });
}

test('whoever declines there is told so here', async () => {
  const page = await visitor();
  await page.goto(`${service.url}/auth/oidc/start?return_to=%2F%3Fx%3D1`);
  await page.getByRole('link', { name: /Cancel/ }).click();
  await page.waitForURL(`${service.url}/sign-in?problem=denied&return_to=%2F%3Fx%3D1`);
  assert.match(await page.getByRole('alert').innerText(), /もう一度サインインしてください/);
});
