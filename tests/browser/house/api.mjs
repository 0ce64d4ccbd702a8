// The site's /api/v1, for what a test needs before it looks at pages.
const kWaitMs = 30_000;

// Calls with the token; every call throws when the reply is an error.
export function apiOf(site, token) {
  const call = async (method, path, { body, headers } = {}) => {
    const reply = await fetch(path.startsWith("http") ? path : `${site}/api/v1${path}`,
      { method, body, headers: { Authorization: `Bearer ${token}`, ...headers } });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };
  const json = { "Content-Type": "application/json" };
  return {
    get: (path) => call("GET", path),
    post: (path, value) => call("POST", path, { body: JSON.stringify(value), headers: json }),
    patch: (path, value) => call("PATCH", path, { body: JSON.stringify(value), headers: json }),
    remove: (path) => call("DELETE", path),
    upload: (path, bytes, fileName, fields = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append("file", new Blob([bytes]), fileName);
      return call("POST", path, { body: form });
    },
  };
}

// The job when it has come to rest: done, held or failed.
export async function waitForJob(api, url) {
  for (const end = Date.now() + kWaitMs; Date.now() < end;) {
    const job = (await api.get(url)).data;
    if (job.state !== "waiting" && job.state !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not end`);
}
