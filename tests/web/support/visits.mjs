/** Visits to be checked: what walkers of the demo send, without a phone. */
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { openAs } from './signed-in.mjs';

/** Errors that a page writes to the console when the service refuses something. */
const EXPECTED = ['409', '412', '422'];

/** The page as a trainer sees it. */
export const checking = (browser, service, options = {}) =>
  openAs(browser, service, 'trainer', { path: '/visits', expect: EXPECTED, ...options });

/** Somebody of the demo who asks the service without a page. */
export async function somebody(browser, service, persona) {
  const page = await open(browser, service, { path: '/healthz' });
  const { request } = page.context();
  const post = async (path, data, status = 200) => {
    const answer = await request.post(service.url + path, { data });
    assert.equal(answer.status(), status, `${path}: ${await answer.text()}`);
    return status === 204 ? null : answer.json();
  };
  await post('/api/demo/sign-in', { persona }, 204);
  const { me } = await (await request.get(`${service.url}/api/session`)).json();
  return { account: me.account, post, request, close: () => page.context().close() };
}

let count = 0;
/** An id as a phone makes it. */
export const newId = () => `019a9f6e-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}`;

/** The first route of the demo. */
export const firstRoute = async (service) =>
  (await (await fetch(`${service.url}/api/routes`)).json()).routes[0];

const MINUTES = 60_000;

/** A visit to a stop so many metres north of it, some minutes ago. */
export function visit({ route_version_id, stops }, index, { metres = 400, accuracy = 15, ago = 90, ...more } = {}) {
  const { stop_id, location } = stops[index];
  const [lon, lat] = location;
  const gps = { kind: 'gps', location: [lon, lat + metres / 110_950], accuracy_m: accuracy, age_s: 2 };
  const at = new Date(Date.now() - ago * MINUTES).toISOString();
  return { id: newId(), route_version_id, stop_id, at, evidence: [{ kind: 'self' }, gps], ...more };
}

/** Sends visits, and makes sure that they are kept. */
export async function sendVisits(who, visits) {
  const { results } = await who.post('/api/visits', { visits });
  assert.deepEqual(results.map(({ status }) => status), visits.map(() => 'stored'));
  return results;
}

/** The card of a visit. */
export const card = (page, { id }) => page.locator(`[data-visit="${id}"]`);

/** A photo of one colour, as a camera would send it. */
export const PIXELS = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mN49+EdAAWcAs0PpLMYAAAAAElFTkSuQmCC',
  'base64',
);
