// What every browser test meets: the program with the shipped datasets, a few municipalities
// harvested from a pretend prefecture, and a town's own table.
//
// prepareWorld() makes it once in a folder; openWorld() serves a copy of it, so that tests may
// change what they like. Without a prepared folder (BROWSER_WORLD) a test makes its own.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { apiOf, waitForJob } from "./api.mjs";
import { facilitiesCsv } from "./facilities.mjs";
import { run, serve, start } from "./processes.mjs";

const kSource = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const kProgram = process.env.BROWSER_PROGRAM ?? join(kSource, "build/release/minato");
const kPretend = process.env.BROWSER_PRETEND ?? join(kSource, "build/release/bin/pretend_prefecture");
const kDatasets = process.env.BROWSER_DATASETS ?? join(kSource, "datasets");

export const kTown = "143014";  // 葉山町
const kTownTable = "mihon-shisetsu";
const kHarvested = ["142042", "142069", "142123", "142174"];
const kIll = "142174";  // its site answers with nonsense: what a failed harvest looks like

const kConfig = `[harvest]
enabled = false
allow_networks = ["127.0.1.0/24"]
delay_ms = 0
max_retries = 0
contact = "opendata@example.jp"
schedule = "manual"
[log]
access = false
`;

// The shipped datasets, with publishers that have no sites: nothing but the pretend ones may be
// harvested.
function copyDatasets(target) {
  cpSync(kDatasets, target, { recursive: true });
  const [head, ...lines] = readFileSync(join(kDatasets, "publishers.csv"), "utf8").trim().split("\r\n");
  const before = head.split(",").indexOf("site_kind");
  const unknown = lines.map((line) =>
    [...line.split(",").slice(0, before), "unknown", "", "", "", "https://www.example.jp/", "公開場所は不明"].join(","));
  writeFileSync(join(target, "publishers.csv"), [head, ...unknown, ""].join("\r\n"));
}

function serveFolder(folder) {
  return serve(kProgram, join(folder, "data"),
    ["--datasets", join(folder, "datasets"), "--config", join(folder, "minato.toml")]);
}

// Runs `minato` on the folder's data directory.
function minato(folder, words, options) {
  return run([kProgram, ...words, "--data", join(folder, "data")], options);
}

async function harvest(folder) {
  const prefecture = await start(
    [kPretend, "--only", kHarvested.join(","), "--fault", `${kIll}=html`], /^(\{.*\})\n/);
  try {
    const { sources } = JSON.parse(prefecture.match[1]);
    for (const source of sources) {
      await minato(folder, ["harvest", "sources", "add", "--name", `${source.code}-${source.kind}`,
        "--kind", source.kind, "--url", source.url, "--organization", source.code,
        "--options", JSON.stringify(source.options)]);
    }
    // 1: the ill one fails as a whole.
    await minato(folder, ["harvest", "run", "--config", join(folder, "minato.toml")], { statuses: [1] });
  } finally {
    await prefecture.stop();
  }
}

async function tokens(folder) {
  const create = async (...words) => (await minato(folder, ["token", "create", ...words])).trim();
  return {
    clerk: await create("--user", "yamada", "--organization", kTown, "--role", "editor"),
    admin: await create("--user", "kanri", "--sysadmin"),
  };
}

async function publishTable(folder) {
  const file = join(folder, "facilities.csv");
  writeFileSync(file, facilitiesCsv());
  await minato(folder, ["publish", file, "--organization", kTown, "--title", "見本施設一覧", "--dataset",
    kTownTable, "--notes", "町内にある施設の名称、種別、所在地、位置、収容人数です。", "--license", "CC-BY-4.0"]);
}

// What only exists when somebody works in the staff corner: a draft, an import that is held for
// confirmation, a dataset that was removed.
async function workOfStaff(site, { clerk, admin }) {
  const api = apiOf(site, clerk);
  const dataset = { description: "見本です。", organization: kTown, license: "cc-by-4.0", tags: ["見本"] };
  await api.post("/datasets", { ...dataset, name: "mihon-shitagaki", title: "見本の下書き", state: "draft" });
  await api.post("/datasets", { ...dataset, name: "mihon-hikaku", title: "見本の差し替え" });
  const made = await api.upload("/datasets/mihon-hikaku/resources", facilitiesCsv(), "施設.csv");
  const done = await waitForJob(api, made.meta.jobs[0]);
  const half = await api.upload(`/tables/${made.data.id}/versions`, facilitiesCsv(60), "施設.csv");
  const held = await waitForJob(api, `/jobs/${half.data.id}`);
  if (held.state !== "held") throw new Error(`half of the rows was not held: ${JSON.stringify(held)}`);
  await api.post("/datasets", { ...dataset, name: "mihon-sakujo", title: "見本の削除" });
  await apiOf(site, admin).remove(`/datasets/mihon-sakujo?reason=${encodeURIComponent("重複していたため")}`);
  return { doneJob: done.id, heldJob: held.id, heldResource: made.data.id };
}

// What the tests have to know about the catalogue: names and ids.
async function factsOf(site) {
  const action = async (call) => (await (await fetch(`${site}/api/3/action/${call}`)).json()).result;
  const dataset = await action(`package_show?id=${kTownTable}`);
  const shipped = await action("package_show?id=rpa-workflows");
  const found = await action("package_search?fq=organization:142123&rows=100");
  const files = found.results.flatMap(({ name, resources }) =>
    resources.map(({ id, datastore_active: isTable }) => ({ dataset: name, id, isTable })));
  return {
    dataset: dataset.name,
    resource: dataset.resources[0].id,
    shipped: { dataset: shipped.name, resource: shipped.resources[0].id },
    harvested: files.find(({ isTable }) => isTable),
    plainFile: files.find(({ isTable }) => !isTable),
    removed: "mihon-sakujo",
    draft: "mihon-shitagaki",
    held: "mihon-hikaku",
  };
}

// Makes the world in `folder`, which must not exist.
export async function prepareWorld(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "minato.toml"), kConfig);
  copyDatasets(join(folder, "datasets"));
  const server = await serveFolder(folder);
  try {
    await harvest(folder);
    const made = { tokens: await tokens(folder) };
    await publishTable(folder);
    Object.assign(made, await workOfStaff(server.site, made.tokens), await factsOf(server.site));
    writeFileSync(join(folder, "world.json"), JSON.stringify(made, null, 2));
  } finally {
    await server.stop();
  }
}

// {site, facts, tokens, minato(words), close()}: a server on a copy of the world, its own.
export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), "minato-world-"));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    const prepared = process.env.BROWSER_WORLD ?? join(folder, "prepared");
    if (!existsSync(join(prepared, "world.json"))) await prepareWorld(prepared);
    cpSync(prepared, join(folder, "world"), { recursive: true });
    const server = await serveFolder(join(folder, "world"));
    const { tokens: known, ...facts } = JSON.parse(readFileSync(join(prepared, "world.json"), "utf8"));
    return {
      site: server.site, facts, tokens: known, log: server.log,
      minato: (words, options) => minato(join(folder, "world"), words, options),
      close: async () => {
        try {
          await server.stop();
        } finally {
          discard();
        }
      },
    };
  } catch (error) {
    discard();
    throw error;
  }
}

// {site, close()}: a server that was started on an empty folder.
export async function openEmpty() {
  const folder = mkdtempSync(join(tmpdir(), "minato-empty-"));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await serve(kProgram, join(folder, "data"), []);
    return { site: server.site, close: () => server.stop().finally(discard) };
  } catch (error) {
    discard();
    throw error;
  }
}
