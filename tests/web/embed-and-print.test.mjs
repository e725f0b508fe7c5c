/** The map in other pages, and on paper. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, open, screenshot, settled } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('embedded, the page is a map, a legend and an attribution', async () => {
  const page = await open(browser, service, {
    path: '/?embed=1#layers=shelters,councils',
    viewport: { width: 600, height: 400 },
  });
  await settled(page);
  assert.equal(await page.getByRole('tablist').count(), 0);
  assert.equal(await page.getByRole('combobox').count(), 0);
  await page.getByText('凡例').click();
  await page.locator('.embed-legend').getByText('避難所', { exact: false }).waitFor();
  await screenshot(page, 'embedded');
  await accessible(page);
  clean(page);
});

test('on paper there are the map, the legend, the list, the sources and the link', async () => {
  const page = await open(browser, service, { path: '/#layers=routes,shelters' });
  await settled(page);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('print-sheet');
  await sheet.getByText('(見本)', { exact: false }).first().waitFor({ state: 'attached' });
  const text = await sheet.innerText();
  assert.match(text, /まちあるきコース/);
  assert.match(text, /避難所/);
  assert.match(text, new RegExp(`${service.url}/`));
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.locator('print-sheet h1').scrollIntoViewIfNeeded();
  await screenshot(page, 'printed');
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  assert.ok(pdf.byteLength > 20_000);
  clean(page);
});
