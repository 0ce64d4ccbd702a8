// The five main tasks without JavaScript: find, read, filter rows, download, see the API.
import { strict as assert } from "node:assert";

import { facilities, facilitiesCsv } from "./house/facilities.mjs";
import { openHouse, visitorTest } from "./house/house.mjs";
import { signIn } from "./house/staff.mjs";
import { addCondition, openTab, readCsv, shownCount, shownRows } from "./house/table_page.mjs";

const kParks = facilities().filter((row) => row.種別 === "公園");
const kNone = { javaScriptEnabled: false };

const house = openHouse();
const resourcePath = () => `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;

visitorTest("without JavaScript: find and read", house, kNone, async ({ page }) => {
  await page.goto("/");
  await page.locator('main input[name="q"]').fill("見本施設");
  await page.locator("main").getByRole("button", { name: /検索|探す/ }).first().click();
  await page.waitForURL(/\/dataset\?q=/);
  await page.getByRole("link", { name: "見本施設一覧" }).first().click();
  await page.waitForURL(`**/dataset/${house.facts.dataset}`);
  const text = await page.locator("main").textContent();
  for (const part of ["葉山町", "町内にある施設の名称", "120"]) assert.ok(text.includes(part), part);
  await page.locator(`main a[href*="/resource/${house.facts.resource}"]`).first().click();
  assert.equal(await shownCount(page), facilities().length);
  assert.equal((await shownRows(page))[0].名称, facilities()[0].名称);
});

visitorTest("without JavaScript: filter, sort, next page", house, kNone, async ({ page }) => {
  await page.goto(resourcePath());
  await addCondition(page, "種別", "と等しい", "公園");
  assert.equal(await shownCount(page), kParks.length);
  await page.getByRole("columnheader", { name: /収容人数/ }).getByRole("link").first().click();
  const sorted = (await shownRows(page)).map((row) => Number(row.収容人数.replaceAll(",", "")));
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a - b));
  await page.goto(resourcePath());
  const first = (await shownRows(page)).length;
  await page.getByRole("link", { name: /^次へ/ }).first().click();
  assert.equal((await shownRows(page))[0].名称, facilities()[first].名称);
});

visitorTest("without JavaScript: every view has its text, and rows can be taken home", house, kNone, async ({ page }) => {
  await page.goto(`${resourcePath()}?種別=公園`);
  await openTab(page, "地図");
  assert.ok((await page.locator("main").textContent()).includes(kParks[0].名称), "the list beside the map");
  await openTab(page, "グラフ");
  assert.ok(await page.locator("main svg").count() > 0, "the chart is drawn by the server");
  assert.ok(await page.locator("main table tbody tr").count() > 0, "the data of the chart");
  await openTab(page, "ダウンロード");
  const link = page.locator('main a[href*="export.csv"][href*="%E5%85%AC%E5%9C%92"]').first();
  const reply = await page.request.get(await link.getAttribute("href"));
  assert.equal(readCsv(await reply.text()).length, kParks.length);
});

visitorTest("without JavaScript: the API of this very filter", house, kNone, async ({ page }) => {
  await page.goto(`${resourcePath()}?種別=公園`);
  await openTab(page, "API");
  const snippets = (await page.locator("main pre").allTextContents()).join("\n");
  for (const word of ["curl", "requests", "fetch", "read", "Web.Contents"]) assert.ok(snippets.includes(word), word);
  assert.ok(snippets.includes(house.facts.resource), "the table's id is in the snippets");
  const buttons = page.getByRole("button", { name: "コピー" });
  assert.equal(await buttons.filter({ visible: true }).count(), 0, "no buttons that need JavaScript are shown");
});

visitorTest("without JavaScript: a clerk sends a file and takes it over", house, kNone, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.draft}/upload`);
  await page.locator("#field-file").setInputFiles({ name: "施設.csv", mimeType: "text/csv", buffer: facilitiesCsv() });
  await page.getByRole("button", { name: "送って読み取り結果を見る" }).click();
  await page.waitForURL(/\/manage\/job\//);
  const accept = page.getByRole("button", { name: "この内容で登録する" });
  for (let i = 0; i < 100 && await accept.count() === 0; ++i) {
    await page.getByRole("link", { name: "もう一度様子を見る" }).click({ timeout: 2000 }).catch(() => page.reload());
  }
  await accept.click();
  for (let i = 0; i < 100 && await page.getByText("データセットに入りました").count() === 0; ++i) await page.reload();
  assert.equal(await page.getByText("データセットに入りました").count(), 1);
});
