// Starts PROGRAM with DATASETS on a free port, fetches a page of every kind in both languages and
// validates each; exit status 1 names every page and line at fault.
// usage: node validate.mjs PROGRAM DATASETS
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const kStartMs = 60_000;
const [program, datasets] = process.argv.slice(2);

// Resolves to the address the program says it serves.
function started(child) {
  return new Promise((resolve, reject) => {
    let log = "";
    const timer = setTimeout(() => reject(new Error(`not serving in time:\n${log}`)), kStartMs);
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text) => {
      log += text;
      const address = log.match(/serving (http:\S+)\n/)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.on("exit", (status) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${status}:\n${log}`));
    });
  });
}

async function ckan(site, call) {
  const reply = await fetch(`${site}/api/3/action/${call}`);
  return (await reply.json()).result;
}

// [path, expected status] of every dataset and of one page of every other kind, in both languages; the
// ids come from the catalogue itself.
async function pagesOf(site) {
  const datasets = (await ckan(site, "package_search?rows=1000")).results;
  const [first] = datasets;
  const resource = first.resources[0].id;
  const paths = ["/dataset", "/dataset?q=dx&res_format=CSV", "/dataset?q=nosuchword",
    ...datasets.map((dataset) => `/dataset/${dataset.name}`),
    `/dataset/${first.name}/resource/${resource}`, `/dataset/${first.name}/dictionary/${resource}`,
    "/organization", `/organization/${first.organization.name}`,
    "/group", "/about", "/docs/errors"];
  const found = ["/", "/en", ...paths, ...paths.map((path) => `/en${path}`)];
  const missing = ["/dataset/no-such-dataset", "/en/dataset/no-such-dataset", "/no-such-page"];
  return [...found.map((path) => [path, 200]), ...missing.map((path) => [path, 404])];
}

const validator = new HtmlValidate(new StaticConfigLoader({
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  // What the site serves itself needs no checksum: whoever could change it could change the page.
  rules: { "require-sri": ["error", { target: "crossorigin" }] },
}));

// The faults of one page, one per line.
async function faultsOf(site, path, status) {
  const reply = await fetch(site + path, { headers: { Accept: "text/html" } });
  const html = await reply.text();
  if (reply.status !== status) return [`${path}: status ${reply.status}, not ${status}`];
  if (!reply.headers.get("Content-Type")?.startsWith("text/html")) return [`${path}: not HTML`];
  const report = await validator.validateString(html, path);
  return report.results.flatMap(({ messages }) => messages).map(({ line, column, ruleId, message }) =>
    `${path}:${line}:${column}: ${message} (${ruleId})\n    ${html.split("\n")[line - 1]}`);
}

const data = mkdtempSync(join(tmpdir(), "minato-html-"));
const child = spawn(program, ["serve", "--data", data, "--listen", "127.0.0.1:0",
  "--datasets", datasets], { stdio: ["ignore", "ignore", "pipe"] });
const ended = new Promise((resolve) => child.on("close", resolve));
try {
  const site = await started(child);
  const pages = await pagesOf(site);
  const faults = [];
  for (const [path, status] of pages) faults.push(...await faultsOf(site, path, status));
  for (const fault of faults) console.log(fault);
  console.log(`${pages.length} pages, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  child.kill();
  const status = await ended;
  if (status !== 0) {
    console.log(`the program ended with ${status}`);
    process.exitCode = 1;
  }
  rmSync(data, { recursive: true });
}
