/** Former names with their days, and the days on which a place begins and ends to count. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { editNew, published } from './support/places.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });
const HERE = { type: 'Point', coordinates: [139.75, 35.65] };

for (const screen of some(['desktop', 'phone'])) {
  test(`${screen}: former names are listed with their days`, async () => {
    const { page, id } = await editNew(browser, service, `改称会${screen}(見本)`, HERE, {
      screen,
      expect: ['422'],
    });
    const save = () => button(page, '保存して公開').click();
    await page.getByText('日付の分かる旧称はありません。').waitFor();
    await button(page, '旧称を加える').click();
    await page.waitForFunction(() => document.activeElement.id === 'field-former_name_0');
    await save();
    await page.waitForFunction(() => document.activeElement.id === 'field-former_name_0');
    assert.equal(await page.locator('.former-names [aria-invalid="true"]').count(), 2);
    await accessible(page);
    await page.locator('#field-former_name_0').fill('昔の会(見本)');
    await page.locator('#field-former_until_0').fill('1998-04-01');
    await button(page, '旧称を加える').click();
    await page.locator('#field-former_name_1').fill('前の会(見本)');
    await page.locator('#field-former_until_1').fill('2010-04-01');
    await page.getByText('1998年4月1日から2010年4月1日の前日まで').waitFor();
    await page.locator('#field-former_names').fill('いつかの会(見本)');
    await page.locator('.former-names').scrollIntoViewIfNeeded();
    await screenshot(page, `${screen}-former-names`);
    await accessible(page);
    await page.getByLabel('有効になった日', { exact: true }).fill('1980-04-01');
    await save();
    await page.getByText('保存しました').waitFor();
    const { properties } = await published(service, id);
    assert.deepEqual(properties.former_names, ['いつかの会(見本)', '昔の会(見本)', '前の会(見本)']);
    assert.equal(properties.valid_from, '1980-04-01');
    // Those with a day are in their own list alone, so that they can be taken away there.
    assert.equal(await page.locator('#field-former_names').inputValue(), 'いつかの会(見本)');
    await button(page, '旧称 1 を消す').click();
    await page.waitForFunction(() => document.activeElement.id === 'former');
    await save();
    await page.waitForFunction(() => document.querySelectorAll('.history-item').length === 3);
    assert.deepEqual((await published(service, id)).properties.former_names, [
      'いつかの会(見本)',
      '前の会(見本)',
    ]);
    // A place cannot end before it begins, and the form says so at the field.
    await page.getByLabel('廃止の日', { exact: true }).first().fill('1970-01-01');
    await save();
    await page.getByText('廃止の日が、有効になった日より前です。').waitFor();
    clean(page);
    await page.context().close();
  });
}
