/** The yearly training: one's own, the ward's figures, and what HR plans. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, clean, launch, screenshot, some } from './support/browser.mjs';
import { openAs, ready } from './support/signed-in.mjs';
import { start } from './support/server.mjs';

/** The year in which the fiscal year of today began, in Tokyo. */
const there = new Date(Date.now() + 9 * 3_600_000);
const YEAR = there.getUTCFullYear() - (there.getUTCMonth() < 3 ? 1 : 0);

/** A day of this fiscal year that is past and ends no month; none in its first days. */
const someDay = [1, 2, 3]
  .map((days) => new Date(there.getTime() - days * 86_400_000).toISOString().slice(0, 10))
  .find((day) => day >= `${YEAR}-04-01` && new Date(Date.parse(day) + 86_400_000).getUTCDate() !== 1);

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('demo')]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Somebody's obligations, once they have been assessed. */
async function obligations(page) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await page.context().request.get(`${service.url}/api/me/training`);
    const { obligations } = await answer.json();
    if (obligations.length > 0) return obligations;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('nobody was assessed');
}

/** Walks the first route, at once and from a desk: the service is told as a phone tells it. */
async function walkFirstRoute(page) {
  const { routes } = await (await fetch(`${service.url}/api/routes`)).json();
  const [route] = routes;
  const at = Date.now() - 3_600_000;
  const visits = route.stops.map((stop, index) => ({
    id: `019a9f6e-0000-7000-8000-${String(index).padStart(12, '0')}`,
    route_version_id: route.route_version_id,
    stop_id: stop.stop_id,
    at: new Date(at + index * 300_000).toISOString().replace('Z', '+00:00'),
    evidence: [{ kind: 'gps', location: stop.location, accuracy_m: 5, age_s: 1 }],
  }));
  const { request } = page.context();
  const sent = await request.post(`${service.url}/api/visits`, { data: { visits } });
  assert.equal(sent.status(), 200);
  await request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'trainer' } });
  for (const { id } of visits) {
    await request.post(`${service.url}/api/visits/${id}/decision`, { data: { decision: 'accept' } });
  }
}

for (const [language, screen] of some([
  ['ja', 'phone'],
  ['en', 'desktop'],
  ['easy', 'phone'],
])) {
  test(`somebody sees what is left, asks for more time, in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'resident', {
      screen,
      language,
      path: '/account',
      expect: ['the server responded with a status of 422'],
    });
    await obligations(page);
    await page.goto(`${service.url}/training`);
    await ready(page);
    await page.locator('.training-card').first().waitFor();
    assert.ok((await page.locator('.training-suggestions li').count()) > 0);
    await accessible(page);
    await screenshot(page, `training-${language}-${screen}`);
    const ask = page.locator('ask-form').first();
    await ask.locator('summary').click();
    await ask.locator('select').selectOption('deferred');
    await ask.locator('button[type=submit]').click();
    await ask.locator('.field-error').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'date');
    await ask.locator('input[type=date]').fill(`${YEAR + 1}-03-31`);
    await ask.locator('textarea').fill('見本の理由');
    await accessible(page);
    await screenshot(page, `training-ask-${language}-${screen}`);
    await ask.locator('button[type=submit]').click();
    await page.locator('.training-asked li').first().waitFor();
    clean(page);
    await page.context().close();
  });
}

test('who has completed it prints a certificate', async () => {
  const page = await openAs(browser, service, 'staff', { screen: 'phone', path: '/account' });
  await obligations(page);
  await walkFirstRoute(page);
  await page.context().request.post(`${service.url}/api/demo/sign-in`, { data: { persona: 'staff' } });
  await page.goto(`${service.url}/training`);
  await ready(page);
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: '修了証を印刷' }).click();
  await page.locator('.certificate').waitFor({ state: 'attached' });
  await screenshot(page, 'training-completed');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.certificate-name').isVisible());
  assert.ok(!(await page.locator('.page-title').isVisible()));
  await screenshot(page, 'training-certificate');
  clean(page);
  await page.context().close();
});

for (const screen of some(['desktop', 'phone'])) {
  test(`HR sees figures, and names only when they ask for them, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', { screen, path: '/account' });
    await obligations(page);
    await page.goto(`${service.url}/completion`);
    await ready(page);
    await page.locator('.completion-total').waitFor();
    for (const by of ['department', 'tier', 'employment', 'month', 'division']) {
      await page.locator('#field-by').selectOption(by);
      await ready(page);
      assert.ok((await page.locator('.data-table tbody tr').count()) > 0, by);
    }
    await accessible(page);
    await screenshot(page, `completion-${screen}`);
    assert.equal(await page.locator('.data-table').count(), 1, 'no names yet');
    await page.getByRole('button', { name: '氏名を表示する' }).click();
    await page.locator('.data-table').nth(1).waitFor();
    await accessible(page);
    await page.locator('#people').scrollIntoViewIfNeeded();
    await screenshot(page, `completion-people-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test('a manager sees their own department, and no day by day', async () => {
  const page = await openAs(browser, service, 'manager', {
    path: '/account',
    expect: ['the server responded with a status of 422'],
  });
  await obligations(page);
  await page.goto(`${service.url}/completion`);
  await ready(page);
  if (someDay) {
    await page.locator('#field-as_of').fill(someDay);
    await page.locator('.field-error').waitFor();
  } else {
    console.log('skipped: the fiscal year has just begun');
  }
  await page.locator('#field-as_of').fill(`${YEAR}-04-30`);
  await ready(page);
  assert.equal(await page.locator('.field-error').count(), 0);
  clean(page);
  await page.context().close();
});

for (const screen of some(['phone', 'desktop'], 1)) {
  test(`HR plans, opens and ends a programme, and decides, on a ${screen}`, async () => {
    const page = await openAs(browser, service, 'hr', {
      screen,
      path: '/programmes',
      expect: ['the server responded with a status of 422'],
    });
    await page.locator('.training-card').first().waitFor();
    await accessible(page);
    await screenshot(page, `programmes-${screen}`);
    await page.getByRole('button', { name: '研修プログラムを作る' }).click();
    const form = page.locator('programme-form');
    await form.getByLabel('コード').fill(`bousai-${screen}`);
    await form.getByRole('button', { name: '保存する' }).click();
    await form.locator('.field-error').first().waitFor();
    await form.getByLabel('名称(日本語)').fill('防災まち歩き(見本)');
    await form.locator('summary').first().click();
    await form.locator('.training-options input').first().check();
    await accessible(page);
    await form.scrollIntoViewIfNeeded();
    await screenshot(page, `programmes-form-${screen}`);
    await form.getByRole('button', { name: '保存する' }).click();
    const card = page.locator('.training-card', { hasText: `bousai-${screen}` });
    await card.getByRole('button', { name: 'この年度を始める' }).click();
    await page.locator('dialog').getByRole('button', { name: 'この年度を始める' }).click();
    await card.getByText('実施中').waitFor();
    assert.equal(await card.getByRole('button', { name: '内容を変える' }).count(), 0, 'it is frozen');
    await card.getByRole('button', { name: '次の年度から実施しない' }).click();
    await card.getByText('次の年度からは実施しない').waitFor();
    await page.getByRole('button', { name: '申請を表示する' }).click();
    const list = page.locator('exemption-list');
    await list.locator('tbody tr').first().waitFor();
    await list.locator('input').first().fill('承認します');
    await screenshot(page, `programmes-exemptions-${screen}`);
    await list.getByRole('button', { name: '認める', exact: true }).first().click();
    await list.locator('.badge-done').first().waitFor();
    await accessible(page);
    clean(page);
    await page.context().close();
  });
}
