#!/usr/bin/env python3
"""Minato's benchmarks: each figure beside its peer, in the same run, medians of RUNS runs.

usage: bench/run.py [--only NAME[,NAME]] [--build DIR] [--quick]
Servers run on core 0 (taskset; of tables on both), load on core 1; everything listens on loopback. Writes
bench/results/latest.md and prints it. Needs wrk, nginx, sqlite3 and curl (make bench installs them).
"""
import argparse, json, os, platform, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time
import urllib.request, urllib.parse
from pathlib import Path

import harvest
import pages
import push
import tables

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
SECONDS = 4
ALL = "hot,search,start,files,tables,harvest,push,pages,lighthouse"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_http(url, limit=120.0):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                if reply.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.005)
    raise SystemExit(f"{url} did not answer in {limit} s")


class Process:
    """A server on core 0 (or `cores`), ended with its block."""

    def __init__(self, command, ready=None, cores="0"):
        self.log = tempfile.TemporaryFile()
        self.popen = subprocess.Popen(["taskset", "-c", cores, *map(str, command)], stdout=self.log, stderr=self.log)
        self.started = time.monotonic()
        if ready:
            wait_http(ready)
            self.ready_seconds = time.monotonic() - self.started

    def rss_mb(self):
        for line in Path(f"/proc/{self.popen.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise SystemExit("no VmRSS")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(40)
        except subprocess.TimeoutExpired:
            self.popen.kill()


def serve(build, data, *more, cores="0"):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [build / "minato", "serve", "--data", data, "--listen", f"127.0.0.1:{port}", "--set",
               "server.threads=1", "--set", "log.access=false", *more]
    process = Process(command, base + "/ready", cores)
    process.base = base
    return process


def nginx(folder, root):
    port = free_port()
    config = Path(folder) / "nginx.conf"
    config.write_text(f"""
{"user root;" if os.geteuid() == 0 else ""} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/json;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  open_file_cache max=100; server {{ listen 127.0.0.1:{port}; root {root}; }} }}""")
    process = Process(["nginx", "-c", config, "-p", folder, "-e", f"{folder}/error.log"])
    process.base = f"http://127.0.0.1:{port}"
    return process


def wrk(url, connections, seconds=SECONDS, script=None):
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if script:
        command += ["-s", str(script)]
    out = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"wrk {url}: {out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as reply:
        return reply.read()


def bench_hot(build, work, report):
    """Hot package_show and /api/v1/datasets/{id} against a constant reply and nginx."""
    report.append("## Hot replies, 64 connections, one core\n")
    report.append("| reply | bytes | Minato req/s | constant reply req/s | ratio | nginx static req/s | ratio |\n|---|---|---|---|---|---|---|")
    with serve(build, work / "hot", "--datasets", ROOT / "datasets") as server:
        for label, path in (("package_show", "/api/3/action/package_show?id=rpa-workflows"),
                            ("/api/v1/datasets/{id}", "/api/v1/datasets/rpa-workflows")):
            body = fetch(server.base + path)
            static = work / "static"
            static.mkdir(exist_ok=True)
            (static / "reply.json").write_bytes(body)
            port = free_port()
            constant_base = f"http://127.0.0.1:{port}/constant"
            with Process([build / "bin" / "constant_server", port, static / "reply.json"], constant_base) as _, \
                    nginx(work, static) as peer:
                wait_http(peer.base + "/reply.json")
                rows = []
                for _run in range(RUNS):
                    rows.append((wrk(server.base + path, 64)[0], wrk(constant_base, 64)[0], wrk(peer.base + "/reply.json", 64)[0]))
            ours, constant, static_rate = medians(rows)
            report.append(f"| {label} | {len(body)} | {ours:,.0f} | {constant:,.0f} | {ours / constant:.2f} | {static_rate:,.0f} | {ours / static_rate:.2f} |")
    report.append("")


# Two-character words, from very common to rare, as the synthetic catalogue spreads them.
WORDS = ["人口", "統計", "施設", "一覧", "防災", "観光", "公園", "学校", "令和", "年度", "横浜", "病院", "子育", "避難", "図書"]


def bench_search(build, work, report, counts):
    report.append("## package_search: two-character word, fq and 3 facets, response cache off\n")
    report.append("| datasets | connections | req/s | p99 ms | start to /ready s | RSS idle MB | RSS after MB |\n|---|---|---|---|---|---|---|")
    script = work / "search.lua"
    words = ",".join('"%s"' % urllib.parse.quote(w) for w in WORDS)
    facets = urllib.parse.quote('["organization","tags","res_format"]')
    script.write_text(f"""
local words = {{{words}}}
local orgs = {{"141003","141305","141500","142018","140007"}}
local n = 0
request = function()
  n = n + 1
  local fq = (n % 2 == 0) and ("organization:" .. orgs[n % #orgs + 1]) or "res_format:CSV"
  return wrk.format("GET", "/api/3/action/package_search?q=" .. words[n % #words + 1] .. "&fq=" .. fq ..
    "&facet.field={facets}&rows=10&start=" .. (n % 7))
end""")
    for count in counts:
        data = work / f"synthetic-{count}"
        if not data.exists():
            subprocess.run([build / "bin" / "fill_catalog", data, str(count)], check=True)
        with serve(build, data, "--set", "cache.max_bytes=0") as server:
            ready = server.ready_seconds
            time.sleep(10)  # the integrity check of the start is over
            idle = server.rss_mb()
            wrk(server.base, 16, 2, script)  # warm
            rows = [wrk(server.base, 16, SECONDS, script) for _ in range(RUNS)]
            rate, p99 = medians(rows)
            report.append(f"| {count:,} | 16 | {rate:,.0f} | {p99:.2f} | {ready:.2f} | {idle:.0f} | {server.rss_mb():.0f} |")
    report.append("")


def bench_start(build, work, report):
    report.append("## Start and memory with the shipped catalogue\n")
    starts, memory = [], []
    for _ in range(RUNS):
        with serve(build, work / "shipped", "--datasets", ROOT / "datasets") as server:
            starts.append(server.ready_seconds)
            time.sleep(2)
            memory.append(server.rss_mb())
    report.append(f"start to /ready {statistics.median(starts):.2f} s, RSS idle {statistics.median(memory):.0f} MB\n")


def download(url, limit=None):
    command = ["taskset", "-c", "1", "curl", "-s", "-o", "/dev/null", "-w", "%{speed_download}", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(out) / 1e6


def bench_files(build, work, report):
    """A 1 GB file: rate beside nginx, memory and others' latency with 50 slow readers."""
    report.append("## 1 GB file\n")
    size = 1 << 30
    source = work / "big"
    source.mkdir(exist_ok=True)
    big = source / "big.bin"
    if not big.exists() or big.stat().st_size != size:
        block = os.urandom(1 << 20)
        with big.open("wb") as out:
            for _ in range(size >> 20):
                out.write(block)
    datasets = work / "big-datasets" / "big-file"
    datasets.mkdir(parents=True, exist_ok=True)
    if not (datasets / "data.bin").exists():
        os.link(big, datasets / "data.bin")
    (datasets / "dataset.json").write_text(json.dumps({
        "name": "big-file", "title": "大きなファイル", "notes": "ベンチマーク用", "owner_org": "140007", "license_id": "notspecified",
        "tags": ["ベンチマーク"], "themes": ["99"], "frequency": "irregular", "language": "ja", "spatial": ["140007"],
        "resources": [{"name": "data", "path": "data.bin", "format": "BIN", "mimetype": "application/octet-stream"}]}, ensure_ascii=False))
    shutil.copy(ROOT / "datasets" / "publishers.csv", work / "big-datasets" / "publishers.csv")
    with serve(build, work / "big-data", "--datasets", work / "big-datasets") as server, nginx(work, source) as peer:
        time.sleep(0.5)  # nginx has no page to ask for but the file itself
        show = json.loads(fetch(server.base + "/api/3/action/package_show?id=big-file"))
        path = urllib.parse.urlparse(show["result"]["resources"][0]["url"]).path
        rows = [(download(server.base + path), download(peer.base + "/big.bin")) for _ in range(RUNS)]
        ours, theirs = medians(rows)
        report.append(f"one reader: Minato {ours:,.0f} MB/s, nginx {theirs:,.0f} MB/s, ratio {ours / theirs:.2f}")
        small = "/api/3/action/package_show?id=big-file"
        calm = medians([wrk(server.base + small, 4, 3) for _ in range(3)])[1]
        before = server.rss_mb()
        readers = [subprocess.Popen(["taskset", "-c", "1", "curl", "-s", "--limit-rate", "1M", "-o", "/dev/null", server.base + path])
                   for _ in range(50)]
        time.sleep(3)
        busy = medians([wrk(server.base + small, 4, 3) for _ in range(RUNS)])[1]
        growth = server.rss_mb() - before
        for reader in readers:
            reader.kill()
            reader.wait()
        report.append(f"\n50 readers at 1 MB/s: RSS grows by {growth:.1f} MB; p99 of other requests {busy:.2f} ms (without them {calm:.2f} ms)\n")


def machine():
    cpu = next((l.split(":", 1)[1].strip() for l in Path("/proc/cpuinfo").read_text().splitlines() if l.startswith("model name")), "?")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) >> 20
    return f"{cpu}, {os.cpu_count()} cores, {memory} GiB, Linux {platform.release()}, " + time.strftime("%Y-%m-%d")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=ALL)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--counts", default="100000,1000000")
    arguments = parser.parse_args()
    build = Path(arguments.build)
    report = ["# Benchmarks\n", machine() + f"; medians of {RUNS}; server on core 0 (for tables on both), load on core 1\n"]
    with tempfile.TemporaryDirectory(prefix="minato-bench-", dir="/var/tmp") as folder:
        work = Path(folder)
        for name in arguments.only.split(","):
            if name == "search":
                bench_search(build, work, report, [int(c) for c in arguments.counts.split(",")])
            else:
                {"hot": bench_hot, "start": bench_start, "files": bench_files,
                 "tables": lambda *a: tables.bench_tables(sys.modules[__name__], *a),
                 "harvest": lambda *a: harvest.bench_harvest(sys.modules[__name__], *a),
                 "push": lambda *a: push.bench_push(sys.modules[__name__], *a),
                 "pages": lambda *a: pages.bench_pages(sys.modules[__name__], *a),
                 "lighthouse": lambda *a: pages.bench_lighthouse(sys.modules[__name__], *a)}[name](build, work, report)
    text = "\n".join(report) + "\n"
    print(text)
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    (results / ("latest.md" if arguments.only == ALL else arguments.only.replace(",", "-") + ".md")).write_text(text)


if __name__ == "__main__":
    sys.exit(main())
