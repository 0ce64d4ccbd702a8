// Texts of a dataset that try to be markup, to break out of attributes, to turn the line around or
// to push the page apart: they are shown as the texts they are.
import { strict as assert } from "node:assert";

import { apiOf, waitForJob } from "./house/api.mjs";
import { widthFaults } from "./house/axe.mjs";
import { assertNone, openHouse, visitorTest } from "./house/house.mjs";
import { inLanguage } from "./house/page_types.mjs";
import { signIn } from "./house/staff.mjs";
import { kTown } from "./house/world.mjs";

const kElement = '<img src="x" onerror="alert(1)" data-hostile>';
const kScript = "<script data-hostile>alert(1)</script>";
const kLong = "とても長い題名".repeat(30) + "W".repeat(180);
const kTitle = `"'>${kElement}${kScript}{{t.home}}{{{title}}} \u202Egnp.exe\u202C ${kLong}`;
const kNotes = `${kScript}\n\n- ${kElement}\n- [押す](javascript:alert(1))\n\n</textarea></script>` +
  `<!-- --><style data-hostile>*{display:none}</style> ]]> ${"A".repeat(3000)}\n${"説明".repeat(1500)}`;
const kFile = `a"'>${kElement}.csv`;
const kColumns = ["名称", `"'>${kElement}`, "view", "区分__gte", "{{t.home}}", `c${"長い列".repeat(60)}`, "緯度", "経度"];
const kCell = `"'>${kElement}</td></table>${kScript}`;

function quoted(row) {
  return row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

const kRows = Array.from({ length: 12 }, (_, index) => [`施設${index}`, kCell, `${index}`, index % 2 ? "甲" : "{{乙}}",
  "=cmd|' /C calc'!A1", "W".repeat(400), `35.27${index}`, `139.58${index}`]);

const made = {};
const house = openHouse(async ({ site, world }) => {
  const api = apiOf(site, world.tokens.clerk);
  const dataset = await api.post("/datasets", {
    name: "akui", title: kTitle, description: kNotes, organization: kTown, license: "cc-by-4.0",
    tags: ["とても長いタグ" + "長".repeat(90)],
  });
  const csv = `\uFEFF${[kColumns, ...kRows].map(quoted).join("\r\n")}\r\n`;
  const resource = await api.upload("/datasets/akui/resources", csv, kFile, { name: kTitle });
  const job = await waitForJob(api, resource.meta.jobs[0]);
  assert.equal(job.state, "done", JSON.stringify(job));
  Object.assign(made, { dataset: dataset.data, resource: resource.data, job });
});

function readerPaths() {
  const resource = `/dataset/akui/resource/${made.resource.id}`;
  const hostile = encodeURIComponent(`"'>${kElement}`);
  const views = ["table", "columns", "map", "chart", "download", "api", "reading"];
  return ["/", "/dataset?sort=metadata_modified+desc", `/dataset?q=${hostile}`, `/dataset?tags=${hostile}`,
    "/dataset/akui", `/organization/${kTown}`, ...views.map((view) => `${resource}?view=${view}`),
    `${resource}?q=${hostile}`, `${resource}?${hostile}=${hostile}`, `${resource}?sort=${hostile}`,
    `${resource}?view=chart&x=${hostile}`, `/dataset/${hostile}`];
}

// Faults of the page as it is.
async function faultsOf(page) {
  const found = await page.evaluate(() => [
    ...[...document.querySelectorAll("[data-hostile], style, [onerror], [onclick]")].map((one) => `injected: ${one.outerHTML.slice(0, 200)}`),
    ...[...document.scripts].filter((one) => one.textContent.trim() && one.type !== "application/ld+json")
      .map((one) => `inline script: ${one.outerHTML.slice(0, 200)}`),
    ...[...document.querySelectorAll("a[href], form[action]")].filter((one) => /^(javascript|data|vbscript):/i.test(one.href ?? one.action))
      .map((one) => `address: ${one.outerHTML.slice(0, 200)}`),
    ...[...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((one) => {
      try {
        JSON.parse(one.textContent);
        return [];
      } catch (error) {
        return [`JSON-LD: ${error}`];
      }
    }),
  ]);
  return [...found, ...await widthFaults(page)];
}

async function faultsOfPaths(page, paths, language) {
  const faults = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of paths) {
      const reply = await page.goto(inLanguage(path, language), { waitUntil: "load" });
      if (reply.status() >= 500) faults.push(`${path} (${width}): status ${reply.status()}`);
      faults.push(...(await faultsOf(page)).map((fault) => `${path} (${width}): ${fault}`));
    }
  }
  return faults;
}

for (const language of ["ja", "en"]) {
  visitorTest(`hostile texts on pages for readers (${language})`, house, { language }, async ({ page }) => {
    assertNone(await faultsOfPaths(page, readerPaths(), language), "breaks");
  });
}

visitorTest("hostile texts in the staff corner", house, {}, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  const paths = ["/manage", "/manage/dataset/akui", "/manage/dataset/akui/edit", "/manage/dataset/akui/delete",
    `/manage/file/${made.resource.id}`, "/manage/jobs", `/manage/job/${made.job.id}`];
  assertNone(await faultsOfPaths(page, paths, "ja"), "breaks");
});

visitorTest("hostile texts are read as what they are", house, {}, async ({ page }) => {
  await page.goto("/dataset/akui");
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  assert.equal(heading.trim().replace(/\s+/g, " "), made.dataset.title.trim().replace(/\s+/g, " "));
  assert.ok((await page.title()).includes(kScript), "the title of the page is the dataset's");
  const body = await page.textContent("main");
  for (const text of [kScript, kElement, "[押す](javascript:alert(1))"]) assert.ok(body.includes(text), text);
  await page.goto(`/dataset/akui/resource/${made.resource.id}`);
  const rows = await page.locator("main").textContent();
  for (const text of [kCell, "{{t.home}}", "{{乙}}", "=cmd|"]) assert.ok(rows.includes(text), text);
});

visitorTest("feeds and sitemap with hostile texts are well-formed", house, {}, async ({ page }) => {
  await page.goto("/about");
  for (const path of ["/feeds/dataset.atom", "/sitemap.xml", `/feeds/organization/${kTown}.atom`]) {
    const reply = await fetch(house.site + path);
    assert.equal(reply.status, 200, path);
    const fault = await page.evaluate((text) => new DOMParser().parseFromString(text, "application/xml")
      .querySelector("parsererror")?.textContent ?? "", await reply.text());
    assert.equal(fault, "", path);
  }
});
