/** Pages as somebody of the demo sees them. */
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

/** Opens a page as one of the demo's people, or as nobody. */
export async function openAs(browser, service, persona, { path = '/', language, ...options } = {}) {
  const page = await open(browser, service, { ...options, path: '/healthz' });
  if (persona) {
    const answer = await page
      .context()
      .request.post(`${service.url}/api/demo/sign-in`, { data: { persona } });
    assert.equal(answer.status(), 204);
  }
  if (language) {
    await page.addInitScript((value) => localStorage.setItem('machiaruki.language', value), language);
  }
  await page.goto(service.url + path);
  await ready(page);
  return page;
}

/** Waits until everything of a page has been loaded. */
export async function ready(page) {
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelectorAll('.loading').length === 0);
}

/** Signs in with number and password on the page that is open. */
export async function signIn(page, login, password) {
  await page.getByLabel('職員番号').fill(login);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'サインイン', exact: true }).click();
}
