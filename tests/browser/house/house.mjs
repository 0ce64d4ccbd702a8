// One world and one browser for the tests of a file.
import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";

import { openBrowser, picturePath, visit } from "./visitor.mjs";
import { openWorld } from "./world.mjs";

// Opens both before the first test of the file, then runs prepare(house), and ends them after the
// last. Its fields are there when a test runs.
export function openHouse(prepare = async () => {}) {
  const house = {};
  before(async () => {
    house.world = await openWorld();
    Object.assign(house, { site: house.world.site, facts: house.world.facts });
    house.browser = await openBrowser();
    await prepare(house);
  });
  after(async () => {
    await house.browser?.close();
    await house.world?.close();
  });
  return house;
}

// A test of one visitor: body({page, context, ...}). It also fails when a page did what none may do
// (visitor.mjs). A picture of the failure is put beside the build.
export function visitorTest(name, house, options, body) {
  test(name, async () => {
    const visitor = await visit(house.browser, house.site, options);
    try {
      await body(visitor);
      assert.deepEqual(visitor.faults, [], "what no page may do");
    } catch (error) {
      const picture = picturePath(name);
      await visitor.page.screenshot({ path: picture }).catch(() => {});
      error.message += `\n  at ${visitor.page.url()}\n  picture: ${picture}`;
      if (visitor.faults.length > 0) error.message += `\n  faults:\n  ${visitor.faults.join("\n  ")}`;
      throw error;
    } finally {
      await visitor.close();
    }
  });
}

// Fails with all faults, "PLACE: WHAT" each; places with the same fault are told together.
export function assertNone(faults, what) {
  const places = new Map();
  for (const fault of faults) {
    const at = fault.indexOf(": ");
    const told = fault.slice(at + 2);
    places.set(told, [...places.get(told) ?? [], fault.slice(0, at)]);
  }
  const lines = [...places].map(([told, where]) =>
    `${told}\n    ${where.slice(0, 3).join("\n    ")}${where.length > 3 ? `\n    and ${where.length - 3} more` : ""}`);
  assert.equal(faults.length, 0, `${faults.length} ${what}:\n  ${lines.join("\n  ")}`);
}
