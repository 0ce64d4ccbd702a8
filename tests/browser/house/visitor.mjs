// Somebody before the screen: a browser context that writes down what should never happen.
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const kOut = process.env.BROWSER_OUT ?? join(tmpdir(), "minato-browser");
const kPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const kPatienceMs = 30_000;

// Debian's Chromium. Throws with the cure when there is none: `make test` installs it.
export async function openBrowser() {
  const path = process.env.BROWSER_CHROMIUM ?? kPlaces.find((place) => existsSync(place));
  if (!path) {
    throw new Error("Chromium is missing: `make packages-test` installs it (Debian package chromium)");
  }
  return chromium.launch({ executablePath: path });
}

// Where a picture of what went wrong is put.
export function picturePath(name) {
  mkdirSync(kOut, { recursive: true });
  return join(kOut, `${name.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 80)}.png`);
}

// What a page did that no page of ours may do: errors on the console, exceptions, dialogs, requests
// to other hosts, cookies for readers.
class Faults {
  constructor(context, site) {
    this.lines = [];
    this.site = site;
    context.on("request", (request) => this.#request(request.url()));
    context.on("weberror", (error) => this.#add(error.page()?.url(), `exception: ${error.error()}`));
    context.on("console", (message) => this.#console(message));
    context.on("dialog", (dialog) => {
      this.#add(dialog.page()?.url(), `dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});  // its page may be gone by now
    });
  }

  #add(url, what) {
    this.lines.push(`${url}: ${what}`);
  }

  #request(url) {
    if (/^(blob|data|about):/.test(url) || url.startsWith(`${this.site}/`)) return;
    this.#add(url, "a request to a third party");
  }

  #console(message) {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const url = message.page()?.url() ?? "";
    // The browser itself notes a page that is not found; that it is one is tested elsewhere.
    const isPageStatus = message.location().url.split("#")[0] === url.split("#")[0] &&
      /status of (404|410|400|401|403|409)/.test(message.text());
    if (!isPageStatus) this.#add(url, `console ${message.type()}: ${message.text()}`);
  }
}

// {page, context, faults, close()}. `options`: of newContext; `language`: "ja" or "en".
export async function visit(browser, site, { language = "ja", ...options } = {}) {
  const context = await browser.newContext({
    baseURL: site, locale: language === "ja" ? "ja-JP" : "en-GB", timezoneId: "Asia/Tokyo",
    viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options,
  });
  context.setDefaultTimeout(kPatienceMs);
  const faults = new Faults(context, site);
  const page = await context.newPage();
  return { page, context, faults: faults.lines, close: () => context.close() };
}

// Adds a fault for each reply with Set-Cookie. Asks the browser's own protocol: its events bring the
// headers along, while Response.headerValue() asks for them later, when the page may be closed.
export async function watchCookies({ context, page }, faults) {
  const wire = await context.newCDPSession(page);
  const urls = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  wire.on("Network.responseReceivedExtraInfo", ({ requestId, headers }) => {
    const sets = Object.keys(headers).some((name) => name.toLowerCase() === "set-cookie");
    if (sets) faults.push(`${urls.get(requestId)}: sets a cookie`);
  });
  await wire.send("Network.enable");
}
