import { openWorld } from "./world.mjs";
import { openBrowser, visit } from "./visitor.mjs";
import { readFileSync } from "node:fs";
const world = await openWorld(); const browser = await openBrowser();
try {
  for (const reducedMotion of ["reduce", "no-preference"]) for (const file of ["/work/main/src/web/static/map.js", "/tmp/br6/map.js"]) {
  const { page, faults } = await visit(browser, world.site, {viewport:{width:1280,height:800}, reducedMotion});
  await page.route("**/map.js", (route) => route.fulfill({ contentType: "text/javascript", body: readFileSync(file, "utf8") }));
  await page.goto(`/dataset/${world.facts.dataset}/resource/${world.facts.resource}?view=map`);
  await page.locator(".leaflet-marker-icon").first().waitFor();
  for (let i = 0; i < 3; ++i) {
  await page.locator("[data-map-row]").nth(i).click();
  await page.waitForTimeout(2500);
  console.log(reducedMotion, file, i, await page.locator(".leaflet-popup").count(), await page.locator(".leaflet-popup").first().textContent({timeout:100}).catch(()=>"-"), faults, await page.evaluate(() => document.activeElement.className));
  }
  }
} finally { await browser.close(); await world.close(); }
