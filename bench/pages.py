"""The part of bench/run.py about pages: server time at 10,000 datasets, and Lighthouse."""
import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

import push

DATASETS = 10_000
REQUESTS = 200
LIGHTHOUSE_RUNS = 3
CATEGORIES = ["performance", "accessibility", "best practices", "SEO"]
ROWS = 10_000
TABLE = "bench-facilities"  # a dataset with one table of ROWS rows
SHIPPED = "dx-plan-indicator-values"
CHANGES = 60  # one a second
ROUNDS = 10  # visits of each page between two changes


def call(base, action):
    with urllib.request.urlopen(f"{base}/api/3/action/{action}", timeout=60) as reply:
        return json.load(reply)["result"]


def paths_of(base, name):
    """(kind, path) of a page of each kind; dataset and resource are those of this dataset."""
    dataset = call(base, f"package_show?id={name}")
    resource = f"/dataset/{name}/resource/{dataset['resources'][0]['id']}"
    word = urllib.parse.quote("横浜")
    return [("home", "/"), ("search", "/dataset"), ("search for a word", f"/dataset?q={word}"),
            ("dataset", f"/dataset/{name}"), ("resource: rows", resource),
            ("resource: columns", resource + "?view=columns"), ("resource: chart", resource + "?view=chart"),
            ("resource: map", resource + "?view=map"), ("resource: download", resource + "?view=download"),
            ("organizations", "/organization")]


def server_times(url):
    """Milliseconds that the server itself gives in Server-Timing, sorted; and the size of the page."""
    times = []
    for _ in range(REQUESTS + 20):
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            size = len(reply.read())
            times.append(float(re.search(r"app;dur=([\d.]+)", reply.headers["Server-Timing"])[1]))
    return sorted(times[20:]), size  # the first ones warm it


def bench_pages(run, build, work, report):
    """Server time of pages, response cache off."""
    report.append(f"## Server time of pages, {DATASETS:,} datasets, a table of {ROWS:,} rows, response cache off\n")
    report.append("| page | gzip bytes | median ms | p95 ms | slowest ms |\n|---|---|---|---|---|")
    data = work / "pages"
    shutil.rmtree(data, ignore_errors=True)
    subprocess.run([build / "bin" / "fill_catalog", data, str(DATASETS)], check=True)
    file = work / "facilities.csv"
    subprocess.run(["python3", run.ROOT / "bench" / "make_facilities.py", str(ROWS), file], check=True)
    subprocess.run([build / "minato", "publish", file, "--data", data, "--organization", "140007", "--title", "施設一覧",
                    "--dataset", TABLE, "--license", "CC-BY-4.0"], check=True, stdout=subprocess.DEVNULL)
    with run.serve(build, data, "--set", "cache.max_bytes=0") as server:
        for name, path in paths_of(server.base, TABLE):
            times, size = server_times(server.base + path)
            report.append(f"| {name} | {size:,} | {statistics.median(times):.2f} | {times[int(len(times) * 0.95)]:.2f} | {times[-1]:.2f} |")
    report.append(f"\nServer-Timing of {REQUESTS} requests in a row after 20 that warm it: from the request's arrival to its finished, coded reply.\n")
    beside_writes(run, build, data, report)


class Visitor:
    """One connection that stays open."""

    def __init__(self, base):
        self.connection = http.client.HTTPConnection(base.split("//")[1], timeout=60)

    def visit(self, path):
        """The server's milliseconds."""
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        reply = self.connection.getresponse()
        reply.read()
        if reply.status != 200:
            raise SystemExit(f"{path}: {reply.status}")
        return float(re.search(r"app;dur=([\d.]+)", reply.headers["Server-Timing"])[1])


def share(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def beside_writes(run, build, data, report):
    """The same pages while somebody changes a dataset every second."""
    report.append(f"## Server time while a dataset changes every second, {DATASETS:,} datasets, response cache off\n")
    report.append("| page | first view after a change: median ms | p95 ms | all views: median ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|")
    with run.serve(build, data, "--set", "cache.max_bytes=0", "--set", "harvest.enabled=false") as server:
        writer = push.Client(server.base, push.token(build, data))
        changing = f"bench-changing-{int(time.time())}"
        writer.action("package_create", push.dataset(changing))
        visitor = Visitor(server.base)
        pages = paths_of(server.base, TABLE) + [("package_search", "/api/3/action/package_search?q=" + urllib.parse.quote("人口"))]
        for _ in range(20):
            for _name, path in pages:
                visitor.visit(path)
        firsts, others = ({name: [] for name, _ in pages} for _ in range(2))
        order = random.Random(1)
        for change in range(CHANGES):
            begin = time.monotonic()
            writer.action("package_patch", {"id": changing, "title": f"第{change}版"})
            for number in range(ROUNDS):
                order.shuffle(pages)
                for name, path in pages:
                    (others if number else firsts)[name].append(visitor.visit(path))
            time.sleep(max(0, begin + 1 - time.monotonic()))
    for name in firsts:
        every = firsts[name] + others[name]
        cells = [share(firsts[name], 0.5), share(firsts[name], 0.95), share(every, 0.5), share(every, 0.95), share(every, 0.99)]
        report.append(f"| {name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")
    report.append(f"\n{CHANGES} changes, {ROUNDS} views of each page after each, in changing order.\n")


def bench_lighthouse(run, build, work, report):
    """Lighthouse's scores, its defaults for phones and desktops."""
    room = Path(__file__).resolve().parent / "lighthouse"
    subprocess.run([run.ROOT / "tests" / "checks" / "npm_ready.sh", room, "18"], check=True)
    with run.serve(build, work / "lighthouse", "--datasets", run.ROOT / "datasets", "--set", "harvest.enabled=false",
                   cores="0,1") as server:
        names = {name: server.base + path for name, path in paths_of(server.base, SHIPPED)
                 if name in ("home", "search", "dataset", "resource: rows")}
        out = subprocess.run(["node", room / "lighthouse.mjs", str(LIGHTHOUSE_RUNS), *names.values()],
                             stdout=subprocess.PIPE, text=True, check=True).stdout
    results = [json.loads(line) for line in out.splitlines()]
    report.append(f"## Lighthouse, medians of {LIGHTHOUSE_RUNS} runs\n")
    report.append("| page | form | " + " | ".join(CATEGORIES) + " | audits below 90 |\n|---|---|" + "---|" * len(CATEGORIES) + "---|")
    for form in ("phone", "desktop"):
        for name, url in names.items():
            mine = [one for one in results if one["form"] == form and one["page"] == url]
            scores = [f"{statistics.median(column):.0f}" for column in zip(*(one["scores"] for one in mine))]
            failed = sorted({audit for one in mine for audit in one["failed"]})
            report.append(f"| {name} | {form} | " + " | ".join(scores) + f" | {', '.join(failed)} |")
    report.append("\nServer and browser share the two cores. The performance of phones is Lighthouse's simulation of a slow 4G and a slow processor.\n")
