// Fetches a page of every type in both languages from a program of its own, the staff corner
// included, and validates each; exit status 1 names every page and line at fault.
import { HtmlValidate, StaticConfigLoader } from "html-validate";

import { inLanguage, pageTypes } from "../../browser/house/page_types.mjs";
import { openSession } from "../../browser/house/session.mjs";
import { openWorld } from "../../browser/house/world.mjs";

const validator = new HtmlValidate(new StaticConfigLoader({
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  // What the site serves itself needs no checksum: whoever could change it could change the page.
  // A part that scrolls is a region of its own, whatever element it is.
  rules: {
    "require-sri": ["error", { target: "crossorigin" }],
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
}));

// The faults of one page, one per line.
async function faultsOf(address, { status }, headers) {
  const reply = await fetch(address, { headers: { Accept: "text/html", ...headers } });
  const html = await reply.text();
  if (reply.status !== status) return [`${address}: status ${reply.status}, not ${status}`];
  if (!reply.headers.get("Content-Type")?.startsWith("text/html")) return [`${address}: not HTML`];
  const report = await validator.validateString(html, address);
  return report.results.flatMap(({ messages }) => messages).map(({ line, column, ruleId, message }) =>
    `${address}:${line}:${column}: ${message} (${ruleId})\n    ${html.split("\n")[line - 1].slice(0, 300)}`);
}

// Pages of which there are many: every shipped dataset.
async function datasetPages(site) {
  const reply = await fetch(`${site}/api/3/action/package_search?rows=1000`);
  const { results } = (await reply.json()).result;
  return results.map(({ name }) => ({ name, path: `/dataset/${name}`, status: 200 }));
}

const world = await openWorld();
try {
  const pages = [...pageTypes(world.facts), ...await datasetPages(world.site)];
  const faults = [];
  for (const language of ["ja", "en"]) {
    const session = await openSession(world.site, world.tokens.clerk, language);
    for (const page of pages) {
      const address = world.site + inLanguage(page.path, language);
      faults.push(...await faultsOf(address, page, page.staff ? { Cookie: session.cookie } : {}));
    }
  }
  for (const fault of faults) console.log(fault);
  console.log(`${2 * pages.length} pages, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await world.close();
}
