// A citizen with a browser as most have it: finds a dataset, narrows its table down, looks at it as
// chart and map, and takes the rows home.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";

import { facilities } from "./house/facilities.mjs";
import { openHouse, visitorTest } from "./house/house.mjs";
import { addCondition, openTab, readCsv, shownCount, shownRows } from "./house/table_page.mjs";

const kParks = facilities().filter((row) => row.種別 === "公園");
const kLarge = kParks.filter((row) => row.収容人数 >= 1000);

const house = openHouse();
const resourcePath = () => `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;

async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

visitorTest("finds a dataset from the home page by suggestions", house, {}, async ({ page }) => {
  await page.goto("/");
  const box = page.locator("main").getByRole("combobox").or(page.locator("main").getByRole("searchbox")).first();
  await box.click();
  await box.pressSequentially("見本施設", { delay: 20 });
  const option = page.getByRole("option").first();
  await option.waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  assert.match(await chosen.textContent(), /見本施設一覧/);
  assert.equal(await box.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
  await page.keyboard.press("Escape");
  await option.waitFor({ state: "hidden" });
  assert.match(await box.inputValue(), /見本施設/, "Escape keeps what was typed");
  await page.keyboard.press("ArrowDown");
  await option.waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/dataset/${house.facts.dataset}`);
});

visitorTest("searches, narrows the results and opens the table", house, {}, async ({ page }) => {
  await page.goto("/");
  await page.locator("main").locator('input[name="q"]').fill("施設");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dataset\?q=/);
  assert.ok(await page.locator("main mark").count() > 0, "the word is marked in the results");
  await page.locator('main a[href*="organization=143014"]').first().click();
  await page.waitForURL(/organization=143014/);
  const result = page.getByRole("link", { name: "見本施設一覧" });
  await result.first().waitFor();
  assert.equal(await page.getByRole("link", { name: "AED設置箇所一覧" }).count(), 0, "another town's is gone");
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("organization"));
  await page.goForward();
  await result.first().click();
  await page.waitForURL(`**/dataset/${house.facts.dataset}`);
  await page.locator(`main a[href*="/resource/${house.facts.resource}"]`).first().click();
  await page.waitForURL(`**${resourcePath()}*`);
  assert.equal(await shownCount(page), facilities().length);
});

visitorTest("filters and sorts rows; the address is the state", house, {}, async ({ page }) => {
  await page.goto(resourcePath());
  await addCondition(page, "種別", "と等しい", "公園");
  await assertCount(page, kParks.length);
  await addCondition(page, "収容人数", /^以上/, "1000");
  await assertCount(page, kLarge.length);
  const live = page.locator("#live");
  await page.waitForFunction((count) => document.getElementById("live").textContent.includes(count), `${kLarge.length}`);
  assert.match(await live.textContent(), /行/, "the new count is said");
  const header = page.getByRole("columnheader", { name: /収容人数/ });
  await header.getByRole("link").first().click();
  await page.waitForURL(/sort=/);
  await page.waitForFunction(() => document.querySelector('th[aria-sort="ascending"]'));
  const capacities = (await shownRows(page)).map((row) => Number(row.収容人数.replaceAll(",", "")));
  assert.deepEqual(capacities, [...kLarge].map((row) => row.収容人数).sort((a, b) => a - b));
  const address = page.url();
  await page.goto("/about");
  await page.goto(address);
  await assertCount(page, kLarge.length);
  await page.getByRole("link", { name: /外す.*種別|種別.*外す/ }).first().click();
  await assertCount(page, facilities().filter((row) => row.収容人数 >= 1000).length);
  await page.goBack();
  await assertCount(page, kLarge.length);
});

visitorTest("writes dates and numbers as people do", house, {}, async ({ page }) => {
  const year = (row) => Number(row.開設日.slice(0, 4));
  await page.goto(resourcePath());
  await addCondition(page, "開設日", "と等しい", "平成2年");
  await assertCount(page, facilities().filter((row) => year(row) === 1990).length);
  assert.match(decodeURIComponent(page.url()), /開設日__gte=1990-01-01&開設日__lte=1990-12-31/);
  await page.goto(resourcePath());
  await addCondition(page, "収容人数", /^以上/, "１，０００");
  await assertCount(page, facilities().filter((row) => row.収容人数 >= 1000).length);
});

async function assertCount(page, count) {
  const end = Date.now() + 10_000;
  while (await shownCount(page) !== count && Date.now() < end) await page.waitForTimeout(50);
  assert.equal(await shownCount(page), count);
}

visitorTest("chart and map show the filtered rows, with their tables", house, {}, async ({ page }) => {
  await page.goto(`${resourcePath()}?種別=公園`);
  await openTab(page, "グラフ");
  const chart = page.locator("main svg[role=img], main figure svg").first();
  await chart.waitFor();
  const numbers = page.locator("main table.data, main figure table, main table").first();
  assert.ok(await numbers.locator("tbody tr").count() > 0, "the chart has a table of its data");
  assert.match(page.url(), /%E5%85%AC%E5%9C%92|公園/, "the filter stays");
  await openTab(page, "地図");
  await page.locator(".leaflet-container").waitFor();
  await page.locator(".leaflet-marker-icon").first().waitFor();
  assert.ok((await page.locator("main").textContent()).includes(kParks[0].名称), "a list stands beside the map");
  assert.match(page.url(), /view=map/);
});

visitorTest("downloads what the filter left, for Excel and for programs", house, {}, async ({ page }) => {
  await page.goto(`${resourcePath()}?種別=公園`);
  await openTab(page, "ダウンロード");
  const files = page.locator("#table");
  const csv = await download(page, files.locator('a[href*="export.csv"]').first());
  const rows = readCsv(csv.bytes.toString("utf8"));
  assert.deepEqual(rows.map((row) => row.名称), kParks.map((row) => row.名称));
  assert.deepEqual(rows.map((row) => Number(row.収容人数)), kParks.map((row) => row.収容人数));
  const old = await download(page, files.getByRole("link", { name: "CSV（古い Excel 用・Shift_JIS）" }).first());
  assert.ok(new TextDecoder("shift_jis").decode(old.bytes).includes("車いすで利用できます①"), "CP932 has its own characters");
  const sheet = await download(page, files.locator('a[href*="xlsx"]').first());
  assert.equal(sheet.bytes.subarray(0, 2).toString(), "PK", sheet.name);
  assert.match(sheet.name, /\.xlsx$/);
});

function stateOf(url) {
  return [...new URL(url).searchParams].map((pair) => pair.join("=")).sort();
}

visitorTest("changes to English and stays where it was", house, {}, async ({ page }) => {
  for (const path of [`${resourcePath()}?種別=公園&view=chart`, "/dataset?q=施設&organization=143014", "/about"]) {
    await page.goto(path);
    const before = new URL(page.url());
    await page.getByRole("link", { name: "English" }).click();
    await page.waitForURL((url) => url.pathname === `/en${before.pathname}`);
    assert.deepEqual(stateOf(page.url()), stateOf(before), "the state is kept");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.getByRole("link", { name: "日本語" }).click();
    await page.waitForURL((url) => url.pathname === before.pathname);
    assert.deepEqual(stateOf(page.url()), stateOf(before));
  }
});
