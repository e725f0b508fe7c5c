/** An outing from its plan to its roll-call, as a trainer with a phone and its host live through it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot } from './support/browser.mjs';
import { asking, linked, page as openPage, soon, yes } from './support/outings.mjs';
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

const tab = (page, name) =>
  page.locator('.lead-tabs').getByRole('link', { name, exact: true }).click();

test('a trainer plans, asks a host, decides, and calls the roll without a network', async () => {
  const page = await openPage(browser, service, 'trainer', { path: '/lead' });
  const context = page.context();
  await page.locator('.outing-card').first().waitFor();
  await accessible(page);
  await screenshot(page, 'lead-list-phone');

  // The plan.
  await page.getByRole('link', { name: '実施回を計画する' }).click();
  await page.locator('#field-version').waitFor();
  await page.getByRole('button', { name: '計画を作る' }).click();
  await page.locator('#field-version[aria-invalid="true"]').waitFor();
  const { day, time } = soon(20);
  await page.locator('#field-version').selectOption({ index: 1 });
  await page.locator('#field-day').fill(day);
  await page.locator('#field-time').fill(time);
  await page.locator('#field-meeting_point').fill('【見本】区役所1階ロビー');
  await page.locator('#field-capacity').fill('2');
  await page.locator('[data-route-hosts]').click();
  await accessible(page);
  await screenshot(page, 'lead-plan-phone');
  await page.getByRole('button', { name: '計画を作る' }).click();
  await page.locator('[data-kept]').waitFor();
  const id = new URL(page.url()).hash.slice(1, 37);

  // People.
  const [staff, manager] = await Promise.all(
    ['staff', 'manager'].map((persona) => asking(browser, service, persona)),
  );
  await staff.ask('PUT', `/api/outings/${id}/sign-up`);
  const people = (await manager.ask('GET', '/api/staff')).staff.filter(({ name }) =>
    ['見本 きく', '見本 らん'].includes(name),
  );
  assert.equal(people.length, 2);
  await manager.ask('POST', `/api/outings/${id}/nominations`, {
    staff_ids: people.map(({ id: one }) => one),
  });
  await page.reload();
  await page.locator('[data-choose-open]').click();
  await accessible(page);
  await screenshot(page, 'lead-people-phone');
  await page.locator('[data-decide="accept"]').click();
  await yes(page);
  await page.getByText('2人について決め、知らせました。').waitFor();
  const states = page.locator('participant-list tbody .badge:first-child');
  await page.waitForFunction(
    () => document.querySelectorAll('participant-list tbody .badge-done').length === 2,
  );
  assert.deepEqual(await states.allInnerTexts(), ['受講決定', '受講決定', '空き待ち']);

  // The host.
  await tab(page, '協力団体');
  const host = page.locator('[data-host]').first();
  await host.locator('[data-link]').click();
  const address = new URL((await host.locator('.outing-secret').innerText()).trim());
  await accessible(page);
  await screenshot(page, 'lead-hosts-phone');
  const asked = await linked(browser, service, address.pathname + address.hash);
  await ready(asked);
  await asked.getByText('今のところ2人').waitFor();
  await asked.locator('.route-picture.leaflet-container').waitFor();
  await accessible(asked);
  await screenshot(asked, 'hosts-phone');
  await asked.getByRole('button', { name: '返事を送る' }).click();
  await asked.getByText('どちらかを選んでください。').waitFor();
  await asked.getByRole('radio', { name: '協力できます', exact: true }).check();
  await asked.locator('#field-message').fill('【見本】集会所を開けておきます。');
  await asked.getByRole('button', { name: '返事を送る' }).click();
  await asked.locator('[data-answered="yes"]').waitFor();
  await asked.getByRole('radio', { name: '今回は協力できません' }).check();
  await asked.getByRole('button', { name: '返事を変える' }).click();
  await asked.locator('[data-answered="no"]').waitFor();
  assert.doesNotMatch(await asked.locator('main').innerText(), /見本 きく|見本 らん|見本 あゆみ|見本 まなぶ|9000/);
  clean(asked);
  await asked.context().close();
  await page.reload();
  await host.locator('[data-answer="no"]').waitFor();
  await page.getByText('【見本】集会所を開けておきます。').waitFor();
  await host.locator('summary').click();
  await host.getByRole('button', { name: '記録する' }).click();
  await host.locator('[data-answer="yes"]').waitFor();
  await page.getByText('電話で確認').waitFor();

  // Out of reach.
  await offlinePage(page);
  await context.setOffline(true);
  await tab(page, '番号');
  await page.reload();
  const shown = page.locator('[data-code]');
  await shown.waitFor();
  const own = await asking(browser, service, 'trainer');
  const sheet = await own.ask('GET', `/api/outings/${id}/code`);
  const step = Math.floor((Date.now() - Date.parse(sheet.from)) / 30_000);
  assert.ok(sheet.codes.slice(step - 1, step + 2).includes(await shown.getAttribute('data-code')));
  await accessible(page);
  await screenshot(page, 'lead-code-phone');
  await tab(page, '出欠');
  const row = (name) => page.locator('.roll-row', { hasText: name });
  await row('見本 あゆみ').locator('[data-present="yes"]').click();
  await row('見本 きく').locator('[data-present="yes"]').click();
  await row('見本 きく').locator('[data-present="no"]').click();
  await unsent(page, 3);
  await page.locator('[data-reached="unsent"]').nth(1).waitFor();
  await accessible(page);
  await screenshot(page, 'lead-roll-phone');
  await page.reload();
  await unsent(page, 3);
  assert.equal(await row('見本 きく').locator('[data-present="no"]').getAttribute('aria-pressed'), 'true');

  // Back again, but as somebody else: nothing of it goes.
  const sign = (persona) =>
    context.request.post(`${service.url}/api/demo/sign-in`, { data: { persona } });
  await sign('reviewer');
  await context.setOffline(false);
  await page.reload();
  await page.getByText('ほかの人の記録です').waitFor();
  const marks = async () => {
    const { participants } = await own.ask('GET', `/api/outings/${id}/participants`);
    return participants.map(({ name, present }) => [name, present]);
  };
  assert.deepEqual((await marks()).map(([, present]) => present), [undefined, undefined, undefined]);
  await sign('trainer');
  await page.reload();
  await unsent(page, 0);
  await page.waitForFunction(
    () => document.querySelectorAll('.roll-row[data-reached="sent"]').length === 2,
  );
  assert.deepEqual(await marks(), [
    ['見本 あゆみ', true],
    ['見本 きく', false],
    ['見本 らん', undefined],
  ]);

  // The paper sheet corrects it.
  await page.locator('paper-list summary').click();
  await page.locator('paper-list').getByRole('checkbox', { name: '見本 きく' }).check();
  await page.locator('paper-list button[type="submit"]').click();
  await yes(page);
  await row('見本 きく').locator('[data-present="yes"][aria-pressed="true"]').waitFor();
  await unsent(page, 0);
  await page.waitForFunction(
    () => document.querySelectorAll('.roll-row.is-away[data-reached="sent"]').length === 1,
  );
  assert.deepEqual((await marks()).slice(0, 2), [
    ['見本 あゆみ', false],
    ['見本 きく', true],
  ]);

  // On paper: the names, and nothing of the page around them.
  await page.emulateMedia({ media: 'print' });
  await page.locator('.printed-sheet').waitFor();
  assert.equal(await page.locator('.printed-sheet tbody tr').count(), 2);
  assert.equal(await page.locator('.roll').first().isVisible(), false);
  await screenshot(page, 'lead-sheet-print');
  await page.emulateMedia({ media: null });

  // Whoever signs out takes the names along.
  await page.getByRole('button', { name: 'メニュー' }).click();
  await Promise.all([
    page.waitForURL(`${service.url}/`),
    page.getByRole('button', { name: 'サインアウト' }).click(),
  ]);
  const left = await page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('machiaruki-outings');
        opening.onsuccess = () => {
          const all = opening.result.transaction('outings').objectStore('outings').getAll();
          all.onsuccess = () => done(all.result.length);
        };
      }),
  );
  assert.equal(left, 0);
  clean(page);
  await Promise.all([staff.close(), manager.close(), own.close(), context.close()]);
});

test('an outing is changed, reported on, and cancelled with a reason', async () => {
  const page = await openPage(browser, service, 'trainer', { screen: 'desktop', path: '/lead' });
  await page.locator('.outing-card').first().getByRole('link').click();
  await tab(page, '計画');
  await page.locator('#field-meeting_point').fill('【見本】公園の入口');
  await accessible(page);
  await screenshot(page, 'lead-edit-desktop');
  await page.getByRole('button', { name: '変更を保存する' }).click();
  await page.getByText('変更を保存しました。').waitFor();
  await page.locator('#field-reason').fill('【見本】雷雨のため');
  await page.getByRole('button', { name: 'この回を中止する' }).click();
  await yes(page);
  await page.locator('.facts', { hasText: '【見本】雷雨のため' }).waitFor();
  await page.getByText('計画は変えられません').waitFor();
  // What is over is reported on.
  await page.getByRole('link', { name: '一覧に戻る' }).click();
  await page.locator('[data-view="past"]').click();
  await page.locator('.outing-card', { hasText: '終了' }).first().getByRole('link').click();
  await tab(page, '協力団体');
  await page.locator('#field-report').fill('【見本】ありがとうございました。');
  await page.getByRole('button', { name: '報告を載せる' }).click();
  await page.getByText('報告を載せました。').waitFor();
  await accessible(page);
  await screenshot(page, 'lead-report-desktop');
  clean(page);
  await page.context().close();
});
