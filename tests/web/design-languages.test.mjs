// The pages of designing in every language, on a desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, some } from './support/browser.mjs';
import { OPTIONS } from './support/design.mjs';
import { everybody } from './support/design-everybody.mjs';
import { start } from './support/server.mjs';
import { openAs } from './support/signed-in.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const language of some(['ja', 'en', 'easy'], 1)) {
  test(`list, editor, forms and checklist can be used by everybody (${language}, desktop)`, async () => {
    await everybody(browser, service, { language, screen: 'desktop' });
  });
}

test('who is no trainer does not get in', async () => {
  const page = await openAs(browser, service, 'staff', { ...OPTIONS, path: '/design' });
  await page.getByText('このページは表示できません').waitFor();
  assert.equal(await page.getByRole('link', { name: 'コースの設計' }).count(), 0);
});
