/** A whole layer is put together from compressed parts; a real browser must read each coding. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open } from './support/browser.mjs';
import { start } from './support/server.mjs';

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([launch(), start('serve', ['--base-map-url', 'none'])]);
  const rows = Array.from({ length: 3000 }, (_, n) => ({
    name: `施設${n}`,
    address: `番地${n}`,
    lat: 35.63 + (n % 50) / 1000,
    lng: 139.73 + Math.floor(n / 50) / 1500,
  }));
  const folder = mkdtempSync(join(tmpdir(), 'machiaruki-codings-'));
  writeFileSync(`${folder}/many.json`, JSON.stringify(rows));
  service.run('import', 'facilities', `${folder}/many.json`);
  rmSync(folder, { recursive: true });
  // How soon it has to be there is measured elsewhere: here other tests share the machine.
  const deadline = Date.now() + 30_000;
  while ((await (await fetch(`${service.url}/ogc/collections/facilities`)).json()).itemCount !== 3000) {
    assert.ok(Date.now() < deadline, 'the import did not reach the running service in time');
    await new Promise((done) => setTimeout(done, 50));
  }
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** The service behind a proxy that asks it for one coding: a page cannot choose. */
async function asking(coding) {
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, 'accept-encoding': coding };
    request(service.url + asked.url, { method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
    }).end();
  });
  await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${proxy.address().port}`, stop: () => proxy.close() };
}

for (const coding of ['br', 'zstd', 'gzip']) {
  test(`${coding}: Chromium reads 3,000 features`, async () => {
    const proxied = await asking(coding);
    const page = await open(browser, proxied);
    const used = page.waitForResponse('**/api/layers/facilities/features*');
    const count = await page.evaluate(async () => {
      const answer = await fetch('/api/layers/facilities/features', { cache: 'no-store' });
      const names = (await answer.json()).features.map(({ properties }) => properties.name);
      return new Set(names).size;
    });
    assert.equal((await (await used).allHeaders())['content-encoding'], coding);
    assert.equal(count, 3000);
    await page.context().close();
    proxied.stop();
  });
}
