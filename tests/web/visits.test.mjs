/** The trainers' page: visits that wait, suspicious ones, what walkers noticed, and the files of phones. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';
import { card, checking, firstRoute, newId, PIXELS, sendVisits, somebody, visit } from './support/visits.mjs';

let browser, service, route, walker;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
  [route, walker] = await Promise.all([firstRoute(service), somebody(browser, service, 'staff')]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** The outcome of a visit as its walker sees it. */
async function outcome({ id }) {
  const { visits } = await (await walker.request.get(`${service.url}/api/me/visits`)).json();
  return visits.find((one) => one.id === id)?.outcome;
}

const wide = (page) => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);

for (const [screen, language] of some([
  ['desktop', 'ja'],
  ['phone', 'en'],
  ['phone', 'easy'],
])) {
  test(`visits are looked at on a map and in words, on a ${screen} in ${language}`, async () => {
    const photo = newId();
    const seen = visit(route, 0, { metres: 45, note: '見本: 工事で近づけませんでした' });
    seen.evidence.push({ kind: 'photo', photo_id: photo }, { kind: 'qr', code: 'nonsense' });
    await sendVisits(walker, [seen, visit(route, 2, { ago: 80 })]);
    const path = `${service.url}/api/visits/${seen.id}/photos/${photo}`;
    const kept = await walker.request.put(path, { data: PIXELS, headers: { 'Content-Type': 'image/png' } });
    assert.equal(kept.status(), 200);
    const page = await checking(browser, service, { screen, language });
    await card(page, seen).waitFor();
    await page.locator('.visit-map.leaflet-container .design-point').first().waitFor();
    const text = await page.locator('main').innerText();
    assert.doesNotMatch(text, /\{\w+\}|undefined/, 'no placeholder is left');
    await card(page, seen).locator('.visit-facts .link-button').click();
    await page.locator('.visit.is-chosen').waitFor();
    const width = await wide(page);
    assert.ok(width[0] <= width[1], `nothing sticks out: ${width}`);
    await accessible(page);
    await screenshot(page, `visits-${screen}-${language}`);
    await card(page, seen).scrollIntoViewIfNeeded();
    await card(page, seen).locator('visit-photos button').click();
    await page.locator('.visit-photo').waitFor();
    await screenshot(page, `visits-card-${screen}-${language}`);
    for (const view of ['flagged', 'person', 'observations', 'import']) {
      await page.locator(`.visit-views a[href="#${view}"]`).click();
      await ready(page);
      await accessible(page);
      await screenshot(page, `visits-${view}-${screen}-${language}`);
    }
    clean(page);
    await page.context().close();
  });
}

test('one is accepted, one rejected with a reason, and the rest together', async () => {
  const visits = [0, 1, 2, 3].map((stop) => visit(route, stop, { ago: 60 - stop }));
  await sendVisits(walker, visits);
  const page = await checking(browser, service);
  const [first, second, third, fourth] = visits;
  await card(page, first).getByRole('button', { name: /^認める/ }).click();
  await page.locator(`[data-visit="${first.id}"][data-outcome="accepted"]`).waitFor();
  assert.equal(await outcome(first), 'accepted');
  await card(page, second).getByRole('button', { name: /^認めない/ }).click();
  await card(page, second).getByRole('button', { name: '認めない', exact: true }).click();
  await card(page, second).getByText('入力してください').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'), 'where it is missing');
  await page.keyboard.type('写真がありません');
  await card(page, second).getByRole('button', { name: '認めない', exact: true }).click();
  await page.locator(`[data-visit="${second.id}"][data-outcome="rejected"]`).waitFor();
  assert.equal(await outcome(second), 'rejected');
  // Somebody else decides on the fourth meanwhile.
  const other = await somebody(browser, service, 'reviewer');
  await other.post(`/api/visits/${fourth.id}/decision`, { decision: 'reject', reason: '見本' });
  for (const one of [third, fourth]) await card(page, one).locator('input[type=checkbox]').check();
  await page.getByRole('button', { name: '選んだ2件を認める' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '認める' }).click();
  await page.locator(`[data-visit="${third.id}"][data-outcome="accepted"]`).waitFor();
  await card(page, fourth).getByText('先に判定しました').waitFor();
  assert.deepEqual([await outcome(third), await outcome(fourth)], ['accepted', 'rejected']);
  await screenshot(page, 'visits-decided');
  await page.getByRole('button', { name: '読み込み直す' }).click();
  await card(page, third).waitFor({ state: 'detached' });
  clean(page);
  await Promise.all([page.context().close(), other.close()]);
});

