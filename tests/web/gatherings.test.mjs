/** Councils' gatherings: planned by the registrar, joined and attended by residents, with and without a network. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  accessible,
  clean,
  launch,
  screenshot,
  some,
} from "./support/browser.mjs";
import { asking } from "./support/outings.mjs";
import { start } from "./support/server.mjs";
import { openAs, ready } from "./support/signed-in.mjs";

let browser, service, registrar;
before(async () => {
  [browser, service] = await Promise.all([
    launch(),
    start("demo", ["--base-map-url", "none"]),
  ]);
  registrar = await asking(browser, service, "registrar");
  const { tasks } = await registrar.ask("GET", "/api/housing/tasks");
  const { residency_id, suggestion, assignment } = tasks.find(
    (task) => task.staff_number === "900002",
  );
  const decision = {
    residency_id,
    council_id: suggestion.council_id,
    decisions: assignment.decisions,
  };
  await registrar.ask("POST", "/api/housing/assignments", {
    decisions: [decision],
  });
});
after(async () => {
  await registrar?.close();
  await browser?.close();
  await service?.stop();
});

const OFFLINE = ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch"];
const HOUR = 3_600_000;

async function look(page, name) {
  await ready(page);
  const text = await page.locator("main").innerText();
  assert.doesNotMatch(
    text,
    /\{\w+\}|undefined/,
    `${name}: no placeholder is left`,
  );
  const [wide, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  assert.ok(wide <= room, `${name}: nothing sticks out: ${wide} of ${room}`);
  await accessible(page);
  await screenshot(page, name);
}

/** A gathering of every council that began half an hour ago. */
const begun = (title) =>
  registrar.ask("POST", "/api/gatherings", {
    kind: "drill",
    duty: "official",
    title,
    place: "【見本】校庭",
    starts_at: new Date(Date.now() - HOUR / 2).toISOString(),
    duration_min: 120,
    note: "動きやすい服で来てください。\n雨のときは体育館です。",
  });

for (const [language, screen] of some(
  [
    ["ja", "desktop"],
    ["en", "phone"],
    ["easy", "phone"],
  ],
  0,
)) {
  test(`the registrar plans a meeting in ${language} on a ${screen}`, async () => {
    const page = await openAs(browser, service, "registrar", {
      screen,
      path: "/gatherings",
      language,
    });
    await page.locator("[data-add]").waitFor();
    await look(page, `gatherings-${language}-${screen}`);
    await page.locator("[data-add]").click();
    await page.locator(".gathering-councils input").first().waitFor();
    await page.locator("gathering-form button[type=submit]").click();
    await page.locator(".field-error").first().waitFor();
    await look(page, `gatherings-form-${language}-${screen}`);
    await page.locator("#field-title").fill(`【見本】定例会 ${language}`);
    await page.locator("#field-place").fill("【見本】集会室");
    const day = new Date(Date.now() + 48 * HOUR).toISOString().slice(0, 10);
    await page.locator("#field-day").fill(day);
    await page.locator("gathering-form button[type=submit]").click();
    await page.locator("gathering-detail h2").first().waitFor();
    await page.locator("[data-roll-open]").click();
    await page.locator(".roll-row").first().waitFor();
    await look(page, `gatherings-detail-${language}-${screen}`);
    clean(page);
    await page.context().close();
  });
}

test("a resident signs up, shows by the code without a network that they are there, and has it on record", async () => {
  const made = await begun("【見本】避難所の訓練");
  const page = await openAs(browser, service, "resident", {
    screen: "phone",
    path: "/council",
    expect: OFFLINE,
  });
  const card = page.locator(`[data-gathering="${made.id}"]`);
  await card.locator("[data-join=join]").click();
  await card.locator("[data-join=leave]").waitFor();
  const { code } = await registrar.ask(
    "GET",
    `/api/gatherings/${made.id}/code`,
  );
  await page.context().setOffline(true);
  await card.locator("input").fill("12345");
  await card.locator("button[type=submit]").click();
  await card.locator(".field-error").waitFor();
  await card.locator("input").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await card.locator("button[type=submit]").click();
  await card.locator("[data-checked-in=kept]").waitFor();
  await look(page, "council-gathering-kept-phone");
  await page.context().setOffline(false);
  await card.locator("[data-checked-in=sent]").waitFor({ timeout: 60_000 });
  await page.reload();
  await page.locator("my-participation [data-kind=drill]").waitFor();
  await look(page, "council-gathering-record-phone");
  clean(page);
  await page.context().close();
});

test("the roll is called on a phone without a network, and the code is on the screen", async () => {
  const made = await begun("【見本】点呼の訓練");
  const page = await openAs(browser, service, "registrar", {
    screen: "phone",
    path: `/gatherings#${made.id}`,
    expect: OFFLINE,
  });
  await page.locator("[data-code-show]").click();
  await page.locator(".code-figures").waitFor();
  await page.locator("[data-roll-open]").click();
  await page.locator(".roll-row").first().waitFor();
  await page.context().setOffline(true);
  const [first, second] = [
    page.locator(".roll-row").nth(0),
    page.locator(".roll-row").nth(1),
  ];
  await first.locator("[data-present=yes]").click();
  await second.locator("[data-present=yes]").click();
  await second.locator("[data-present=no]").click();
  await page.locator("[data-reached=unsent]").nth(1).waitFor();
  await look(page, "gatherings-roll-phone");
  await page.context().setOffline(false);
  await page.waitForFunction(
    () => !document.querySelector("[data-reached=unsent]"),
    null,
    { timeout: 60_000 },
  );
  const { people } = await registrar.ask(
    "GET",
    `/api/gatherings/${made.id}/roll`,
  );
  const said = new Map(
    people.map(({ residency_id, present }) => [residency_id, present]),
  );
  assert.equal(said.get(await first.getAttribute("data-home")), true);
  assert.equal(
    said.get(await second.getAttribute("data-home")),
    false,
    "the later tap counts",
  );
  clean(page);
  await page.context().close();
});

test("a note goes to the registrar, who sends it back and then releases it", async () => {
  const page = await openAs(browser, service, "resident", {
    screen: "desktop",
    path: "/council",
  });
  const handover = page.locator("my-handover");
  await handover.locator("textarea").fill("分電盤は玄関の右です。");
  await handover.locator("button[type=submit]").click();
  await handover.locator(".notice").first().waitFor();
  const desk = await openAs(browser, service, "registrar", {
    screen: "desktop",
    path: "/gatherings",
  });
  await desk.locator("[data-handovers-open]").click();
  await desk.locator("[data-return]").click();
  await desk.locator("#field-remark").fill("写真の場所も書いてください。");
  await desk.locator("handover-notes button[type=submit]").click();
  await page.reload();
  await handover.getByText("写真の場所も書いてください。").waitFor();
  await look(page, "council-handover-desktop");
  await handover.locator("button[type=submit]").click();
  await page.waitForFunction(
    () => !document.querySelector("my-handover .notice-warning"),
  );
  await desk.reload();
  await desk.locator("[data-handovers-open]").click();
  await desk.locator("[data-release]").click();
  await desk.locator(".badge-done").first().waitFor();
  await look(desk, "gatherings-handovers-desktop");
  for (const one of [page, desk]) {
    clean(one);
    await one.context().close();
  }
});
