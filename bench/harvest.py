"""The part of bench/run.py about harvesting: a CKAN of 10,000 datasets on loopback."""
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

DATASETS = 10_000
RUNS = 3
SOURCE = "bench"


class Prefecture:
    """A pretend CKAN (tests/support/pretend_prefecture) with so many datasets, ended with its block."""

    def __init__(self, build, datasets):
        self.popen = subprocess.Popen(
            [build / "bin" / "pretend_prefecture", "--only", "140007", "--ckan-datasets", str(datasets), "--until-stdin-closes"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.source = json.loads(self.popen.stdout.readline())["sources"][0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.popen.terminate()
        self.popen.wait(30)


class House:
    """A data directory that knows the organizations and one source."""

    def __init__(self, run, build, folder, source):
        self.build, self.data, self.config = build, folder / "data", folder / "minato.toml"
        shutil.rmtree(folder, ignore_errors=True)
        datasets = folder / "datasets"
        datasets.mkdir(parents=True)
        lines = (Path(run.ROOT) / "datasets" / "publishers.csv").read_text().splitlines()
        known = [lines[0]] + [",".join(line.split(",")[:10]) + ",unknown,,,,https://www.example.jp/,公開場所は不明" for line in lines[1:]]
        (datasets / "publishers.csv").write_text("\n".join(known) + "\n")
        self.config.write_text('[harvest]\nenabled = false\nallow_networks = ["127.0.1.0/24"]\ndelay_ms = 0\n')
        with run.serve(build, self.data, "--datasets", datasets, "--config", self.config, cores="0-1"):
            pass
        options = {"robots_permission": "bench", "rows": False}
        self.harvest("sources", "add", "--name", SOURCE, "--kind", "ckan", "--url", source["url"],
                     "--organization", "140007", "--options", json.dumps(options))

    def harvest(self, *words):
        subprocess.run([self.build / "minato", "harvest", *words, "--data", self.data], check=True, capture_output=True)

    def run(self):
        """One harvest: its JSON line, wall-clock seconds and peak RSS in MB."""
        begin = time.monotonic()
        child = subprocess.Popen([self.build / "minato", "harvest", "run", "--source", SOURCE, "--data", self.data,
                                  "--config", self.config], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, peak_rss_mb(child.pid))
            time.sleep(0.01)
        seconds = time.monotonic() - begin
        out, err = child.communicate()
        if child.returncode != 0:
            raise SystemExit(f"minato harvest run: {out}{err}")
        return json.loads(out.splitlines()[-1]), seconds, peak


def peak_rss_mb(pid):
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:  # it ended between two looks
        pass
    return 0.0


def expect(line, name, count):
    if line[name] != count:
        raise SystemExit(f"{name} is not {count}: {line}")


def bench_harvest(run, build, work, report):
    """`run` is the module bench/run.py."""
    report.append(f"## Harvest of a CKAN with {DATASETS:,} datasets, metadata only\n")
    full, unchanged, growth = [], [], []
    for _ in range(RUNS):
        with Prefecture(build, 1) as small:
            _line, _seconds, least = House(run, build, work / "harvest-1", small.source).run()
        with Prefecture(build, DATASETS) as prefecture:
            house = House(run, build, work / "harvest", prefecture.source)
            line, seconds, peak = house.run()
            expect(line, "added", DATASETS)
            full.append(seconds)
            line, seconds, again = house.run()
            expect(line, "not_modified", DATASETS)
            unchanged.append(seconds)
            growth.append(max(peak, again) - least)
    report.append(f"full harvest {statistics.median(full):.1f} s, unchanged cycle {statistics.median(unchanged):.1f} s, peak RSS "
                  f"{statistics.median(growth):.0f} MB above that of a harvest of 1 dataset; no delay between requests; "
                  f"medians of {RUNS}\n")


if __name__ == "__main__":
    sys.exit("run bench/run.py --only harvest")
