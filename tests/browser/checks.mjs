// The checks of the other files see what they are there for.
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { axeFaults, spacingFaults, widthFaults } from "./house/axe.mjs";
import { walk } from "./house/keyboard.mjs";
import { linksOf, targetsOf } from "./house/links.mjs";
import { openBrowser, visit, watchCookies } from "./house/visitor.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

// body(page, faults) with a page of this content in its <main>.
async function withPage(main, body) {
  const visitor = await visit(browser, "http://127.0.0.1:1", { viewport: { width: 320, height: 640 } });
  try {
    await visitor.page.setContent(`<!doctype html><html lang="ja"><title>見本</title>
      <body><main><h1>見本</h1>${main}</main><footer>おわり</footer>`);
    await body(visitor.page, visitor.faults);
  } finally {
    await visitor.close();
  }
}

test("axe is there, with contrast and target sizes", () =>
  withPage(`<img src="data:," width="9" height="9"><p style="color:#999;background:#fff">薄い</p>
    <button style="width:9px;height:9px;padding:0">a</button><button style="width:9px;height:9px;padding:0">b</button>`,
  async (page) => {
    const told = (await axeFaults(page)).join("\n");
    for (const rule of ["image-alt", "color-contrast", "target-size"]) assert.match(told, new RegExp(`^${rule}:`, "m"));
  }));

test("pages that are too wide, too long, or cut are seen", () =>
  withPage(`<p style="width:400px">広い</p><p style="height:20px;overflow:hidden">切れる文字切れる文字</p>
    <p style="position:absolute;top:3000px">下</p>`, async (page) => {
    const told = (await widthFaults(page)).join("\n");
    assert.match(told, /nothing below the footer/);
    assert.match(told, /scrolls sideways: 4\d\d px in 320 px; sticking out: <p class=""> 広い/);
    assert.match((await spacingFaults(page)).join("\n"), /cut with wide spacing: <p class=""> 切れる/);
  }));

test("sound pages have no fault", () => withPage(`<p>文</p><a href="#a">甲</a><a href="#b">乙</a><a href="#c">丙</a>`,
  async (page, faults) => {
    assert.deepEqual([...await widthFaults(page), ...await spacingFaults(page), ...await walk(page), ...faults], []);
  }));

test("stops that cannot be seen are seen", () =>
  withPage(`<a href="#a" style="outline:none">甲</a><a href="#b" tabindex="3">乙</a><a href="#c">丙</a>
    <div style="position:fixed;inset:0;background:#fff;z-index:9"></div>`, async (page) => {
    const told = (await walk(page)).join("\n");
    for (const fault of [/not to be seen: <a > 甲/, /tabindex 3/, /hidden behind <div/]) assert.match(told, fault);
  }));

test("errors, dialogs and third parties are noted", () => withPage("", async (page, faults) => {
  await page.evaluate(async () => {
    console.error("見本の誤り");
    alert(1);
    setTimeout(() => { throw new Error("投げた"); });
    await fetch("http://127.0.0.2:9/").catch(() => {});
  });
  const told = faults.join("\n");
  for (const fault of [/見本の誤り/, /dialog: 1/, /投げた/, /127\.0\.0\.2:9\/: a request to a third party/]) assert.match(told, fault);
}));

test("cookies that a reply sets are noted, those refused by the browser too", async () => {
  const server = createServer((request, reply) => {
    if (request.url === "/") reply.setHeader("Set-Cookie", ["a=1", "b=2; Domain=example.jp"]);
    if (request.url === "/refused") reply.setHeader("Set-Cookie", "c=3; Domain=example.jp");
    reply.end("<!doctype html><title>見本</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const visitor = await visit(browser, `http://127.0.0.1:${server.address().port}`);
  const faults = [];
  try {
    await watchCookies(visitor, faults);
    for (const path of ["/", "/none", "/refused"]) await visitor.page.goto(path);
  } finally {
    await visitor.close();
    await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  }
  assert.deepEqual(faults.map((fault) => fault.replace(/:\d+\//, ":/")),
    ["http://127.0.0.1:/: sets a cookie", "http://127.0.0.1:/refused: sets a cookie"]);
});

test("links are found as they are written", () => {
  const html = `<a class="x" href="/a?b=1&amp;c=%E3%81%82#d">x</a><form method="post" action="/no"></form>
    <form action="/yes"><link rel="canonical" href="http://else/"><img src='x' alt=">" ><p id="d&quot;e">`;
  assert.deepEqual(linksOf(html, "http://h/p/").sort(), ["http://h/a?b=1&c=%E3%81%82#d", "http://h/yes"]);
  assert.ok(targetsOf(html).has('d"e'));
});
