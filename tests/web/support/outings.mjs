/** Guided outings as tests plan and join them. */
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { openAs } from './signed-in.mjs';

/** Errors that a page without a network, or without a session, writes to the console. */
const EXPECTED = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to fetch', '401', '404', '422'];

/** A page of outings as one of the demo's people, or nobody, sees it. */
export const page = (browser, service, persona, options = {}) =>
  openAs(browser, service, persona, { screen: 'phone', path: '/outings', expect: EXPECTED, ...options });

/** A page that is open already, as whoever has a link sees it. */
export const linked = (browser, service, path, options = {}) =>
  open(browser, service, { screen: 'phone', path, expect: EXPECTED, ...options });

/** A moment as the ward writes it: `{ day, time, at }`, so many minutes from now. */
export function soon(minutes) {
  const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 + minutes * 60_000);
  const there = new Date(at.getTime() + 9 * 3_600_000).toISOString();
  return { day: there.slice(0, 10), time: there.slice(11, 16), at: `${there.slice(0, 16)}:00+09:00` };
}

/** Asks the service as one of the demo's people. */
export async function asking(browser, service, persona) {
  const context = await browser.newContext();
  const signedIn = await context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona } });
  assert.equal(signedIn.status(), 204);
  const ask = async (method, path, data, headers = {}) => {
    const answer = await context.request.fetch(service.url + path, {
      method,
      headers,
      ...(data ? { data } : {}),
    });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  };
  return { ask, close: () => context.close() };
}

/** Plans an outing as the demo's trainer, of the route that is first in the list. */
export async function planned(browser, service, more = {}) {
  const trainer = await asking(browser, service, 'trainer');
  const { routes } = await trainer.ask('GET', '/api/routes');
  const outing = await trainer.ask('POST', '/api/outings', {
    route_version_id: routes[0].route_version_id,
    starts_at: soon(20).at,
    duration_min: 120,
    meeting_point: '【見本】区役所1階ロビー',
    capacity: 5,
    hosts: routes[0].hosts.map(({ kind, name }) => ({ kind, name })),
    ...more,
  });
  return { outing, trainer };
}

/** Says yes to the question that is asked. */
export const yes = async (page) => {
  await page.locator('dialog button[value="yes"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
};
