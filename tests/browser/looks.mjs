// How pages look when their reader decides: on paper, in the colours of Windows' high contrast, with
// letters twice as large. And what an installation says that has nothing yet.
import { strict as assert } from "node:assert";
import { test } from "node:test";

import { axeFaults, kColourRules, widthFaults } from "./house/axe.mjs";
import { faultsOfPages } from "./house/crew.mjs";
import { assertNone, openHouse, visitorTest } from "./house/house.mjs";
import { inLanguage, pageTypes } from "./house/page_types.mjs";
import { visit } from "./house/visitor.mjs";
import { openEmpty } from "./house/world.mjs";

const kPaper = { width: 680, height: 1000 };  // A4 at 96 dots per inch, less its margins
const kPhone = { width: 390, height: 844 };
const kParks = `${encodeURIComponent("種別")}=${encodeURIComponent("公園")}`;

const house = openHouse();
const resourcePath = () => `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;
const readersPages = () => pageTypes(house.facts).filter(({ staff }) => !staff);
// One of each kind of thing that has colours.
const kColoured = ["home", "search-found", "dataset-harvested", "resource-table", "resource-chart", "harvest"];

// Lines about what paper cannot show (it does not scroll), and about what is of no use on it.
function paperFaults() {
  const width = document.documentElement.clientWidth;
  const isShown = (element) => element.getClientRects().length > 0;
  const name = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 40)}`;
  const cut = [...document.querySelectorAll("main th, main td, main p, main pre, main svg")].filter((element) =>
    isShown(element) && !element.closest(".hidden") && element.getBoundingClientRect().right > width + 1);
  const useless = [...document.querySelectorAll("form, button, nav, .actions, .site-footer")].filter(isShown);
  return [...cut.slice(0, 3).map((element) => `cut off: ${name(element)}`),
    ...useless.slice(0, 3).map((element) => `of no use on paper: ${name(element)}`)];
}

test("on paper every page is whole, without what can only be pressed, and names its address", async () => {
  assertNone(await faultsOfPages(house, readersPages(), {}, async (page, { name, path }) => {
    await page.setViewportSize(kPaper);
    await page.emulateMedia({ media: "print" });
    await page.goto(path, { waitUntil: "load" });
    const faults = await page.evaluate(`(${paperFaults})()`);
    const address = await page.evaluate(() => document.querySelector(".print-only")?.innerText ?? "");
    if (!address.includes(`${house.site}/`)) faults.push(`the address is not printed: ${address}`);
    return faults.map((fault) => `${name}: ${fault}`);
  }), "faults on paper");
});

visitorTest("a printed table has all its columns and the conditions it was narrowed by", house, {}, async ({ page }) => {
  await page.setViewportSize(kPaper);
  await page.goto(`${resourcePath()}?${kParks}`);
  const columns = await page.locator("main thead th").count();
  await page.emulateMedia({ media: "print" });
  const edges = await page.locator("main thead th").evaluateAll((all) => all.map((th) => th.getBoundingClientRect().right));
  assert.equal(edges.filter((right) => right <= kPaper.width).length, columns);
  assert.ok(await page.locator(".chips li", { hasText: "公園" }).isVisible(), "the condition is not printed");
});

// Chromium forgets the emulation on each new page.
async function forceColours(page) {
  await page.emulateMedia({ forcedColors: "none" });
  await page.emulateMedia({ forcedColors: "active" });
}

