// What pages cost, and what they leave alone: bytes over the wire, caching, third parties, cookies,
// the Content-Security-Policy.
import { strict as assert } from "node:assert";
import { get } from "node:http";
import { test } from "node:test";

import { assertNone, openHouse } from "./house/house.mjs";
import { inLanguage, pageTypes } from "./house/page_types.mjs";
import { visit, watchCookies } from "./house/visitor.mjs";

const kFirstView = 100 * 1024;
const kYear = 31_536_000;

const house = openHouse();

// Opens the path with an empty cache; [{url, bytes}] of everything that came, with its headers.
async function load(path) {
  const visitor = await visit(house.browser, house.site);
  try {
    const wire = await visitor.context.newCDPSession(visitor.page);
    const urls = new Map();
    const got = [];
    await wire.send("Network.enable");
    wire.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
      got.push({ url: urls.get(requestId), bytes: encodedDataLength }));
    await visitor.page.goto(path, { waitUntil: "networkidle" });
    return got;
  } finally {
    await visitor.close();
  }
}

// The reply as it comes over the wire, when only this coding is understood.
function fetchCoded(url, coding) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "Accept-Encoding": coding } }, (reply) => {
      let bytes = 0;
      reply.on("data", (part) => { bytes += part.length; });
      reply.on("end", () => resolve({ headers: reply.headers, bytes }));
    }).on("error", reject);
  });
}

test("the first view of home, search and dataset is at most 100 KB over the wire", async () => {
  const { facts } = house;
  const paths = ["/", "/en", "/dataset", "/dataset?q=%E6%96%BD%E8%A8%AD", `/dataset/${facts.dataset}`,
    `/dataset/${facts.shipped.dataset}`, `/dataset/${facts.harvested.dataset}`];
  const heavy = [];
  for (const path of paths) {
    const got = await load(path);
    assert.ok(got.length >= 2, `${path}: only ${got.length} files came`);
    const gzip = await Promise.all(got.map(({ url }) => fetchCoded(url, "gzip")));
    const sum = (all) => all.reduce((bytes, one) => bytes + one.bytes, 0);
    console.log(`${path}: ${sum(got)} bytes, ${sum(gzip)} with gzip alone, ${got.length} files`);
    if (Math.max(sum(got), sum(gzip)) > kFirstView) {
      heavy.push(`${path}: ${sum(got)} bytes: ${got.map(({ url, bytes }) => `${url} ${bytes}`).join(", ")}`);
    }
  }
  assertNone(heavy, "heavy pages");
});

test("style sheets and scripts are kept for ever, and coded with gzip and zstd", async () => {
  const resource = `/dataset/${house.facts.dataset}/resource/${house.facts.resource}`;
  const paths = ["/", "/dataset", resource, `${resource}?view=map`, `${resource}?view=chart`];
  const assets = new Set();
  for (const path of paths) {
    for (const { url } of await load(path)) if (url.includes("/static/")) assets.add(url);
  }
  assert.ok(assets.size >= 2, "no assets");
  const faults = [];
  for (const url of assets) {
    for (const coding of ["gzip", "zstd"]) {
      const { headers, bytes } = await fetchCoded(url, coding);
      const cache = headers["cache-control"] ?? "";
      const age = Number(cache.match(/max-age=(\d+)/)?.[1]);
      if (!cache.includes("immutable") || !(age >= kYear)) faults.push(`${url}: Cache-Control ${cache}`);
      const isPicture = /^image\/(?!svg)/.test(headers["content-type"]);
      if (!isPicture && bytes > 1000 && headers["content-encoding"] !== coding) {
        faults.push(`${url}: not coded with ${coding}: ${headers["content-encoding"]}`);
      }
    }
  }
  assertNone(faults, "faults of assets");
});

// Visits every page type; faults of the visits, Set-Cookie included.
async function faultsInLanguage(language) {
  const visitor = await visit(house.browser, house.site, { language });
  const faults = [];
  try {
    await watchCookies(visitor, faults);
    for (const { path, status, staff } of pageTypes(house.facts)) {
      if (staff) continue;
      const url = inLanguage(path, language);
      const reply = await visitor.page.goto(url, { waitUntil: "load" });
      if (reply.status() !== status) faults.push(`${url}: status ${reply.status()}, not ${status}`);
      const policy = await reply.headerValue("content-security-policy") ?? "";
      if (!/default-src 'none'/.test(policy) || /unsafe|\*|data:(?!.*img)/.test(policy.replace(/img-src[^;]*/, ""))) {
        faults.push(`${url}: Content-Security-Policy ${policy}`);
      }
    }
    const cookies = await visitor.context.cookies();
    return [...faults, ...visitor.faults, ...cookies.map(({ name }) => `cookie: ${name}`)];
  } finally {
    await visitor.close();
  }
}

for (const language of ["ja", "en"]) {
  test(`no page for readers errs, asks a third party or keeps a cookie (${language})`, async () => {
    assertNone(await faultsInLanguage(language), "faults");
  });
}
