// The pages of designing in every language, on a phone and on a desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { complete, list, openEditor, OPTIONS } from './support/design.mjs';
import { start } from './support/server.mjs';
import { openAs, ready } from './support/signed-in.mjs';

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([start('demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const language of ['ja', 'en', 'easy']) {
  for (const screen of ['phone', 'desktop']) {
    test(`list, editor, forms and checklist can be used by everybody (${language}, ${screen})`, async () => {
      const page = await list(browser, service, 'trainer', { screen, language });
      const route = await complete(page, service, '見本・みんなのコース');
      await page.reload();
      await ready(page);
      await accessible(page);
      await screenshot(page, `design-list-${screen}-${language}`);
      await openEditor(page, service, route);
      await accessible(page);
      await screenshot(page, `design-${screen}-${language}-stops`);
      for (const tab of ['route', 'check', 'tools']) {
        await page.locator(`#tab-${tab}`).click();
        if (tab === 'tools') await page.locator('#field-overlay').check();
        await page.waitForLoadState('networkidle');
        await accessible(page);
        await screenshot(page, `design-${screen}-${language}-${tab}`);
      }
      await page.locator('#tab-stops').click();
      await page.locator('.point-name').first().click();
      await page.locator('[data-language="en"]').click();
      await accessible(page);
      await screenshot(page, `design-${screen}-${language}-form`);
      clean(page);
    });
  }
}

test('who is no trainer does not get in', async () => {
  const page = await openAs(browser, service, 'staff', { ...OPTIONS, path: '/design' });
  await page.getByText('このページは表示できません').waitFor();
  assert.equal(await page.getByRole('link', { name: 'コースの設計' }).count(), 0);
});
