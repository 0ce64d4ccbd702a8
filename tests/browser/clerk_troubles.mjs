// When things go wrong in the staff corner: the session ends while somebody writes, the line breaks,
// two files come at once. A clerk is told what happened and what to do, and loses nothing. And what
// she sees before the public does.
import { strict as assert } from "node:assert";

import { facilitiesCsv } from "./house/facilities.mjs";
import { openHouse, visitorTest } from "./house/house.mjs";
import { signIn } from "./house/staff.mjs";
import { kTown } from "./house/world.mjs";

const kJobMs = 30_000;

const house = openHouse();

const sendButton = (page) => page.getByRole("button", { name: "送って読み取り結果を見る" });

async function makeDraft(page, title) {
  await page.goto("/manage/new");
  await page.getByLabel(/^題名/).fill(title);
  await page.getByLabel(/^説明/).fill("町の施設です。");
  const owners = page.locator('select[name="organization"]');
  if (await owners.count() > 0) await owners.selectOption({ label: "葉山町" });
  await page.locator('select[name="license"]').selectOption({ label: "クリエイティブ・コモンズ・ライセンス 表示 4.0 国際" });
  await page.getByRole("button", { name: "作って次へ進む" }).click();
  await page.waitForURL(/\/manage\/dataset\/[^/]+/);
  return page.url().split("?")[0];
}

async function choose(page, bytes = facilitiesCsv(), name = "公共施設.csv") {
  await page.locator("#field-file").setInputFiles({ name, mimeType: "text/csv", buffer: bytes });
}

async function stayUnseen(path) {
  const reply = await fetch(house.site + path, { redirect: "manual" });
  assert.ok([303, 401, 403, 404].includes(reply.status), `${path}: ${reply.status}`);
}

