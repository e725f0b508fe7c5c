/** A designer of routes at work: corners of the demo's network, routes that lack nothing, the editor's state. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAs } from './signed-in.mjs';

/** The demo plays no tiles, and the network is taken away on purpose. */
export const OPTIONS = {
  tiles: 'abort',
  expect: ['ERR_FAILED', 'ERR_INTERNET_DISCONNECTED', '412', '401'],
};

const NETWORK = join(import.meta.dirname, '../../../geodata/network.geojson');
const CORNERS = JSON.parse(readFileSync(NETWORK, 'utf8'))
  .features.filter(({ geometry }) => geometry.type === 'LineString')
  .map(({ geometry }) => geometry.coordinates[0]);

/** How far a place is to the east and to the north of another, in metres. */
export const offset = ([lon, lat], [toLon, toLat]) => [
  (toLon - lon) * 111_320 * Math.cos((lat * Math.PI) / 180),
  (toLat - lat) * 111_320,
];
const apart = (a, b) => Math.hypot(...offset(a, b));

/** A corner with five others around it: far enough apart for a finger, near enough for a phone's screen. */
function six() {
  for (const centre of CORNERS) {
    const chosen = [centre];
    for (const at of CORNERS) {
      const [east, north] = offset(centre, at);
      const isNear = Math.abs(east) < 220 && Math.abs(north) < 150;
      if (isNear && chosen.every((other) => apart(at, other) > 95)) chosen.push(at);
      if (chosen.length === 6) return chosen;
    }
  }
  return assert.fail('the network has no six corners that suit');
}
export const SIX = six();

/** A position as people type it. */
export const written = ([lon, lat]) => `${lat}, ${lon}`;

export const list = (browser, service, persona, more = {}) =>
  openAs(browser, service, persona, { ...OPTIONS, path: '/design', ...more });

export const saved = (page) => page.locator('.save-saved').waitFor();
export const settledWay = (page) => page.locator('.figures[aria-busy="false"]').waitFor();
export const points = (page) => page.locator('point-list .point-stop');

/** Waits until map and way are there. */
export async function editorReady(page) {
  await page.locator('.design-map.leaflet-container').waitFor();
  await settledWay(page);
}

export async function openEditor(page, service, route) {
  await page.goto(`${service.url}/design?route=${route}`);
  await editorReady(page);
}

/** The draft as the service has it. */
export const stored = async (page, service, route) =>
  (await page.request.get(`${service.url}/api/routes/${route}/draft`)).json();

/** Makes a route that lacks nothing, as whoever is signed in on the page. */
export async function complete(page, service, title) {
  const text = (ja) => ({ ja, en: '', easy: '' });
  const made = await page.request.post(`${service.url}/api/designs`, { data: { title: text(title) } });
  const draft = await made.json();
  const design = {
    ...draft.design,
    summary: text('見本の紹介文'),
    alternative: { step_free_route: null, desk_based: text('写真で学ぶ') },
    waypoints: SIX.map((location, index) => ({
      kind: 'stop',
      stop_id: crypto.randomUUID(),
      location,
      name: text(`見本の点${index + 1}`),
      story: text('見本の物語'),
      radius_m: 50,
      stay_min: 5,
      required: true,
      evidence: ['gps'],
    })),
  };
  const answer = await page.request.put(`${service.url}/api/routes/${draft.route_id}/draft`, {
    data: { design },
    headers: { 'If-Match': made.headers().etag },
  });
  assert.equal(answer.status(), 200, await answer.text());
  return draft.route_id;
}
