// A town's clerk without an engineer: signs in with a token, makes a dataset, sends a CP932 file,
// sees how it was read, publishes it, finds it as a citizen does; a file with half of the rows is
// stopped; nobody else can send a form in the clerk's name.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

import { facilities, facilitiesCsv, kColumns } from "./house/facilities.mjs";
import { openHouse, visitorTest } from "./house/house.mjs";
import { inLanguage } from "./house/page_types.mjs";
import { openSession } from "./house/session.mjs";
import { signIn } from "./house/staff.mjs";
import { addCondition, openTab, shownCount } from "./house/table_page.mjs";
import { kTown } from "./house/world.mjs";

const kTitle = "見本町の公共施設";
const kJobMs = 30_000;

const house = openHouse();

async function sendFile(page, bytes, name) {
  await page.locator("#field-file").setInputFiles({ name, mimeType: "text/csv", buffer: bytes });
  await page.getByRole("button", { name: "送って読み取り結果を見る" }).click();
  await page.waitForURL(/\/manage\/job\//, { timeout: kJobMs });
}

async function makeDataset(page, title) {
  await page.goto("/manage");
  await page.locator("main").getByRole("link", { name: "新しいデータセット" }).last().click();
  await page.getByLabel(/^題名/).fill(title);
  await page.getByLabel(/^説明/).fill("町にある施設の一覧です。毎年 4 月に更新します。");
  const owners = page.locator('select[name="organization"]');
  if (await owners.count() > 0) await owners.selectOption({ label: "葉山町" });
  await page.locator('select[name="license"]').selectOption({ label: "クリエイティブ・コモンズ・ライセンス 表示 4.0 国際" });
  await page.locator('input[name="tags"]').fill("公共施設、見本");
  await page.getByRole("button", { name: "作って次へ進む" }).click();
  await page.waitForURL(/\/manage\/dataset\/[^/]+/);
}

// The file of a name in a ZIP archive that was written as a stream or not.
function unzip(bytes, name) {
  for (let at = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1"), i = bytes.readUInt32LE(at + 16); i < at;) {
    const [size, nameSize, extra, comment] = [bytes.readUInt32LE(i + 20), ...[28, 30, 32].map((k) => bytes.readUInt16LE(i + k))];
    if (bytes.toString("utf8", i + 46, i + 46 + nameSize) === name) {
      const local = bytes.readUInt32LE(i + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(start, start + size);
      return (bytes.readUInt16LE(i + 10) === 8 ? inflateRawSync(data) : data).toString("utf8");
    }
    i += 46 + nameSize + extra + comment;
  }
  return "";
}

visitorTest("from the token to the public table", house, {}, async ({ page, context }) => {
  await signIn(page, house.world.tokens.clerk);
  await makeDataset(page, kTitle);
  const own = page.url();
  await page.getByRole("link", { name: "ファイルを追加する" }).click();
  await sendFile(page, facilitiesCsv(), "公共施設.csv");

  const decision = page.getByRole("heading", { name: "この内容でよいですか" });
  await decision.waitFor({ timeout: kJobMs });
  const report = await page.locator("main").textContent();
  for (const told of ["120 行 × 9 列", "CP932", "緯度", "整数", "日付"]) assert.ok(report.includes(told), told);
  await page.getByRole("button", { name: /この内容で(登録|公開)する/ }).click();
  await page.getByText("データセットに入りました").or(page.getByText("公開中のデータになりました")).first().waitFor({ timeout: kJobMs });
  await page.goto(own);
  await page.getByRole("button", { name: "公開する", exact: true }).click();
  await page.getByText("公開しました。").waitFor();

  const citizen = await (await context.browser().newContext({ baseURL: house.site })).newPage();
  try {
    await citizen.goto(`/dataset?q=${encodeURIComponent(kTitle)}`);
    await citizen.getByRole("link", { name: kTitle }).first().click();
    await citizen.waitForURL(/\/dataset\/[^?]+$/);
    await citizen.locator('main a[href*="/resource/"]').first().click();
    await addCondition(citizen, "種別", "と等しい", "図書館");
    const libraries = facilities().filter((row) => row.種別 === "図書館");
    assert.equal(await shownCount(citizen), libraries.length);
    await openTab(citizen, "ダウンロード");
    const link = citizen.locator('#table a[href*=".xlsx"]').first();
    const [file] = await Promise.all([citizen.waitForEvent("download"), link.click()]);
    const bytes = readFileSync(await file.path());
    const sheet = unzip(bytes, "xl/worksheets/sheet1.xml");
    assert.equal(sheet.match(/<row /g).length, libraries.length + 1);
    assert.ok((sheet + unzip(bytes, "xl/sharedStrings.xml")).includes(libraries[0].名称));
    assert.ok((sheet + unzip(bytes, "xl/sharedStrings.xml")).includes(kColumns[8]));
  } finally {
    await citizen.context().close();
  }
});

visitorTest("half of the rows is stopped, and what citizens see stays", house, {}, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto(`/manage/dataset/${house.facts.dataset}`);
  await page.getByRole("link", { name: /新しいファイルに差し替える/ }).first().click();
  await sendFile(page, facilitiesCsv(60), "facilities.csv");
  await page.getByRole("heading", { name: "公開の前に止まりました" }).waitFor({ timeout: kJobMs });
  const told = await page.locator("main").textContent();
  assert.match(told, /120\s*(行)?\s*→\s*60/, "rows before and after");
  await page.getByRole("button", { name: "それでも公開する" }).click();
  await page.getByText("内容を確かめたら、四角に印を付けてください。").first().waitFor();
  await page.getByRole("button", { name: "取りやめる" }).click();
  await page.getByText("送ったファイルを取りやめました").first().waitFor();
  const reply = await (await fetch(`${house.site}/api/v1/tables/${house.facts.resource}/rows?limit=1&count=exact`)).text();
  await page.goto(`/dataset/${house.facts.dataset}/resource/${house.facts.resource}`);
  assert.equal(await shownCount(page), 120, reply.slice(0, 300));
});

visitorTest("mistakes in a form are told at the top and at the field, nothing is lost", house, {}, async ({ page }) => {
  await signIn(page, house.world.tokens.clerk);
  await page.goto("/manage/new");
  await page.getByLabel(/^説明/).fill("題名のない説明");
  await page.getByRole("button", { name: "作って次へ進む" }).click();
  const summary = page.locator("#faults");
  await summary.waitFor();
  await summary.getByRole("link", { name: /題名/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "title");
  const title = page.locator('input[name="title"]');
  assert.equal(await title.getAttribute("aria-invalid"), "true");
  const described = await title.getAttribute("aria-describedby");
  const words = await Promise.all(described.split(" ").map((id) => page.locator(`#${id}`).textContent()));
  assert.ok(words.some((text) => text.includes("題名を書いてください")), words.join("|"));
  assert.equal(await page.getByLabel(/^説明/).inputValue(), "題名のない説明");
  await page.goto("/manage/sign-in");
});

visitorTest("a wrong token is refused with words, and no cookie", house, {}, async ({ page, context }) => {
  for (const [token, words] of [["", "トークンを入力してください"], ["abc", "トークンの形が違います"],
    [`${house.world.tokens.clerk.slice(0, -4)}AAAA`, "このトークンは使えません"]]) {
    await page.goto("/manage/sign-in");
    await page.locator("#field-token").fill(token);
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.getByText(words).first().waitFor();
    assert.deepEqual(await context.cookies(), []);
  }
});

visitorTest("the session's cookie, and its end", house, {}, async ({ page, context }) => {
  await signIn(page, house.world.tokens.clerk);
  const cookies = await context.cookies();
  assert.ok(cookies.length > 0);
  for (const cookie of cookies) {
    assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === "Strict", JSON.stringify(cookie));
    assert.match(cookie.path, /^(\/en)?\/manage$/, "readers' pages get no cookie");
    assert.ok(!cookie.value.includes(house.world.tokens.clerk), "the token is not in the cookie");
  }
  const sent = await Promise.all([page.waitForRequest(/\/about$/), page.goto("/about")]);
  assert.equal(await sent[0].headerValue("cookie"), null);
  await page.goto("/manage");
  await page.getByRole("button", { name: "サインアウト" }).click();
  await page.getByText("サインアウトしました").waitFor();
  assert.deepEqual(await context.cookies(), []);
  await context.addCookies(cookies);
  await page.goto("/manage");
  assert.match(page.url(), /\/manage\/sign-in/, "an ended session cannot be taken up again");
});

visitorTest("a form from elsewhere is refused", house, {}, async ({ page }) => {
  await page.goto("/about");
  for (const language of ["ja", "en"]) {
    const { cookie, formToken } = await openSession(house.site, house.world.tokens.clerk, language);
    const send = (fields, headers) => fetch(house.site + inLanguage("/manage/new", language), {
      method: "POST", redirect: "manual", headers: { Cookie: cookie, Origin: house.site, ...headers },
      body: new URLSearchParams({ title: "偽の題名", organization: kTown, ...fields }),
    });
    assert.ok(formToken, "forms carry a token");
    const other = await openSession(house.site, house.world.tokens.admin, language);
    const refused = { "no token": await send({}), "a made-up token": await send({ form_token: "x".repeat(formToken.length) }),
      "another session's token": await send({ form_token: other.formToken }),
      "another site": await send({ form_token: formToken }, { Origin: "http://evil.example" }),
      "another port of this host": await send({ form_token: formToken }, { Origin: "http://127.0.0.1:1" }) };
    for (const [what, reply] of Object.entries(refused)) assert.equal(reply.status, 403, `${what} (${language})`);
  }
  const found = await (await fetch(`${house.site}/api/3/action/package_search?q=${encodeURIComponent("偽の題名")}`)).json();
  assert.ok(!found.result.results.some(({ title }) => title === "偽の題名"));
  const anonymous = await fetch(`${house.site}/manage/new`, { method: "POST", redirect: "manual", body: new URLSearchParams({ title: "偽" }) });
  assert.ok([303, 401, 403].includes(anonymous.status), `${anonymous.status}`);
});
