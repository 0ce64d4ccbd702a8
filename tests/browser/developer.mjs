// Somebody who writes programs: from a filter on the page to the same rows in curl, Python and
// JavaScript; documentation; feeds; what search engines read.
import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { facilities } from "./house/facilities.mjs";
import { assertNone, openHouse, visitorTest } from "./house/house.mjs";
import { run } from "./house/processes.mjs";
import { openTab, readCsv, shownCount } from "./house/table_page.mjs";

// In the place of pandas, which is large: the same call, answered with the rows as they are.
const kPandas = `import csv, io

def read_csv(source, dtype=None):
    return [row for row in csv.DictReader(io.TextIOWrapper(source, "utf-8-sig"))]
`;

const house = openHouse();
const resourcePath = () => `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;
const kLarge = facilities().filter((row) => row.種別 === "公園" && row.収容人数 >= 500);

// Runs body(folder) with a folder that is gone afterwards.
async function inFolder(body) {
  const folder = mkdtempSync(join(tmpdir(), "minato-snippet-"));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const runners = {
  curl: (code) => inFolder(async (folder) => {
    await run(["/bin/sh", "-euc", `cd '${folder}'\n${code}`]);
    return readCsv(readFileSync(join(folder, "table.csv"), "utf8"));
  }),
  python: (code) => inFolder(async (folder) => {
    mkdirSync(join(folder, "stand-in"));
    writeFileSync(join(folder, "stand-in", "pandas.py"), kPandas);
    writeFileSync(join(folder, "snippet.py"), `${code}\nimport json\nprint("ROWS" + json.dumps(table))\n`);
    const out = await run(["python3", join(folder, "snippet.py")],
      { env: { ...process.env, PYTHONPATH: join(folder, "stand-in"), PYTHONIOENCODING: "utf-8" } });
    return JSON.parse(out.split("ROWS").at(-1));
  }),
  javascript: (code) => inFolder(async (folder) => {
    writeFileSync(join(folder, "snippet.mjs"), `${code}\nconsole.log("ROWS" + JSON.stringify(rows));\n`);
    return JSON.parse((await run([process.execPath, join(folder, "snippet.mjs")])).split("ROWS").at(-1));
  }),
};

visitorTest("the snippets give the rows that the page shows", house, {}, async ({ page }) => {
  await page.goto(`${resourcePath()}?種別=公園&収容人数__gte=500&sort=-収容人数`);
  assert.equal(await shownCount(page), kLarge.length);
  await openTab(page, "API");
  const wanted = [...kLarge].sort((a, b) => b.収容人数 - a.収容人数).map((row) => row.名称);
  for (const [id, runner] of Object.entries(runners)) {
    const code = await page.locator(`pre#${id}`).textContent();
    assert.ok(code.includes(house.site), `${id}: the address of this site`);
    assert.deepEqual((await runner(code)).map((row) => row.名称), wanted, `${id}:\n${code}`);
  }
  const address = await page.locator("pre#api-url").textContent();
  const reply = await (await fetch(address.trim())).json();
  assert.deepEqual(reply.data.map((row) => row.名称), wanted, address);
});

visitorTest("the snippets hold with quotes, blanks and Japanese in the filter", house, {}, async ({ page }) => {
  const words = `見本's "1" $(id) \\ %41 & 公園`;
  await page.goto(`${resourcePath()}?名称__ne=${encodeURIComponent(words)}&view=api`);
  for (const [id, runner] of Object.entries(runners)) {
    const code = await page.locator(`pre#${id}`).textContent();
    assert.equal((await runner(code)).length, facilities().length, `${id}:\n${code}`);
  }
});

visitorTest("a snippet is copied with a button", house, {}, async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${resourcePath()}?view=api`);
  const code = await page.locator("pre#curl").textContent();
  await page.locator('button[data-copy="curl"]').click();
  await page.waitForFunction(() => document.getElementById("live").textContent.includes("コピーしました"));
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), code.trim());
});

visitorTest("every operation of openapi.json is described on the page of the API", house, {}, async ({ page }) => {
  await page.goto("/docs");
  await page.locator("main").getByRole("link", { name: /API/ }).first().click();
  await page.waitForLoadState("load");
  const spec = await (await fetch(`${house.site}/api/v1/openapi.json`)).json();
  const links = await page.locator('main a[href^="/docs/api"]').evaluateAll((all) => all.map((one) => one.href.split("#")[0]));
  let text = "";
  for (const url of new Set([`${house.site}/docs/api`, ...links])) {
    await page.goto(url);
    text += await page.locator("main").textContent();
  }
  const missing = Object.keys(spec.paths).filter((path) => path.startsWith("/api/v1/") && !text.includes(path));
  assertNone(missing.map((path) => `${path}: not described`), "paths");
});

visitorTest("the feed of a search is Atom with its results", house, {}, async ({ page }) => {
  await page.goto("/dataset?q=施設&organization=143014");
  const feed = await page.locator('main a[type="application/atom+xml"]').first().getAttribute("href");
  const reply = await fetch(new URL(feed, house.site));
  assert.match(reply.headers.get("content-type"), /^application\/atom\+xml/);
  const read = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, "application/xml");
    const told = (entry, name) => entry.getElementsByTagName(name)[0]?.textContent ?? "";
    return {
      fault: xml.querySelector("parsererror")?.textContent, root: xml.documentElement.namespaceURI,
      feed: ["id", "title", "updated"].map((name) => told(xml.documentElement, name)),
      entries: [...xml.getElementsByTagName("entry")].map((entry) => ({
        title: told(entry, "title"), id: told(entry, "id"), updated: told(entry, "updated"),
        link: entry.getElementsByTagName("link")[0]?.getAttribute("href"),
      })),
    };
  }, await reply.text());
  assert.equal(read.fault, undefined);
  assert.equal(read.root, "http://www.w3.org/2005/Atom");
  assert.ok(read.feed.every(Boolean), `id, title, updated: ${read.feed}`);
  assert.ok(read.entries.some(({ title }) => title === "見本施設一覧"), JSON.stringify(read.entries));
  for (const entry of read.entries) {
    assert.ok(entry.id && Date.parse(entry.updated) && entry.link, JSON.stringify(entry));
  }
});

visitorTest("search engines find a schema.org Dataset", house, {}, async ({ page }) => {
  for (const name of [house.facts.dataset, house.facts.shipped.dataset, house.facts.harvested.dataset]) {
    await page.goto(`/dataset/${name}`);
    const found = JSON.parse(await page.locator('script[type="application/ld+json"]').first().textContent());
    const dataset = (found["@graph"] ?? [found]).find((part) => part["@type"] === "Dataset");
    assert.match(String(found["@context"]), /^https?:\/\/schema\.org/, name);
    // Of the shipped ones some have no licence yet.
    const licensed = name === house.facts.dataset ? ["license"] : [];
    for (const field of ["name", "description", "url", "publisher", "dateModified", "distribution", ...licensed]) {
      assert.ok(dataset[field], `${name}: ${field} is missing: ${JSON.stringify(dataset).slice(0, 400)}`);
    }
    for (const file of [dataset.distribution].flat()) {
      assert.equal(file["@type"], "DataDownload");
      assert.match(file.contentUrl, /^https?:\/\//, name);
    }
  }
});
