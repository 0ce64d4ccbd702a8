import { openWorld } from "./world.mjs";
import { openBrowser, visit } from "./visitor.mjs";
const world = await openWorld(); const browser = await openBrowser();
try {
  for (const width of [1280, 320]) {
  const { page, faults } = await visit(browser, world.site, {viewport:{width,height:800}});
  await page.goto(`/dataset/${world.facts.dataset}/resource/${world.facts.resource}?view=map`);
  await page.locator(".leaflet-marker-icon").first().waitFor();
  await page.screenshot({path:`/tmp/br6/map${width}a.png`});
  await page.locator("[data-map-row]").first().click();
  await page.waitForTimeout(2500);
  console.log(width, await page.locator(".leaflet-popup").count(), await page.locator("#map-status").textContent(), faults);
  await page.screenshot({path:`/tmp/br6/map${width}.png`});
  }
} finally { await browser.close(); await world.close(); }
