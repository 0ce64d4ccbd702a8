"""The part of bench/run.py about tables: import, questions over HTTP, downloads."""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

ROWS = 1_000_000
CODE = "全国地方公共団体コード"


def q(text):
    return urllib.parse.quote(text)


def generate(work, encoding):
    path = work / f"facilities-{encoding}.csv"
    if not path.exists():
        subprocess.run([sys.executable, Path(__file__).parent / "make_facilities.py", str(ROWS), path, encoding], check=True)
    return path


def sqlite_import(work, path):
    """Seconds of the sqlite3 shell for the same file as text, and its index on the code column."""
    database = work / "peer.db"
    database.unlink(missing_ok=True)
    begin = time.monotonic()
    subprocess.run(["sqlite3", database, "-cmd", ".mode csv", f".import {path} t", f'CREATE INDEX code ON t("{CODE}")'], check=True)
    return time.monotonic() - begin


def minato_import(build, work, path):
    shutil.rmtree(work / "import", ignore_errors=True)
    out = subprocess.run([build / "bin" / "import_table", work / "import", path], check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def bench_import(run, build, work, report):
    report.append(f"## A table of {ROWS:,} rows and 20 columns\n")
    utf8, cp932 = generate(work, "utf-8"), generate(work, "cp932")
    ours, theirs, sjis = [], [], []
    for _ in range(run.RUNS):
        ours.append(minato_import(build, work, utf8))
        theirs.append(sqlite_import(work, utf8))
        sjis.append(minato_import(build, work, cp932))
    seconds = statistics.median(r["seconds"] for r in ours)
    peer = statistics.median(theirs)
    other = statistics.median(r["seconds"] for r in sjis)
    report.append(f"CSV of {utf8.stat().st_size / 1e6:,.0f} MB to queryable with types and statistics: {seconds:.2f} s; "
                  f"sqlite3 .import as text and one index {peer:.2f} s, ratio {seconds / peer:.2f}. "
                  f"The same in CP932 {other:.2f} s, {other / seconds:.2f} of UTF-8. "
                  f"Peak RSS {max(r['peak_rss_mb'] for r in ours + sjis):.0f} MB. "
                  f"Word index afterwards {statistics.median(r['text_index_seconds'] for r in ours):.1f} s "
                  f"(peak RSS {max(r['peak_rss_with_text_index_mb'] for r in ours):.0f} MB).\n")


def datasets_folder(work, path):
    folder = work / "table-datasets" / "facilities"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "data.csv").exists():
        os.link(path, folder / "data.csv")
    (folder / "dataset.json").write_text(json.dumps({
        "name": "facilities", "title": "施設一覧", "notes": "ベンチマーク用", "owner_org": "140007", "license_id": "cc-by",
        "tags": ["ベンチマーク"], "themes": ["99"], "frequency": "irregular", "language": "ja", "spatial": ["140007"],
        "resources": [{"name": "data", "path": "data.csv", "format": "CSV", "mimetype": "text/csv"}]}, ensure_ascii=False))
    shutil.copy(Path(__file__).resolve().parent.parent / "datasets" / "publishers.csv", work / "table-datasets" / "publishers.csv")
    return work / "table-datasets"


def cursor_near_end(run, base):
    """The URL of a page that begins at about 99 % of the rows, as a client that has walked there has it."""
    url = f"{base}/rows?limit=10000&count=none"
    for _ in range(ROWS // 10000 - 1):
        url = json.loads(run.fetch(url))["links"]["next"]
    return url.replace("limit=10000", "limit=100")


def shell_group(table_file):
    sql = ".timer on\nSELECT c3, avg(c17) FROM rows GROUP BY c3 ORDER BY c3 LIMIT 100;\n"
    out = subprocess.run(["taskset", "-c", "0", "sqlite3", f"file:{table_file}?immutable=1"], input=sql,
                         check=True, capture_output=True, text=True).stdout
    return float(re.findall(r"real ([\d.]+)", out)[-1])


def timed(run, url):
    begin = time.monotonic()
    run.fetch(url)
    return time.monotonic() - begin


def bench_questions(run, server, base, report):
    report.append("| question, 16 connections, response cache off | req/s | p99 ms |\n|---|---|---|")
    pages = [("first page of 100", f"{base}/rows?limit=100"),
             ("filter on an indexed column", f"{base}/rows?limit=100&{q(CODE)}=142042"),
             ("page at the end, by cursor", cursor_near_end(run, base))]
    for label, url in pages:
        run.wrk(url, 16, 1)
        rate, p99 = run.medians([run.wrk(url, 16) for _ in range(run.RUNS)])
        report.append(f"| {label} | {rate:,.0f} | {p99:.2f} |")
    report.append("")


def bench_group(run, work, base, report):
    table_file = max((work / "table-data" / "tables").glob("*/*/1.db"), key=lambda path: path.stat().st_size)
    url = f"{base}/aggregate?group={q('地方公共団体名')}&agg=avg({q('利用者数')})"
    timed(run, url), shell_group(table_file)
    rows = [(timed(run, url), shell_group(table_file)) for _ in range(run.RUNS)]
    ours, theirs = run.medians(rows)
    report.append(f"Group by municipality with an average: {ours * 1000:.0f} ms; the sqlite3 shell with the same SQL on the same rows "
                  f"{theirs * 1000:.0f} ms, ratio {ours / theirs:.2f}\n")


def bench_exports(run, server, base, report):
    everything, some = f"{base}/export.csv", f"{base}/export.csv?{q('バリアフリー')}={q('有')}"
    full = statistics.median(run.download(everything) for _ in range(run.RUNS))
    filtered = statistics.median(run.download(some) for _ in range(run.RUNS))
    report.append(f"CSV export over HTTP: unfiltered {full:,.0f} MB/s, filtered {filtered:,.0f} MB/s")
    page = f"{base}/rows?limit=10&count=none"
    calm = run.medians([run.wrk(page, 4, 3) for _ in range(3)])[1]
    before = server.rss_mb()
    readers = [subprocess.Popen(["taskset", "-c", "1", "curl", "-s", "--limit-rate", "1M", "-o", "/dev/null", f"{base}/export.ndjson"])
               for _ in range(20)]
    time.sleep(3)
    busy = run.medians([run.wrk(page, 4, 3) for _ in range(run.RUNS)])[1]
    growth = server.rss_mb() - before
    for reader in readers:
        reader.kill()
        reader.wait()
    report.append(f"\n20 readers at 1 MB/s of a long export: RSS grows by {growth:.1f} MB; p99 of other requests {busy:.2f} ms "
                  f"(without them {calm:.2f} ms)\n")


def bench_tables(run, build, work, report):
    """`run` is the module bench/run.py."""
    bench_import(run, build, work, report)
    folder = datasets_folder(work, generate(work, "utf-8"))
    with run.serve(build, work / "table-data", "--datasets", folder, "--set", "cache.max_bytes=0", cores="0-1") as server:
        found = json.loads(run.fetch(server.base + "/api/v1/datasets/facilities"))
        base = found["data"]["resources"][0]["table"]
        while not list((work / "table-data" / "tables").glob("*/*/1.text.db")):
            time.sleep(1)
        time.sleep(2)
        bench_questions(run, server, base, report)
        bench_group(run, work, base, report)
        bench_exports(run, server, base, report)
