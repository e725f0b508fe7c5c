/** Places that tests add for themselves. */
import assert from 'node:assert/strict';
import { openAs, ready } from './signed-in.mjs';

/** A new organisation on the editor's form: the page and the place's id. */
export async function editNew(browser, service, name, geometry, options = {}) {
  const page = await openAs(browser, service, 'editor', { path: '/edit', ...options });
  const answer = await page.request.post(`${service.url}/api/places`, {
    data: { layer: 'organisations', fields: { name, kind: 'other' }, geometry, reason: '試験(見本)' },
  });
  assert.equal(answer.status(), 201, await answer.text());
  const { id } = await answer.json();
  await page.goto(`${service.url}/edit?place=${id}`);
  await page.locator('.leaflet-container').waitFor();
  await ready(page);
  return { page, id };
}

/** What the public sees of an organisation. */
export const published = async (service, id) =>
  (await fetch(`${service.url}/api/layers/organisations/features/${id}`)).json();
