/** The pages of designing as everybody meets them: looked at by axe, and photographed. */
import { accessible, clean, screenshot } from './browser.mjs';
import { complete, list, openEditor } from './design.mjs';
import { ready } from './signed-in.mjs';

/** Opens the list and each part of the editor in a language on a screen. */
export async function everybody(browser, service, { language, screen }) {
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
  await page.locator('.language-tab[data-language="en"]').click();
  await accessible(page);
  await screenshot(page, `design-${screen}-${language}-form`);
  clean(page);
}