for (const javaScriptEnabled of [true, false]) {
  visitorTest(`a draft is previewed as its page will be, ${javaScriptEnabled ? "with" : "without"} scripts`, house,
    { javaScriptEnabled }, async ({ page }) => {
      await signIn(page, house.world.tokens.clerk);
      const own = await makeDraft(page, `下見の施設 ${javaScriptEnabled}`);
      await page.goto(`${own}/upload`);
      await choose(page);
      await sendButton(page).click();
      await page.waitForURL(/\/manage\/job\//, { timeout: kJobMs });
      const take = page.getByRole("button", { name: "この内容で登録する" });
      for (let i = 0; i < 60 && await take.count() === 0; ++i) {
        await page.waitForTimeout(250);
        if (!javaScriptEnabled) await page.reload();
      }
      await take.click();
      for (let i = 0; i < 60 && await page.getByText("データセットに入りました").count() === 0; ++i) {
        await page.waitForTimeout(250);
        if (!javaScriptEnabled) await page.reload();
      }
      await page.goto(own);
      await page.getByRole("link", { name: "プレビュー（公開したときの見え方）", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: /下見の施設/ }).waitFor();
      assert.match(new URL(page.url()).pathname, /^\/manage\/preview\/dataset\//);
      await page.getByText("いま見られるのは職員だけです").waitFor();
      assert.equal(await page.locator('meta[name="robots"]').getAttribute("content"), "noindex");
      const file = await page.locator('main a[href*="/resource/"]').first().getAttribute("href");
      await page.goto(file);
      await page.getByText("見本1号").first().waitFor();
      const csv = await page.locator('main a[href*="/export.csv"]').first().getAttribute("href");
      const text = await page.evaluate(async (url) => (await fetch(url)).text(), csv);
      assert.ok(text.includes("見本120号"), text.slice(0, 200));
      await page.goto(`${file}?view=map`);
      if (javaScriptEnabled) await page.locator(".map-cluster, .leaflet-marker-icon").first().waitFor();
      await page.goto(`${file}?view=chart`);
      await page.locator("main svg, main table").first().waitFor();
      for (const path of [new URL(file, house.site).pathname, csv, file.replace("/manage/preview", "")]) await stayUnseen(path);
      await page.getByRole("link", { name: "職員の画面に戻る" }).click();
      assert.equal(page.url(), own);
    });
}

for (const javaScriptEnabled of [true, false]) {
  visitorTest(`a session that ends while somebody writes loses nothing, ${javaScriptEnabled ? "with" : "without"} scripts`,
    house, { javaScriptEnabled }, async ({ page, context }) => {
      await signIn(page, house.world.tokens.clerk);
      await page.goto("/manage/new");
      const title = `長い時間をかけた <題名> "&" ${javaScriptEnabled}`;
      await page.getByLabel(/^題名/).fill(title);
      await page.getByLabel(/^説明/).fill("一行目です。\n二行目です。");
      await context.clearCookies();
      await page.getByRole("button", { name: "作って次へ進む" }).click();
      await page.getByText("書いた内容はこの画面に残っています").waitFor();
      await page.locator("#field-token").fill("minato_wrong");
      await page.getByRole("button", { name: "サインイン" }).click();
      await page.getByText("トークンの形が違います").first().waitFor();
      await page.locator("#field-token").fill(house.world.tokens.clerk);
      await page.getByRole("button", { name: "サインイン" }).click();
      await page.getByRole("button", { name: "書いた内容を送る" }).click();
      await page.getByText("データセットを作りました").waitFor();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await page.getByRole("link", { name: "内容を直す" }).click();
      assert.equal(await page.getByLabel(/^説明/).inputValue(), "一行目です。\n二行目です。");
    });
}

visitorTest("a page from before the last sign-in can still be sent", house, {}, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  const own = await makeDraft(page, "二つのタブ");
  await page.goto(`${own}/edit`);
  const other = await page.context().newPage();
  await other.goto("/manage");
  await other.getByRole("button", { name: "サインアウト" }).click();
  await signIn(other, house.world.tokens.clerk);
  await page.getByLabel(/^題名/).fill("二つのタブ、直したあと");
  await page.getByRole("button", { name: "保存する" }).click();
  await page.getByRole("button", { name: "書いた内容を送る" }).click();
  await page.getByText("保存しました").waitFor();
  await page.getByRole("heading", { level: 1, name: "二つのタブ、直したあと" }).waitFor();
});

visitorTest("a file for a session that is over is not sent in vain", house, {}, async ({ page, context }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.draft}/upload`);
  await choose(page);
  await page.getByLabel("表示する名前").fill("わたしの付けた名前");
  await context.clearCookies();
  await sendButton(page).click();
  await page.getByText("サインインの時間が切れています").waitFor();
  assert.equal(await page.getByLabel("表示する名前").inputValue(), "わたしの付けた名前");
  const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "別のタブでサインインする" }).click()]);
  await tab.locator("#field-token").fill(house.world.tokens.clerk);
  await tab.getByRole("button", { name: "サインイン" }).click();
  await tab.waitForURL((url) => url.pathname === "/manage");
  await tab.close();
  await sendButton(page).click();
  await page.waitForURL(/\/manage\/job\//, { timeout: kJobMs });
  await page.getByRole("button", { name: "取りやめる" }).click();
  await page.getByText("送ったファイルを取りやめました").first().waitFor();
});

visitorTest("a broken line leaves the form as it was", house, {}, async ({ page, context, faults }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.draft}/upload`);
  await choose(page, Buffer.from("a,b\n" + "1,2\n".repeat(1_500_000)), "large.csv");
  await page.getByLabel("表示する名前").fill("大きな表");
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const limit = (conditions) => wire.send("Network.emulateNetworkConditions",
    { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1, ...conditions });
  await limit({ uploadThroughput: 1_000_000 });
  await sendButton(page).click();
  await page.waitForFunction(() => document.querySelector("progress").value > 5);
  assert.match(await page.locator("[data-progress-words]").textContent(), /送っています \d+%/);
  await limit({ offline: true });
  await page.getByText("送れませんでした。通信を確かめて").first().waitFor();
  assert.equal(await page.getByLabel("表示する名前").inputValue(), "大きな表");
  assert.equal(await page.locator("#field-file").evaluate((field) => field.files.length), 1);
  assert.ok(await sendButton(page).isEnabled());
  await limit({});
  await sendButton(page).click();
  await page.waitForURL(/\/manage\/job\//, { timeout: kJobMs });
  // The browser's own words about the broken line are no fault of ours.
  const others = faults.splice(0).filter((line) => !line.includes("net::ERR_"));
  assert.deepEqual(others, []);
});

visitorTest("of two files that are dropped the first is taken, and that is said", house, {}, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.draft}/upload`);
  const both = await page.evaluateHandle(() => {
    const files = new DataTransfer();
    for (const name of ["one.csv", "two.csv"]) files.items.add(new File(["a,b\n1,2\n"], name));
    return files;
  });
  await page.dispatchEvent("[data-drop]", "drop", { dataTransfer: both });
  const said = await page.locator("[data-chosen-file]").textContent();
  assert.match(said, /1 回に 1 つ.*one\.csv/);
  assert.equal(await page.locator("#field-file").evaluate((field) => field.files.length), 1);
});

visitorTest("nothing of a page stays behind a sign-out, and no address has the token", house, {}, async ({ page }) => {
  const addresses = [];
  page.on("request", (request) => addresses.push(request.url()));
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.draft}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("button", { name: "サインアウト" }).click();
  await page.getByText("サインアウトしました").waitFor();
  await page.goBack();
  await page.locator("#field-token").waitFor();
  assert.match(page.url(), /\/manage\/sign-in/);
  for (const path of ["/manage", "/manage/sign-in", "/en/manage/new", "/manage/job/none"]) {
    const reply = await fetch(house.site + path, { redirect: "manual" });
    assert.equal(reply.headers.get("cache-control"), "no-store", path);
  }
  assert.ok(addresses.length > 3);
  assert.deepEqual(addresses.filter((url) => url.includes(house.world.tokens.clerk)), []);
});
