/** Designing in a closed network: without tiles, the map shows the ways that one can walk. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, clean, launch, screenshot } from "./support/browser.mjs";
import { openAs, ready } from "./support/signed-in.mjs";
import { start } from "./support/server.mjs";

let browser, service;
before(async () => {
  [browser, service] = await Promise.all([
    launch(),
    start("demo", ["--base-map-url", "none"]),
  ]);
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test("ways are drawn once one is near, and their source is named", async () => {
  const page = await openAs(browser, service, "trainer", { path: "/design" });
  await ready(page);
  const card = page
    .locator(".card", { hasText: "【見本】芝・寺社とタワーのコース" })
    .first();
  await card.getByRole("button", { name: /新しい版を作る/ }).click();
  await page.locator(".design-map.leaflet-container").waitFor();
  const ways = page.locator('.leaflet-base-pane path[stroke="#b4bac0"]');
  for (let step = 0; step < 3 && (await ways.count()) === 0; step += 1) {
    await page
      .getByRole("button", { name: "拡大", exact: false })
      .first()
      .click();
    await page.waitForLoadState("networkidle");
  }
  await ways.first().waitFor({ state: "attached" });
  assert.ok((await ways.count()) > 10);
  assert.match(
    await page.locator(".map-credits").innerText(),
    /歩行者ネットワーク/,
  );
  await accessible(page);
  await screenshot(page, "design-closed");
  // From far away they would only hide the ward.
  for (let step = 0; step < 4; step += 1)
    await page
      .getByRole("button", { name: "縮小", exact: false })
      .first()
      .click();
  await page.waitForFunction(
    () =>
      document.querySelectorAll('.leaflet-base-pane path[stroke="#b4bac0"]')
        .length === 0,
  );
  clean(page);
  await page.context().close();
});
