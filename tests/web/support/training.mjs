/** The training as tests set it up. */
import assert from 'node:assert/strict';
import { asking } from './outings.mjs';

/** The year in which the fiscal year of today began, in Tokyo. */
const there = new Date(Date.now() + 9 * 3_600_000);
export const YEAR = there.getUTCFullYear() - (there.getUTCMonth() < 3 ? 1 : 0);

/** Waits until it is known who has to do what. */
export async function assessed(browser, service) {
  const staff = await asking(browser, service, 'staff');
  for (let tries = 0; (await staff.ask('GET', '/api/me/training')).obligations.length === 0; tries += 1) {
    assert.ok(tries < 100, 'nobody was assessed');
    await new Promise((done) => setTimeout(done, 100));
  }
  await staff.close();
}

/** Lets no programme remind by itself: on some days of the year the demo's would, as soon as it is started. */
export async function withoutClock(browser, service) {
  const hr = await asking(browser, service, 'hr');
  for (const { id, version } of (await hr.ask('GET', '/api/programmes')).programmes) {
    const path = `/api/programmes/${id}/years/${YEAR}/reminders`;
    await hr.ask('PUT', path, { reminders: [] }, { 'If-Match': `"${version}"` });
  }
  await hr.close();
}

/** Opens a programme of one's own for everybody, which reminds nobody by itself; the first one in every list. */
export async function ownProgramme(browser, service, title) {
  const hr = await asking(browser, service, 'hr');
  const rule = {
    title: { ja: title },
    requirement: { routes: 1 },
    deadline: '03-31',
    reminders: [],
  };
  const wanted = { code: 'a-first', frequency: 'yearly', fiscal_year: YEAR, rule };
  const { id } = await hr.ask('POST', '/api/programmes', wanted);
  const path = `/api/programmes/${id}/years/${YEAR}/open`;
  await hr.ask('POST', path, undefined, { 'If-Match': '"1"' });
  await hr.close();
}
