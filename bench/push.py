"""The part of bench/run.py about pushing: reads beside writes, and the memory that large uploads take."""
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

WRITERS = 16
READERS = 64
RUNS = 3
SECONDS = 60
ROWS = 10_000
UPLOAD = 2 << 30
PART = 32 << 20

# One line per request: what a citizen, a developer and a harvester ask for.
READS = """
local paths = { %s }
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def token(build, data):
    done = subprocess.run([build / "minato", "token", "create", "--data", data, "--user", "bench", "--organization", "141003",
                           "--role", "editor"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


class Client:
    """One connection that stays open."""

    def __init__(self, base, key):
        host = urllib.parse.urlsplit(base)
        self.connection = http.client.HTTPConnection(host.hostname, host.port, timeout=120)
        self.headers = {"Authorization": key}

    def action(self, name, body):
        return self.send("POST", "/api/3/action/" + name, json.dumps(body).encode(), {"Content-Type": "application/json"})["result"]

    def send(self, method, path, body, headers):
        self.connection.request(method, path, body, {**self.headers, **headers})
        reply = self.connection.getresponse()
        text = reply.read()
        if reply.status // 100 != 2:
            raise SystemExit(f"{method} {path}: {reply.status} {text[:300]!r}")
        self.reply_headers = reply.headers
        return json.loads(text) if text else None


def dataset(name):
    return {"name": name, "title": "書き込みの試験 " + name, "owner_org": "141003", "license_id": "cc-by-4.0"}


class Writer(threading.Thread):
    """Half of them change titles of datasets, the others upsert rows; each remembers its last acknowledged write."""

    def __init__(self, number, base, key, end):
        super().__init__()
        self.number, self.base, self.key, self.end = number, base, key, end
        self.writes = 0
        self.times = []

    def prepare(self):
        self.client = Client(self.base, self.key)
        self.name = f"bench-writer-{self.number}-{os.getpid()}-{int(time.time())}"
        self.client.action("package_create", dataset(self.name))
        self.resource = None
        if self.number % 2:
            made = self.client.action("datastore_create", {"resource": {"package_id": self.name, "name": "行"},
                                                           "fields": [{"id": "番号", "type": "int"}, {"id": "値", "type": "int"}],
                                                           "primary_key": ["番号"]})
            self.resource = made["resource_id"]
            self.client.action("datastore_upsert", {"resource_id": self.resource, "method": "upsert",
                                                    "records": [{"番号": i, "値": 0} for i in range(ROWS)]})

    def run(self):
        while time.monotonic() < self.end:
            begin = time.monotonic()
            self.writes += 1
            if self.resource:
                records = [{"番号": i, "値": self.writes} for i in range(20)]
                self.client.action("datastore_upsert", {"resource_id": self.resource, "method": "upsert", "records": records})
            else:
                self.client.action("package_patch", {"id": self.name, "title": f"第{self.writes}版"})
            self.times.append(time.monotonic() - begin)

    def check(self):
        if self.resource:
            found = self.client.action("datastore_search", {"resource_id": self.resource, "filters": {"番号": 7}})
            kept = found["records"][0]["値"]
        else:
            kept = self.client.action("package_show", {"id": self.name})["title"]
        if kept not in (self.writes, f"第{self.writes}版"):
            raise SystemExit(f"a write of {self.name} is lost: {kept} is not {self.writes}")


def read(work, base, paths, seconds):
    """p50 and p99 in ms and requests per second of 64 connections; ends when a read failed."""
    script = work / "reads.lua"
    script.write_text(READS % ", ".join(json.dumps(path) for path in paths))
    out = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", f"-c{READERS}", f"-d{seconds}s", "--latency", "-s", script, base],
                         check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit("failed reads: " + out)

    def ms(percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)\b", out).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    return ms(50), ms(99), float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def read_paths(base, resource):
    names = json.loads(subprocess.run(["curl", "-sf", base + "/api/3/action/package_list?limit=50"], check=True,
                                      capture_output=True, text=True).stdout)["result"]
    paths = ["/api/3/action/package_show?id=" + name for name in names]
    paths += [f"/api/3/action/package_search?q={urllib.parse.quote(word)}&rows=10" for word in ("人口", "施設", "避難所", "統計")]
    paths += ["/dataset/" + name for name in names[:20]]
    paths += [f"/api/v1/tables/{resource}/rows?limit=20&offset={offset}" for offset in range(0, 2000, 100)]
    return paths


def peak_mb(pid, name="VmHWM"):
    return int(re.search(rf"{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def bench_beside(run, build, work, data, report):
    seconds = SECONDS
    alone, beside, writes, waits = [], [], [], []
    for _ in range(RUNS):
        with run.serve(build, data, "--set", "harvest.enabled=false", cores="0-1") as server:
            key = token(build, data)
            quiet = Writer(1, server.base, key, 0)
            quiet.prepare()
            paths = read_paths(server.base, quiet.resource)
            read(work, server.base, paths, 2)
            alone.append(read(work, server.base, paths, seconds))
            writers = [Writer(number, server.base, key, 0) for number in range(WRITERS)]
            for writer in writers:
                writer.prepare()
            for writer in writers:
                writer.end = time.monotonic() + seconds
                writer.start()
            beside.append(read(work, server.base, paths, seconds))
            for writer in writers:
                writer.join()
                writer.check()
            writes.append(sum(writer.writes for writer in writers) / seconds)
            waits.append(sorted(t for writer in writers for t in writer.times))
    median = [[statistics.median(figure) for figure in zip(*runs)] for runs in (alone, beside)]
    report.append(f"## {READERS} readers and {WRITERS} writers for {seconds} s, 10,000 datasets, tables of {ROWS:,} rows\n")
    report.append("| reads | p50 | p99 | requests/s |\n|---|---|---|---|")
    for what, (p50, p99, rate) in zip(("without writers", "beside the writers"), median):
        report.append(f"| {what} | {p50:.1f} ms | {p99:.1f} ms | {rate:,.0f} |")
    p99 = statistics.median(times[int(len(times) * 0.99)] for times in waits) * 1000
    report.append(f"\n{statistics.median(writes):,.0f} acknowledged writes/s (half of them datasets, half 20 rows), p99 {p99:,.0f} ms; "
                  f"no read failed, no write lost; readers, writers and server share two cores; medians of {RUNS}\n")


def bench_uploads(run, build, work, data, report):
    big = work / "big.bin"
    size = UPLOAD
    with open(big, "wb") as file:
        block = os.urandom(1 << 20)
        for number in range(size >> 20):
            file.write(number.to_bytes(8, "big") + block[8:])
    report.append(f"## Uploads of {size / (1 << 30):.1f} GiB\n")
    with run.serve(build, data, "--set", "harvest.enabled=false", "--set", f"server.spool_dir={work}", cores="0-1") as server:
        key = token(build, data)
        client = Client(server.base, key)
        name = f"bench-upload-{int(time.time())}"
        client.action("package_create", dataset(name))
        before = peak_mb(server.popen.pid)
        begin = time.monotonic()
        subprocess.run(["curl", "-sf", "-o", work / "reply", "-H", "Authorization: " + key, "-F", "package_id=" + name, "-F",
                        f"upload=@{big}", server.base + "/api/3/action/resource_create"], check=True)
        whole = time.monotonic() - begin
        grown = peak_mb(server.popen.pid) - before
        begin = time.monotonic()
        client = Client(server.base, key)  # the first one was idle for too long
        made = client.send("POST", "/api/v1/uploads", json.dumps({"file_name": "big.bin", "size": size}).encode(),
                           {"Content-Type": "application/json"})
        place = "/api/v1/uploads/" + made["data"]["id"]
        with open(big, "rb") as file:
            for offset in range(0, size, PART):
                client.send("PATCH", place, file.read(PART), {"Content-Type": "application/octet-stream", "Upload-Offset": str(offset)})
        client.send("POST", place + "/complete", b"", {})
        parts = time.monotonic() - begin
        report.append(f"one request {whole:.1f} s, parts of {PART >> 20} MiB {parts:.1f} s; peak RSS grew by {grown:.0f} MB and then "
                      f"{peak_mb(server.popen.pid) - before:.0f} MB\n")
    big.unlink()


def bench_push(run, build, work, report):
    """`run` is the module bench/run.py."""
    data = work / "push"
    shutil.rmtree(data, ignore_errors=True)
    subprocess.run([build / "bin" / "fill_catalog", data, "10000"], check=True)
    bench_beside(run, build, work, data, report)
    bench_uploads(run, build, work, data, report)


if __name__ == "__main__":
    sys.exit("run bench/run.py --only push")
