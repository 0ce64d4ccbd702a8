// One page of every type the site serves, for what must hold on all of them.

// [{name, path, status, staff}] without the language's prefix. `staff`: only with a session.
export function pageTypes(facts) {
  const resource = `/dataset/${facts.dataset}/resource/${facts.resource}`;
  const kind = `${encodeURIComponent("種別")}=${encodeURIComponent("公園")}`;
  const view = (name, more = "") => ({ name: `resource-${name}`, path: `${resource}?view=${name}${more}` });
  const readers = [
    { name: "home", path: "/" },
    { name: "search", path: "/dataset" },
    { name: "search-found", path: "/dataset?q=dx&res_format=CSV" },
    { name: "search-nothing", path: "/dataset?q=nosuchword" },
    { name: "dataset", path: `/dataset/${facts.dataset}` },
    { name: "dataset-shipped", path: `/dataset/${facts.shipped.dataset}` },
    { name: "dataset-harvested", path: `/dataset/${facts.harvested.dataset}` },
    { name: "resource", path: resource },
    view("table", `&${kind}`), view("columns"), view("map"), view("chart"), view("download", `&${kind}`),
    view("api", `&${kind}`), view("reading"),
    { name: "resource-file", path: `/dataset/${facts.plainFile.dataset}/resource/${facts.plainFile.id}` },
    { name: "organizations", path: "/organization" },
    { name: "organization", path: "/organization/142123" },
    { name: "organization-empty", path: "/organization/143618" },
    { name: "harvest", path: "/harvest" },
    { name: "tags", path: "/tag" },
    { name: "themes", path: "/theme" },
    { name: "groups", path: "/group" },
    { name: "docs", path: "/docs" },
    { name: "docs-api", path: "/docs/api" },
    { name: "docs-errors", path: "/docs/errors" },
    { name: "about", path: "/about" },
    { name: "accessibility", path: "/accessibility" },
    { name: "not-found", path: "/no-such-page", status: 404 },
    { name: "not-found-dataset", path: "/dataset/mihon-shisetu", status: 404 },
    { name: "removed", path: `/dataset/${facts.removed}`, status: 410 },
    { name: "manage-sign-in", path: "/manage/sign-in" },
  ];
  const staff = [
    { name: "manage", path: "/manage" },
    { name: "manage-new", path: "/manage/new" },
    { name: "manage-dataset", path: `/manage/dataset/${facts.draft}` },
    { name: "manage-dataset-files", path: `/manage/dataset/${facts.held}` },
    { name: "manage-edit", path: `/manage/dataset/${facts.draft}/edit` },
    { name: "manage-delete", path: `/manage/dataset/${facts.draft}/delete` },
    { name: "manage-upload", path: `/manage/dataset/${facts.draft}/upload` },
    { name: "manage-file", path: `/manage/file/${facts.heldResource}` },
    { name: "manage-preview", path: `/manage/preview/dataset/${facts.draft}` },
    { name: "manage-preview-file", path: `/manage/preview/dataset/${facts.held}/resource/${facts.heldResource}` },
    { name: "manage-jobs", path: "/manage/jobs" },
    { name: "manage-held", path: `/manage/job/${facts.heldJob}` },
    { name: "manage-done", path: `/manage/job/${facts.doneJob}` },
  ].map((page) => ({ ...page, staff: true }));
  return [...readers, ...staff].map((page) => ({ status: 200, staff: false, ...page }));
}

// The path in the language.
export function inLanguage(path, language) {
  if (language === "ja") return path;
  return path === "/" ? "/en" : `/en${path}`;
}
