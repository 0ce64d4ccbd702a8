// Lighthouse with its defaults for phones and desktops on the pages given; prints a line of JSON of
// each run: {page, form, run, scores, failed}.
// usage: node lighthouse.mjs RUNS URL...
import { existsSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const kPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const kForms = { phone: undefined, desktop: desktopConfig };
const kCategories = ["performance", "accessibility", "best-practices", "seo"];

const [runs, ...urls] = process.argv.slice(2);
const chromePath = kPlaces.find((place) => existsSync(place));
if (!chromePath) throw new Error("Chromium is missing: `make bench` installs it (Debian package chromium)");

// What a category lost points for.
function failedAudits(report) {
  return kCategories.flatMap((category) => report.categories[category].auditRefs
    .filter(({ weight, id }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 0.9)
    .map(({ id }) => id));
}

for (let run = 1; run <= Number(runs); ++run) {
  for (const [form, config] of Object.entries(kForms)) {
    for (const page of urls) {
      const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox"] });
      try {
        const { lhr } = await lighthouse(page, { port: chrome.port, logLevel: "error", onlyCategories: kCategories }, config);
        if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
        const scores = kCategories.map((category) => Math.round(100 * lhr.categories[category].score));
        console.log(JSON.stringify({ page, form, run, scores, failed: failedAudits(lhr) }));
      } finally {
        chrome.kill();
      }
    }
  }
}
