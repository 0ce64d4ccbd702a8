// No link within the site is broken: everything the start pages and the sitemap lead to.
import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";

import { assertNone } from "./house/house.mjs";
import { linksOf, targetsOf } from "./house/links.mjs";
import { openWorld } from "./house/world.mjs";

const kMostPages = 2500;
const kAtOnce = 8;
// Of addresses that differ in their parameters alone (facets, sorting, pages), so many are tried.
const kMostOfOnePath = 6;
// What one form of address stands for: all resources, all datasets, ... look alike.
const kMostOfOneShape = 150;

let world;
before(async () => { world = await openWorld(); });
after(() => world?.close());

function shapeOf(url) {
  return new URL(url).pathname.replace(/^\/en(?=\/|$)/, "").split("/")
    .map((part, index) => (index % 2 === 0 && index > 1 ? "*" : part)).join("/") + new URL(url).search.split("=")[0];
}

// Follows links breadth first. {pages: url -> targets, faults}
class Crawl {
  constructor(site) {
    this.site = site;
    this.waiting = [];
    this.seen = new Map();  // url -> where it was found
    this.ofPath = new Map();
    this.fragments = [];    // [url, fragment, from]
    this.targets = new Map();
    this.faults = [];
  }

  add(link, from) {
    const url = new URL(link);
    if (url.origin !== this.site) return;
    const fragment = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    if (fragment) this.fragments.push([url.href, fragment, from]);
    if (this.seen.has(url.href)) return;
    for (const [key, most] of [[url.pathname, kMostOfOnePath], [shapeOf(url.href), kMostOfOneShape]]) {
      const count = this.ofPath.get(key) ?? 0;
      if (count >= most) return;
      this.ofPath.set(key, count + 1);
    }
    this.seen.set(url.href, from);
    this.waiting.push(url.href);
  }

  async look(url) {
    const reply = await fetch(url, { headers: { Accept: "text/html,*/*" }, redirect: "manual" });
    // Harvested files may lie elsewhere.
    if (reply.headers.has("location")) this.add(new URL(reply.headers.get("location"), url).href, url);
    if (reply.status >= 400) this.faults.push(`${url}: status ${reply.status}, linked from ${this.seen.get(url)}`);
    const isPage = reply.headers.get("content-type")?.startsWith("text/html");
    if (!isPage) {
      await reply.body?.cancel();
      return;
    }
    const html = await reply.text();
    this.targets.set(url, targetsOf(html));
    for (const link of linksOf(html, reply.url)) this.add(link, url);
  }

  async run() {
    let busy = 0;
    await Promise.all(Array.from({ length: kAtOnce }, async () => {
      while (this.waiting.length > 0 || busy > 0) {
        const url = this.waiting.shift();
        if (!url || this.targets.size >= kMostPages) {
          if (url) continue;
          await new Promise((resolve) => setTimeout(resolve, 5));
          continue;
        }
        ++busy;
        try {
          await this.look(url);
        } catch (error) {
          this.faults.push(`${url}: ${error.message}, linked from ${this.seen.get(url)}`);
        } finally {
          --busy;
        }
      }
    }));
    for (const [url, fragment, from] of this.fragments) {
      const targets = this.targets.get(url);
      if (targets && !targets.has(fragment)) this.faults.push(`${url}#${fragment}: no such place, linked from ${from}`);
    }
  }
}

async function sitemapUrls(site) {
  const read = async (url) => {
    const reply = await fetch(url);
    assert.equal(reply.status, 200, url);
    return [...(await reply.text()).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc]) => loc);
  };
  const found = await read(`${site}/sitemap.xml`);
  const parts = found.filter((url) => url.endsWith(".xml"));
  const nested = await Promise.all(parts.map(read));
  return [...found.filter((url) => !url.endsWith(".xml")), ...nested.flat()];
}

test("no link within the site is broken", async () => {
  const crawl = new Crawl(world.site);
  for (const path of ["/", "/en", "/manage"]) crawl.add(world.site + path, "the test");
  const mapped = await sitemapUrls(world.site);
  assert.ok(mapped.length >= 87, `the sitemap names ${mapped.length} pages`);
  for (const url of mapped) crawl.add(url, "the sitemap");
  await crawl.run();
  assert.ok(crawl.targets.size > 200, `only ${crawl.targets.size} pages were reached`);
  console.log(`${crawl.targets.size} pages, ${crawl.seen.size} addresses`);
  assertNone(crawl.faults, "broken links");
});

test("robots.txt allows pages and API and names the sitemap", async () => {
  const text = await (await fetch(`${world.site}/robots.txt`)).text();
  assert.match(text, new RegExp(`^Sitemap: ${world.site}/sitemap.xml$`, "m"));
  assert.doesNotMatch(text, /^Disallow: \/(api)?\/?$/m);
});

test("links of other sites to CKAN's addresses lead to our pages", async () => {
  const { site, facts } = world;
  const expected = {
    [`/ja/dataset/groups/${facts.dataset}`]: `/dataset/${facts.dataset}`,
    [`/en/dataset/${facts.dataset}/`]: `/en/dataset/${facts.dataset}`,
    [`/dataset/${facts.dataset}/resource/${facts.resource}/view/1`]:
      `/dataset/${facts.dataset}/resource/${facts.resource}`,
    "/tag/AED": "/dataset?tag=AED",
    "/dataset?q=AED&res_format=csv&sort=metadata_modified+desc&_tags_limit=0":
      "/dataset?q=AED&res_format=csv&sort=metadata_modified+desc&_tags_limit=0",
  };
  for (const [from, to] of Object.entries(expected)) {
    const reply = await fetch(site + from);
    await reply.body?.cancel();
    assert.equal(reply.status, 200, from);
    assert.equal(reply.url, site + to);
  }
});
