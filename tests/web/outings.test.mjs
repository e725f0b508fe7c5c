/** Outings as everybody sees them: signing up and withdrawing on a phone, the calendar, putting people forward. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { asking, page as openPage, planned, yes } from './support/outings.mjs';
import { start } from './support/server.mjs';
import { ready } from './support/signed-in.mjs';
import { offlinePage, unsent } from './support/walk.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test('somebody signs up, waits, and withdraws, on a phone', async () => {
  const page = await openPage(browser, service, 'staff');
  const cards = page.locator('.outing-card');
  assert.equal(await cards.count(), 4, 'the demo has outings to come');
  await accessible(page);
  await screenshot(page, 'outings-phone');
  // Narrowed to what has places.
  await page.locator('#field-only_free').check();
  assert.equal(await cards.count(), 2);
  await cards.nth(1).getByRole('link').click();
  await page.locator('[data-sign-up]').waitFor();
  await page.locator('.outing-stops li').first().waitFor();
  await page.locator('.route-picture.leaflet-container').waitFor();
  await accessible(page);
  await screenshot(page, 'outings-detail-phone');
  await page.locator('[data-sign-up]').click();
  await page.getByText('受講が決まりました。').waitFor();
  await page.locator('[data-withdraw]').waitFor();
  // What one joined has a list of its own.
  await page.getByRole('link', { name: '一覧に戻る' }).click();
  await page.locator('[data-view="joined"]').click();
  await page.waitForFunction(() => document.querySelectorAll('.outing-card').length === 2);
  await page.locator('.outing-card').nth(1).getByRole('link').click();
  await page.locator('[data-withdraw]').click();
  await screenshot(page, 'outings-withdraw-phone');
  // No is the other button, and changes nothing.
  await page.getByRole('button', { name: 'やめる' }).click();
  await page.locator('[data-withdraw]').click();
  await yes(page);
  await page.locator('[data-sign-up]').waitFor();
  // A full one: the place on the waiting list is told.
  await page.getByRole('link', { name: '一覧に戻る' }).click();
  await page.locator('[data-view="coming"]').click();
  await page.waitForFunction(() => document.querySelectorAll('.outing-card').length === 2);
  await ready(page);
  await page.locator('#field-only_free').uncheck();
  await page.locator('.outing-card', { hasText: '満員' }).getByRole('link').click();
  await page.getByRole('button', { name: '空き待ちに申し込む' }).click();
  await page.getByText('空き待ちの2番目です').waitFor();
  await ready(page);
  await accessible(page);
  clean(page);
  await page.context().close();
});

test('a calendar’s address is shown once, works, and is taken away', async () => {
  const page = await openPage(browser, service, 'resident', { screen: 'desktop' });
  await page.locator('[data-calendar="make"]').click();
  const address = await page.locator('[data-calendar-made] .outing-secret').innerText();
  await accessible(page);
  await screenshot(page, 'outings-calendar-desktop');
  const calendar = async () => fetch(address.trim());
  assert.match(await (await calendar()).text(), /^BEGIN:VCALENDAR/);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('[data-calendar-made]').count(), 0);
  await page.locator('[data-calendar="remove"]').click();
  await yes(page);
  await page.getByRole('button', { name: 'アドレスを作る' }).waitFor();
  assert.equal((await calendar()).status, 404);
  clean(page);
  await page.context().close();
});

test('a coordinator puts several people forward at once', async () => {
  const { outing, trainer } = await planned(browser, service);
  const page = await openPage(browser, service, 'manager', {
    screen: 'desktop',
    path: `/outings#${outing.id}`,
  });
  const rows = page.locator('nominate-people .data-table tbody tr');
  await rows.first().waitFor();
  await page.locator('nominate-people input[type="search"]').fill('見本 き');
  await page.locator('nominate-people form').getByRole('button').click();
  await page.waitForFunction(
    () => document.querySelectorAll('nominate-people .data-table tbody tr').length === 1,
  );
  await rows.first().getByRole('checkbox').check();
  await page.locator('nominate-people input[type="search"]').fill('見本 ら');
  await page.locator('nominate-people form').getByRole('button').click();
  await page.getByRole('checkbox', { name: '見本 らん' }).check();
  await accessible(page);
  await screenshot(page, 'outings-nominate-desktop');
  await page.locator('[data-nominate]').click();
  await yes(page);
  await page.getByText('2人を推薦しました。').waitFor();
  await page.getByText('推薦(未決定)').nth(1).waitFor();
  const { participants } = await trainer.ask('GET', `/api/outings/${outing.id}/participants`);
  assert.deepEqual(
    participants.map(({ name, state }) => [name, state]),
    [
      ['見本 きく', 'nominated'],
      ['見本 らん', 'nominated'],
    ],
  );
  clean(page);
  await trainer.close();
  await page.context().close();
});

test('a code that was typed without a network is sent later, once, and only for its owner', async () => {
  const { outing, trainer } = await planned(browser, service);
  const walker = await asking(browser, service, 'editor');
  await walker.ask('PUT', `/api/outings/${outing.id}/sign-up`);
  const page = await openPage(browser, service, 'editor', { path: `/outings#${outing.id}` });
  const context = page.context();
  await page.locator('check-in-form form').waitFor();
  await offlinePage(page);
  const { code } = await trainer.ask('GET', `/api/outings/${outing.id}/code`);
  // A wrong one is told at once, and can be typed anew.
  await page.locator('#field-code').fill('12');
  await page.getByRole('button', { name: '出席を登録する' }).click();
  await page.getByText('数字6けたを入れてください。').waitFor();
  await page.locator('#field-code').fill(code === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: '出席を登録する' }).click();
  await page.locator('.field-error', { hasText: '番号が違うか' }).waitFor();
  await page.locator('[data-failed="1"]').waitFor();
  await screenshot(page, 'outings-code-wrong-phone');
  await context.setOffline(true);
  await page.reload();
  await page.locator('check-in-form form').waitFor();
  await accessible(page);
  await page.locator('#field-code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: '出席を登録する' }).click();
  await page.locator('[data-checked-in="kept"]').waitFor();
  await unsent(page, 1);
  assert.match(await page.locator('.unsent-text').innerText(), /電波がありません/);
  await screenshot(page, 'outings-code-offline-phone');
  // Somebody else signs in on this phone: what was left there is not theirs.
  const other = await context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'admin' } });
  assert.equal(other.status(), 204);
  await context.setOffline(false);
  await page.reload();
  await page.getByText('ほかの人の記録です').waitFor();
  const before = await trainer.ask('GET', `/api/outings/${outing.id}/participants`);
  assert.equal(before.participants[0].present, undefined);
  await context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'editor' } });
  await page.reload();
  await page.locator('[data-checked-in="sent"]').waitFor();
  const there = await trainer.ask('GET', `/api/outings/${outing.id}/participants`);
  assert.equal(there.participants[0].present, true);
  await page.goto(`${service.url}/record`);
  await page.locator('.stamp-accepted').first().waitFor();
  clean(page);
  await Promise.all([trainer.close(), walker.close(), context.close()]);
});
