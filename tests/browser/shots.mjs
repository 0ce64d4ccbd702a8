// Pictures of every page type: both languages, phone and desktop, light and dark.
// usage: node shots.mjs OUT_DIR [--only NAME[,NAME]] [--looks phone-ja-light,...] [--path /PATH]...
// NAME: the beginning of names in house/page_types.mjs; --path: other addresses instead.
// Serves a world of its own (BROWSER_WORLD: a prepared one).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { inLanguage, pageTypes } from "./house/page_types.mjs";
import { signIn } from "./house/staff.mjs";
import { openBrowser, visit } from "./house/visitor.mjs";
import { openWorld } from "./house/world.mjs";

const kSizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const kTallest = 6000;

const { values, positionals: [out] } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" }, looks: { type: "string" }, path: { type: "string", multiple: true },
  },
});
if (!out) throw new Error("usage: node shots.mjs OUT_DIR [--only NAMES] [--looks LOOKS] [--path PATH]...");
mkdirSync(out, { recursive: true });

const looks = Object.keys(kSizes).flatMap((size) => ["ja", "en"].flatMap((language) =>
  ["light", "dark"].map((scheme) => ({ size, language, scheme, name: `${size}-${language}-${scheme}` }))))
  .filter(({ name }) => !values.looks || values.looks.split(",").includes(name));

async function shoot(page, { name, path }, { language, name: look }) {
  await page.goto(inLanguage(path, language), { waitUntil: "load" });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const { width } = page.viewportSize();
  await page.screenshot({
    path: join(out, `${name}-${look}.png`), fullPage: true, timeout: 60_000,
    clip: { x: 0, y: 0, width, height: Math.min(height, kTallest) },
  });
}

const world = await openWorld();
const browser = await openBrowser();
try {
  const pages = values.path?.map((path, index) => ({ name: `path${index + 1}`, path, staff: false })) ??
    pageTypes(world.facts)
      .filter(({ name }) => !values.only || values.only.split(",").some((part) => name.startsWith(part)));
  for (const look of looks) {
    const options = { language: look.language, viewport: kSizes[look.size], colorScheme: look.scheme };
    for (const staff of [false, true]) {
      const wanted = pages.filter((page) => page.staff === staff);
      if (wanted.length === 0) continue;
      const visitor = await visit(browser, world.site, options);
      try {
        if (staff) await signIn(visitor.page, world.tokens.clerk, look.language);
        for (const page of wanted) await shoot(visitor.page, page, look);
        for (const fault of visitor.faults) console.log(fault);
      } catch (error) {
        console.log(`${look.name}, ${staff ? "staff" : "readers"}: ${error.message}`);
        process.exitCode = 1;
      } finally {
        await visitor.close();
      }
    }
  }
  console.log(`${pages.length} pages, ${looks.length} looks: ${out}`);
} finally {
  await browser.close();
  await world.close();
}
