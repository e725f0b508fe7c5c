// The pages of designing in every language, on a phone.
import { after, before, test } from 'node:test';
import { launch, some } from './support/browser.mjs';
import { everybody } from './support/design-everybody.mjs';
import { start } from './support/server.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const language of some(['ja', 'en', 'easy'], 2)) {
  test(`list, editor, forms and checklist can be used by everybody (${language}, phone)`, async () => {
    await everybody(browser, service, { language, screen: 'phone' });
  });
}