test('a suspicious visit that counts is voided, after a question', async () => {
  // At once at two stops far apart: nobody walks that fast.
  const [here, there] = [visit(route, 0, { metres: 2, ago: 10 }), visit(route, 3, { metres: 2, ago: 10 })];
  await sendVisits(walker, [here, there]);
  assert.equal(await outcome(here), 'accepted');
  const page = await checking(browser, service, { path: '/visits#flagged' });
  await card(page, here).locator('[data-flag="impossible_speed"]').waitFor();
  await card(page, here).getByRole('button', { name: /^取り消す/ }).click();
  await card(page, here).locator('textarea:focus').waitFor();
  await page.keyboard.type('別の人の記録でした');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await accessible(page);
  await screenshot(page, 'visits-void');
  await dialog.getByRole('button', { name: '取り消す' }).click();
  await page.locator(`[data-visit="${here.id}"][data-outcome="rejected"]`).waitFor();
  assert.equal(await outcome(here), 'rejected');
  // And all visits of one person.
  await page.getByRole('link', { name: '職員ごと' }).click();
  await page.getByRole('button', { name: '表示する' }).click();
  await page.getByText('入力してください').waitFor();
  await page.locator('#field-login').fill('900001');
  await page.getByRole('button', { name: '表示する' }).click();
  await card(page, there).waitFor();
  await card(page, here).getByText('別の人の記録でした').waitFor();
  clean(page);
  await page.context().close();
});

test('what was noticed is answered, and its walker reads it', async () => {
  const id = newId();
  const { route_version_id, stops } = route;
  const noticed = {
    id, route_version_id, stop_id: stops[1].stop_id, at: new Date().toISOString(),
    category: 'barrier', text: '見本: 段差があります', wants_answer: true,
  };
  await walker.post('/api/observations', { observations: [noticed] });
  const page = await checking(browser, service, { path: '/visits#observations' });
  const one = page.locator(`[data-observation="${id}"]`);
  await one.getByText(stops[1].name.ja).waitFor();
  await screenshot(page, 'visits-observation');
  await one.getByRole('button', { name: '返事をする' }).click();
  await one.getByText('入力してください').waitFor();
  await page.keyboard.type('道路の担当へ伝えました');
  await one.getByRole('button', { name: '返事をする' }).click();
  await one.locator('.visit-answer').getByText('道路の担当へ伝えました').waitFor();
  await page.locator('#field-which').selectOption('all');
  await one.locator('.visit-answer').waitFor();
  const { observations } = await (await walker.request.get(`${service.url}/api/me/observations`)).json();
  assert.equal(observations.find((seen) => seen.id === id).answers[0].text, '道路の担当へ伝えました');
  clean(page);
  await page.context().close();
});

test('the file of a phone is imported once, told item by item, and never the own', async () => {
  const page = await checking(browser, service, { path: '/visits#import' });
  const own = (await (await page.request.get(`${service.url}/api/session`)).json()).me.account;
  const [theirs, mine] = [visit(route, 1, { metres: 3 }), visit(route, 1)];
  const item = (owner, body) => ({ id: body.id, kind: 'visit', owner, made: 0, body, state: { is: 'queued' } });
  const saved = { format: 'machiaruki-outbox', version: 1, items: [item(walker.account, theirs), item(own, mine)] };
  const choose = (text) => ({ name: 'machiaruki-unsent.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const field = page.locator('#field-phone-file');
  const send = () => page.getByRole('button', { name: '取り込む', exact: true }).click();
  await send();
  await page.getByText('ファイルを選んでください').waitFor();
  await field.setInputFiles(choose('{"type":"FeatureCollection"}'));
  await send();
  await page.getByText('作ったファイルではありません').waitFor();
  await field.setInputFiles(choose(JSON.stringify(saved)));
  await send();
  await page.getByText('新しく取り込んだもの 1件、すでに届いていたもの 0件、取り込めなかったもの 1件').waitFor();
  await page.locator('[data-status="refused"]').getByText('ほかの研修担当に依頼してください').waitFor();
  await accessible(page);
  await screenshot(page, 'visits-imported');
  await send();
  await page.locator('[data-status="duplicate"]').waitFor();
  // It waits, and not for whoever imported it.
  await page.getByRole('link', { name: '判定待ち' }).click();
  await card(page, theirs).locator('[data-flag="imported"]').waitFor();
  await card(page, theirs).getByText('ご自身が取り込んだ訪問です').waitFor();
  assert.equal(await card(page, theirs).locator('[data-step="accept"]').count(), 0);
  // The phone sends after all.
  const { results } = await walker.post('/api/visits', { visits: [theirs] });
  assert.deepEqual([results[0].status, results[0].outcome], ['duplicate', 'accepted']);
  clean(page);
  await page.context().close();
});
