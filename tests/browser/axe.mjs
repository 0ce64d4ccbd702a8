// Every page type in one language: axe-core without violation on a phone, a desktop and at 200 %
// zoom, light and dark; no sideways scrolling at 320 px; wide text spacing cuts nothing.
// BROWSER_LANGUAGE: "ja" (when left out) or "en".
import { strict as assert } from "node:assert";
import { test } from "node:test";

import { axeFaults, kColourRules, spacingFaults, widthFaults } from "./house/axe.mjs";
import { faultsOfPages } from "./house/crew.mjs";
import { assertNone, openHouse } from "./house/house.mjs";
import { inLanguage, pageTypes } from "./house/page_types.mjs";
import { signIn } from "./house/staff.mjs";

const kLanguage = process.env.BROWSER_LANGUAGE ?? "ja";
const kPhone = { width: 320, height: 640 };
const kDesktop = { width: 1280, height: 900 };
const kZoomed = { width: 640, height: 450 };  // 1280 px at 200 %

const house = openHouse();

async function settle(page, size, colorScheme) {
  const isSmaller = page.viewportSize().width > size.width;
  await page.setViewportSize(size);
  // A map is drawn for the size in which it is opened.
  if (isSmaller && await page.locator("#map").count() > 0) {
    await page.reload();
    await page.locator(".leaflet-marker-icon").first().waitFor();
  }
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

// Everything wrong with one page. It is loaded once and then looked at in every way.
async function faultsOf(page, { name, path, status }) {
  await settle(page, kDesktop, "light");
  const reply = await page.goto(inLanguage(path, kLanguage), { waitUntil: "load" });
  const url = inLanguage(path, kLanguage);
  if (reply.status() !== status) return [`${name} ${url}: status ${reply.status()}, not ${status}`];
  if (await page.locator("#map").count() > 0) await page.locator(".leaflet-marker-icon").first().waitFor();
  const faults = [];
  const note = (look, lines) => faults.push(...lines.map((line) => `${name} (${look}) ${url}: ${line}`));
  note("1280", await axeFaults(page));
  note("1280", await spacingFaults(page));
  await settle(page, kDesktop, "dark");
  note("1280 dark", await axeFaults(page, kColourRules));
  await settle(page, kPhone, "dark");
  note("320 dark", await axeFaults(page, kColourRules));
  await settle(page, kPhone, "light");
  note("320", await axeFaults(page));
  note("320", await widthFaults(page));
  note("320", await spacingFaults(page));
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  note("320, all opened", await widthFaults(page));
  await settle(page, kZoomed, "light");
  note("200 %, all opened", await axeFaults(page));
  note("200 %, all opened", await widthFaults(page));
  return faults;
}

test(`pages for readers are for everybody (${kLanguage})`, async () => {
  const pages = pageTypes(house.facts).filter(({ staff }) => !staff);
  assert.ok(pages.length > 20);
  assertNone(await faultsOfPages(house, pages, { language: kLanguage }, faultsOf), "barriers");
});

// What only comes up when somebody does something.
const states = {
  "suggestions below the search box": async (page) => {
    await page.goto(inLanguage("/", kLanguage));
    await page.locator("main input[name=q]").pressSequentially("施設");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
  },
  "a table whose filter was swapped in": async (page) => {
    const { dataset, resource } = house.facts;
    await page.goto(inLanguage(`/dataset/${dataset}/resource/${resource}`, kLanguage));
    await page.locator(".quick summary").first().click();
    await page.locator(".quick a[data-swap-link]").first().click();
    await page.locator(".chips").waitFor();
  },
  "a place on the map": async (page) => {
    const { dataset, resource } = house.facts;
    await page.goto(inLanguage(`/dataset/${dataset}/resource/${resource}?view=map`, kLanguage));
    await page.locator("[data-map-row]").first().click();
    await page.locator(".leaflet-popup").waitFor();
  },
};

test(`what comes up on a page is for everybody (${kLanguage})`, async () => {
  const pages = Object.entries(states).map(([name, bring]) => ({ name, bring }));
  assertNone(await faultsOfPages(house, pages, { language: kLanguage }, async (page, { name, bring }) => {
    const faults = [];
    for (const [look, size] of Object.entries({ 1280: kDesktop, 320: kPhone })) {
      await page.goto("about:blank");
      await settle(page, size, "light");
      await bring(page);
      faults.push(...[...await axeFaults(page), ...await widthFaults(page)].map((line) => `${name} (${look}): ${line}`));
      await settle(page, size, "dark");
      faults.push(...(await axeFaults(page, kColourRules)).map((line) => `${name} (${look} dark): ${line}`));
    }
    return faults;
  }), "barriers");
});

test(`the staff corner is for everybody (${kLanguage})`, async () => {
  const pages = pageTypes(house.facts).filter(({ staff }) => staff);
  const enter = (page) => signIn(page, house.world.tokens.clerk, kLanguage);
  assertNone(await faultsOfPages(house, pages, { language: kLanguage, enter }, faultsOf), "barriers");
});