visitorTest("in forced colours what is chosen and what is drawn is still to be seen", house, {}, async ({ page }) => {
  const colours = (selector, property) => page.locator(selector).evaluateAll((all, key) =>
    [...new Set(all.map((one) => getComputedStyle(one).getPropertyValue(key)))], property);
  await page.goto(`${resourcePath()}?view=chart`);
  await forceColours(page);
  assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
  const [ground] = await colours("body", "background-color");
  for (const part of [".tabs", ".site-nav"]) {
    const [chosen] = await colours(`${part} a[aria-current]`, "border-bottom-color");
    assert.notEqual(chosen, ground, `${part}: the chosen one has no mark`);
    assert.deepEqual(await colours(`${part} a:not([aria-current])`, "border-bottom-color"), [ground], part);
  }
  const drawn = [...await colours(".chart-bar", "fill"), ...await colours(".chart text", "fill")];
  assert.ok(drawn.length >= 2 && !drawn.includes(ground), `drawn on ${ground}: ${drawn}`);
  await page.goto("/");
  await forceColours(page);
  for (const [what, property] of [[".plan-chart .bar", "fill"], [".plan-chart text", "fill"]]) {
    assert.ok(!(await colours(what, property)).includes(ground), `${what} on ${ground}`);
  }
});

test("in forced colours, and with more contrast asked for, texts can be read", async () => {
  const pages = readersPages().filter(({ name }) => kColoured.includes(name));
  assert.equal(pages.length, kColoured.length);
  assertNone(await faultsOfPages(house, pages, {}, async (page, { name, path }) => {
    await page.emulateMedia({ contrast: "more" });
    await page.goto(path, { waitUntil: "load" });
    const contrast = await axeFaults(page, kColourRules);
    await forceColours(page);
    return [...contrast, ...await axeFaults(page, kColourRules)].map((fault) => `${name}: ${fault}`);
  }), "faults of colour");
});

// Lines about texts pressed into so narrow a place that they stand on end.
function squeezed() {
  const lines = [];
  for (const element of document.querySelectorAll("a, p, li, dt, dd, h1, h2, h3, span, label, button, summary, th")) {
    if (element.children.length > 0 || element.closest(".hidden, .leaflet-container, .site-nav, svg")) continue;
    const text = element.textContent.trim();
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const box = element.getBoundingClientRect();
    if ([...text].length >= 4 && box.width > 0 && box.width < 2.2 * size && box.height > 3.5 * size) {
      lines.push(`stands on end: <${element.localName} class="${element.className}"> ${text.slice(0, 20)}`);
    }
  }
  return lines.slice(0, 3);
}

for (const language of ["ja", "en"]) {
  test(`with letters twice as large no page on a phone scrolls sideways (${language})`, async () => {
    assertNone(await faultsOfPages(house, readersPages(), { language }, async (page, { name, path }) => {
      await page.setViewportSize(kPhone);
      await page.goto(inLanguage(path, language), { waitUntil: "load" });
      await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
      return [...await widthFaults(page), ...await page.evaluate(`(${squeezed})()`)].map((fault) => `${name}: ${fault}`);
    }), "faults of large letters");
  });
}

const kSayNothingYet = ["/", "/dataset", "/tag", "/group", "/organization"];
const kEmpty = [...kSayNothingYet, "/dataset?q=%E6%96%BD%E8%A8%AD", "/theme", "/harvest", "/docs", "/about"];

test("an installation that has nothing yet says so, in both languages", async () => {
  const empty = await openEmpty();
  try {
    for (const [language, nothing] of [["ja", /まだ/], ["en", /yet/]]) {
      const { page, faults, close } = await visit(house.browser, empty.site, { language });
      for (const path of kEmpty) {
        const reply = await page.goto(inLanguage(path, language), { waitUntil: "load" });
        assert.equal(reply.status(), 200, path);
        faults.push(...[...await axeFaults(page), ...await widthFaults(page)].map((fault) => `${path}: ${fault}`));
        if (kSayNothingYet.includes(path)) {
          assert.match(await page.locator("main").innerText(), nothing, path);
        }
        if (path === "/" || path === "/theme") {
          assert.equal(await page.locator('main a[href*="theme="]').count(), 0, `${path} leads to themes without datasets`);
        }
      }
      await close();
      assertNone(faults, "faults");
    }
  } finally {
    await empty.close();
  }
});
