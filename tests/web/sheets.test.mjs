/** What is printed of a published route: the sheet for everybody, and the posters for those who design. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { OUTPUT, launch } from './support/browser.mjs';
import { start } from './support/server.mjs';
import { openAs } from './support/signed-in.mjs';

let browser, service, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sheets-'));
  [browser, service] = await Promise.all([launch(), start('demo', ['--base-map-url', 'none'])]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A PDF's text, and a picture of its first page in the output folder. */
function read(pdf, name) {
  const path = join(folder, `${name}.pdf`);
  writeFileSync(path, pdf);
  mkdirSync(OUTPUT, { recursive: true });
  execFileSync('pdftoppm', ['-r', '80', '-png', '-singlefile', path, join(OUTPUT, name)]);
  return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
}

const routes = async () => (await (await fetch(`${service.url}/api/routes`)).json()).routes;

test('the sheet of a route has its name, its stops and its times', async () => {
  const [route] = await routes();
  for (const size of ['a4', 'a3']) {
    const answer = await fetch(`${service.url}/api/routes/${route.id}/sheet.pdf?size=${size}&lang=ja`);
    assert.equal(answer.status, 200);
    // Lines break where they have to.
    const text = read(Buffer.from(await answer.arrayBuffer()), `sheet-${size}`).replace(/\s/g, '');
    for (const said of ['見本', route.title.ja, '歩く時間', '所要時間の目安'])
      assert.ok(text.includes(said.replace(/\s/g, '')), said);
    for (const stop of route.stops) assert.ok(text.includes(stop.name.ja.replace(/\s/g, '')), stop.name.ja);
  }
});

test('a trainer prints a poster for each stop', async () => {
  const page = await openAs(browser, service, 'trainer', { path: '/design' });
  const [route] = await routes();
  const answer = await page.request.get(`${service.url}/api/routes/${route.id}/posters.pdf`);
  assert.equal(answer.status(), 200);
  const text = read(await answer.body(), 'poster').replace(/\s/g, '');
  for (const stop of route.stops) assert.ok(text.includes(stop.name.ja.replace(/\s/g, '')), stop.name.ja);
});
