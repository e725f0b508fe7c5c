/** The page of where walks went: on a map, in a table and as a file. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  accessible,
  clean,
  launch,
  screenshot,
  some,
} from "./support/browser.mjs";
import { openAs, ready } from "./support/signed-in.mjs";
import { start } from "./support/server.mjs";
import { firstRoute, sendVisits, somebody, visit } from "./support/visits.mjs";

const WALKERS = [
  "staff",
  "trainer",
  "manager",
  "hr",
  "registrar",
  "editor",
  "admin",
];
let browser, service, route;
before(async () => {
  [browser, service] = await Promise.all([
    launch(),
    start("demo", ["--base-map-url", "none"]),
  ]);
  route = await firstRoute(service);
  // All of them walk the whole route, but for the last two, who see only its first stop.
  for (const [index, persona] of WALKERS.entries()) {
    const walker = await somebody(browser, service, persona);
    const stops = index < 5 ? route.stops.keys() : [0];
    await sendVisits(
      walker,
      [...stops].map((stop) => visit(route, stop, { metres: 2, accuracy: 5 })),
    );
    await walker.close();
  }
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** So many were with the demo's outing on that route. */
const WITH_OUTING = 6;

/** Waits until all walks of the route are counted. */
async function counted(page) {
  const walks = () =>
    page.evaluate(async (id) => {
      const { routes } = await (await fetch("/api/training/coverage")).json();
      return routes.find((one) => one.id === id)?.years.at(-1).walked?.walks;
    }, route.id);
  while ((await walks()) !== WALKERS.length + WITH_OUTING) await page.waitForTimeout(200);
}

for (const [language, screen, persona] of some([
  ["ja", "desktop", "hr"],
  ["en", "phone", "trainer"],
  ["easy", "phone", "editor"],
])) {
  test(`where walks went is seen in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, persona, {
      screen,
      path: "/account",
      language,
    });
    await counted(page);
    await page.goto(`${service.url}/coverage`);
    await ready(page);
    await page.locator(".coverage-map.leaflet-container").waitFor();
    await accessible(page);
    await screenshot(page, `coverage-${language}-${screen}`);
    const rows = page.locator(".data-table tbody tr");
    const figures = async (row) =>
      row.locator(".cell-number .cell-value").last().innerText();
    const localities = await rows.count();
    assert.ok(Number(await figures(rows.first())) >= 5, "the most are first");
    await page.locator("#field-order").selectOption("least");
    assert.equal(await figures(rows.first()), "0");
    await page.locator("#field-kind").selectOption("routes");
    await page.waitForFunction(
      (count) =>
        document.querySelectorAll(".data-table tbody tr").length < count,
      localities,
    );
    const own = rows.filter({ hasText: route.title[language] });
    assert.equal(await figures(own), String(WALKERS.length + WITH_OUTING));
    await page.locator("#field-figure").selectOption("visits");
    assert.equal(
      await figures(own),
      String((5 + WITH_OUTING) * route.stops.length + 2),
    );
    await page.locator("#field-figure").selectOption("completed");
    assert.equal(await figures(own), String(5 + WITH_OUTING));
    // The table and the map point to each other.
    await rows.first().getByRole("button").click();
    assert.equal(await page.locator(".data-table .row-current").count(), 1);
    await page.locator("#field-kind").selectOption("organisations");
    await page.locator("#table").scrollIntoViewIfNeeded();
    await screenshot(page, `coverage-table-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test("figures are saved as a file, and whoever may not see them gets no page", async () => {
  const page = await openAs(browser, service, "manager", { path: "/coverage" });
  await ready(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('[data-format="csv"]').click(),
  ]);
  assert.match(download.suggestedFilename(), /歩かれた場所\.csv$/);
  clean(page);
  await page.context().close();
  const staff = await openAs(browser, service, "staff", {
    path: "/coverage",
    expect: ["404"],
  });
  await ready(staff);
  assert.equal(await staff.locator(".coverage-map").count(), 0);
  await staff.context().close();
});
