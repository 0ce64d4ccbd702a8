// Programs started for a test. Each is guarded by a shell that ends it when this process goes away,
// however it goes.
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";

const kStartMs = 60_000;
const kCommandMs = 240_000;
// Ends the program ($@) with SIGTERM when standard input closes, and with its status when it ends.
const kGuard = `exec 3<&0
"$@" </dev/null 3<&- & child=$!
(cat <&3 >/dev/null; kill $child 2>/dev/null) & watch=$!
wait $child; status=$?
kill $watch 2>/dev/null
exit $status`;

// Another program may take it before it is used; whoever starts a server tries again.
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Starts `command` and resolves to {match, stop()} when a line of its output fits `ready`. stop()
// rejects when the program did not end well.
export function start(command, ready) {
  const child = spawn("/bin/sh", ["-c", kGuard, "guard", ...command]);
  let log = "";
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.stdin.on("error", () => {});
  const stop = async () => {
    child.stdin.end();
    const status = await ended;
    if (status !== 0) throw new Error(`${command[0]} ended with ${status}:\n${log.slice(-4000)}`);
  };
  return new Promise((resolve, reject) => {
    const give = (why) => {
      child.stdin.end();
      reject(new Error(`${command.join(" ")}: ${why}\n${log.slice(-4000)}`));
    };
    const timer = setTimeout(() => give("not ready in time"), kStartMs);
    const listen = (text) => {
      log += text;
      const match = log.match(ready);
      if (!match) return;
      clearTimeout(timer);
      resolve({ match, stop, log: () => log });
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    ended.then((status) => {
      clearTimeout(timer);
      give(`ended with ${status}`);
    });
  });
}

// Serves `data`; resolves to {site, stop()}. The port is chosen beforehand because the pages write
// their own address, which --listen with port 0 does not tell them.
export async function serve(program, data, more) {
  for (let attempt = 1; ; ++attempt) {
    const address = `127.0.0.1:${await freePort()}`;
    try {
      const server = await start([program, "serve", "--data", data, "--listen", address, ...more],
        /serving (http:\S+)\n/);
      return { site: `http://${address}`, stop: server.stop, log: server.log };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

// Runs a command to its end; resolves to its standard output. `statuses`: the ones that are well.
export async function run(command, { statuses = [0], input, env } = {}) {
  const promise = promisify(execFile)(command[0], command.slice(1),
    { timeout: kCommandMs, maxBuffer: 1 << 26, env: env ?? process.env });
  // A program that reads nothing may be gone before its input is closed.
  promise.child.stdin.on("error", () => {});
  promise.child.stdin.end(input ?? "");
  try {
    return (await promise).stdout;
  } catch (error) {
    if (statuses.includes(error.code)) return error.stdout;
    throw new Error(`${command.join(" ")}: status ${error.code ?? error.signal}\n` +
      `${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
}
