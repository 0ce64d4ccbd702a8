// axe-core on a page, and what it cannot see: pages wider than the screen or with nothing at their
// end, texts that are cut.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const kAxe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const kTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Of the rules, the ones whose outcome colours can change.
export const kColourRules = ["color-contrast", "link-in-text-block"];

// The violations on the page as it is now, one line each. `rules`: only these.
export async function axeFaults(page, rules) {
  if (!await page.evaluate("typeof axe === 'object'")) await page.evaluate(kAxe);
  const options = {
    resultTypes: ["violations"], reporter: "no-passes",
    ...(rules ? { runOnly: { type: "rule", values: rules } }
      : { runOnly: { type: "tag", values: kTags }, rules: { "target-size": { enabled: true } } }),
  };
  const { violations } = await page.evaluate(async (given) => globalThis.axe.run(document, given), options);
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ target, html, any }) =>
    `${id}: ${help} (${nodes.length}): ${target.join(" ")}  ${html.slice(0, 160)}` +
    `${any[0] ? `  [${any[0].message}]` : ""}`));
}

// What the functions below share, in the page: lines about its width.
const kSideways = `(what) => {
  const width = document.documentElement.clientWidth;
  const whole = document.scrollingElement.scrollWidth;
  if (whole <= width) return [];
  const isInScroller = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  // Positioned outside of every scroller, an element widens the page wherever it stands in the text.
  const out = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 &&
    (!isInScroller(element) || getComputedStyle(element).position === "absolute"));
  return [what + ": " + whole + " px in " + width + " px; sticking out: " + out.slice(0, 4).map((element) =>
    "<" + element.tagName.toLowerCase() + ' class="' + (element.getAttribute("class") ?? "") + '"> ' +
    element.textContent.trim().slice(0, 30)).join(", ")];
}`;

// Lines about a page that scrolls sideways and what sticks out, and about emptiness below its end.
export async function widthFaults(page) {
  const empty = await page.evaluate(() => {
    const height = document.scrollingElement.scrollHeight;
    const end = Math.max(innerHeight, scrollY + document.querySelector("footer").getBoundingClientRect().bottom);
    return height > end + 2 ? [`${Math.round(height - end)} px of nothing below the footer`] : [];
  });
  return [...empty, ...await page.evaluate(`(${kSideways})("scrolls sideways")`)];
}

// WCAG 1.4.12: lines about texts that are cut when a reader widens the spacing of text.
export async function spacingFaults(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  });
  const cut = await page.evaluate(() => [...document.body.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const clips = (way) => way === "hidden" || way === "clip";
    // Texts for screen readers are clipped away altogether.
    if (style.clipPath !== "none" || element.closest("svg, .leaflet-container")) return false;
    // A clamped text is an excerpt; the whole is behind its link.
    if (style.webkitLineClamp !== "none") return false;
    return (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
  }).slice(0, 4).map((element) => `cut with wide spacing: <${element.tagName.toLowerCase()} ` +
    `class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 60)}`));
  const wide = await page.evaluate(`(${kSideways})("with wide spacing")`);
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return [...cut, ...wide];
}
