// Every task with the keyboard alone; the focus is always to be seen and never lost.
import { strict as assert } from "node:assert";
import { test } from "node:test";

import { faultsOfPages } from "./house/crew.mjs";
import { facilities } from "./house/facilities.mjs";
import { assertNone, openHouse, visitorTest } from "./house/house.mjs";
import { choose, focused, tabTo, walk } from "./house/keyboard.mjs";
import { pageTypes } from "./house/page_types.mjs";
import { signIn } from "./house/staff.mjs";
import { shownCount } from "./house/table_page.mjs";

const kParks = facilities().filter((row) => row.種別 === "公園");

const house = openHouse();
const resourcePath = () => `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;

async function assertFocusKept(page, what) {
  assert.notEqual(await focused(page), "", `the focus was lost: ${what}`);
}

visitorTest("the skip link is the first stop, is to be seen, and leads into the page", house, {}, async ({ page }) => {
  for (const path of ["/", "/en/dataset", "/manage/sign-in"]) {
    await page.goto(path);
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /本文|[Ss]kip/, path);
    const box = await page.evaluate(() => document.activeElement.getBoundingClientRect().toJSON());
    assert.ok(box.left >= 0 && box.top >= 0 && box.width > 20 && box.height >= 24, `${path}: ${JSON.stringify(box)}`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main, footer"))), path);
  }
});

for (const [name, wants] of [["readers", false], ["staff", true]]) {
  test(`every stop of the Tab key is to be seen, and every page ends (${name})`, async () => {
    const pages = pageTypes(house.facts).filter(({ staff }) => staff === wants);
    const enter = wants ? (page) => signIn(page, house.world.tokens.clerk) : undefined;
    assertNone(await faultsOfPages(house, pages, { enter }, async (page, { name: kind, path }) => {
      await page.goto(path, { waitUntil: "load" });
      return (await walk(page)).map((fault) => `${kind} ${path}: ${fault}`);
    }), "faults");
  });
}

visitorTest("find a dataset and open its table", house, {}, async ({ page }) => {
  await page.goto("/");
  await tabTo(page, 'main input[name="q"]');
  await page.keyboard.type("見本施設");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dataset\?q=/);
  await tabTo(page, /見本施設一覧/);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/dataset/${house.facts.dataset}`);
  await tabTo(page, `main a[href*="/resource/${house.facts.resource}"]`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/resource\//);
});

visitorTest("narrow a search with a facet and take it away again", house, {}, async ({ page }) => {
  await page.goto("/dataset?q=施設");
  await tabTo(page, 'main a[href*="organization=142069"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/organization=142069/);
  await page.waitForFunction(() => document.querySelector("main .chips"));
  await assertFocusKept(page, "after a facet");
  await page.locator("#main").focus();
  await tabTo(page, "main .chips a[href]");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.search.includes("organization"));
  await page.waitForFunction(() => !document.querySelector("main .chips a[href*='organization']"));
  await assertFocusKept(page, "after a chip was taken away");
});

visitorTest("filter, sort and page a table", house, {}, async ({ page }) => {
  await page.goto(resourcePath());
  await tabTo(page, /<summary> 条件を加える/);
  await page.keyboard.press("Enter");
  await tabTo(page, "#f-column");
  await choose(page, "種別");
  await tabTo(page, "#f-op");
  await choose(page, "と等しい");
  await tabTo(page, "#f-value");
  await page.keyboard.type("公園");
  await page.keyboard.press("Enter");
  await page.waitForURL(/%E7%A8%AE%E5%88%A5=/);
  await page.waitForFunction((count) => document.querySelector("[data-announce]")?.textContent.includes(count), `${kParks.length}`);
  await assertFocusKept(page, "after a condition");
  await page.locator("#main").focus();
  await tabTo(page, /<a [^>]*> 収容人数/);
  const before = await focused(page);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("th[aria-sort]"));
  assert.equal((await focused(page)).replace(/[▲▼△▽↑↓\s]+$/u, ""), before, "the heading keeps the focus");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector('th[aria-sort="descending"]'));
  assert.equal(await shownCount(page), kParks.length);
  await page.goto(`${resourcePath()}?limit=20`);
  await tabTo(page, /次へ/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/page=2/);
  await page.waitForFunction(() => document.querySelector("#pager-previous, a[rel~=prev]"));
  await assertFocusKept(page, "after the next page");
});

visitorTest("views, chart choices, download", house, {}, async ({ page }) => {
  await page.goto(resourcePath());
  for (const [name, view] of [["グラフ", "chart"], ["地図", "map"], ["ダウンロード", "download"]]) {
    await tabTo(page, new RegExp(`<a> ${name}`));
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`view=${view}`));
    if (view === "chart") {
      await tabTo(page, "#chart-x");
      await choose(page, "種別");
      await tabTo(page, /描く|表示|変える|<button[^>]*>/);
      await page.keyboard.press("Enter");
      await page.waitForURL(/x=/);
      await page.locator("main svg").first().waitFor();
    }
  }
  await tabTo(page, 'main a[href*="export.csv"]');
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(file.suggestedFilename(), /\.csv$/);
});

visitorTest("places on the map", house, {}, async ({ page }) => {
  await page.goto(`${resourcePath()}?view=map&種別=公園`);
  await page.locator(".leaflet-marker-icon").first().waitFor();
  await tabTo(page, ".leaflet-container, .leaflet-marker-icon");
  await tabTo(page, ".leaflet-marker-icon");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".leaflet-popup") || document.querySelectorAll(".leaflet-marker-icon").length > 1);
  await tabTo(page, "main a, main button:not(.leaflet-container button)");
});

visitorTest("a clerk's work: sign in, write a dataset, choose a file", house, {}, async ({ page }) => {
  await page.goto("/manage");
  await tabTo(page, 'input[name="token"]');
  await page.keyboard.insertText(house.world.tokens.clerk);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/manage$/);
  await tabTo(page, 'main a[href="/manage/new"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/manage\/new/);
  await tabTo(page, 'input[name="title"]');
  await page.keyboard.insertText("鍵盤だけで作ったデータセット");
  await tabTo(page, /<button> 作って次へ進む/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/manage\/dataset\//);
  await page.goto(`/manage/dataset/${house.facts.draft}/upload`);
  await tabTo(page, 'input[type="file"]');
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
  await chooser.setFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
  await tabTo(page, /<button> 送って読み取り結果を見る/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/manage\/job\//);
  await page.getByRole("heading", { name: "この内容でよいですか" }).waitFor({ timeout: 30_000 });
  await tabTo(page, /<button> この内容で登録する/);
  await page.keyboard.press("Enter");
  await page.getByText("データセットに入りました").first().waitFor({ timeout: 30_000 });
});
