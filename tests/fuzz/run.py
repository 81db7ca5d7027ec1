"""Runs the fuzz targets that were built; see run.sh, which builds them before."""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/fuzz"
FOUND = BUILD / "found"
INPUT_BYTES_MAX = 64 << 10  # A whole plan is 8 KiB.
HANG_SECONDS = 1  # Of one input.
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def shares() -> dict[str, int]:
    lines = (BUILD / "tests/fuzz_shares.txt").read_text(encoding="utf-8").split("\n")
    return {name: int(share) for name, share in (line.split() for line in lines if line)}


def run(name: str, inputs: int, seconds: int, seed: int) -> dict[str, Any]:
    """Runs a target; what it found is there when it ended otherwise than well."""
    corpus = BUILD / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(exist_ok=True)
    kept = ROOT / "tests/fuzz/corpus" / name
    command = [
        str(BUILD / "tests" / name),
        f"-runs={inputs}",
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-max_len={INPUT_BYTES_MAX}",
        f"-timeout={HANG_SECONDS}",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={FOUND}/{name}-",
        "-print_final_stats=1",
        str(corpus),
        *([str(kept)] if kept.is_dir() else []),
    ]
    environment = {
        **os.environ,
        "LSAN_OPTIONS": f"suppressions={ROOT}/tests/lsan.supp",
        "UBSAN_OPTIONS": "print_stacktrace=1",
    }
    began = time.monotonic()
    log = BUILD / f"{name}.log"
    with log.open("wb") as out:
        code = subprocess.run(command, stdout=out, stderr=out, env=environment).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    executed = _EXECUTED.search(text)
    return {
        "target": name,
        "inputs": int(executed.group(1)) if executed else 0,
        "seconds": round(time.monotonic() - began, 1),
        "ended": code,
        "end_of_log": "" if code == 0 else text[-3000:],
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=10_000_000)
    parser.add_argument("--seconds", type=int, default=0, help="of each target; 0: no limit")
    parser.add_argument("--targets", default="")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wanted = shares()
    if arguments.targets:
        wanted = {name: wanted[name] for name in arguments.targets.split(",")}
    total = sum(wanted.values())
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [
            pool.submit(run, name, arguments.inputs * share // total, arguments.seconds,
                        arguments.seed)
            for name, share in wanted.items()
        ]
        results = []
        for done in concurrent.futures.as_completed(runs):
            results.append(done.result())
            print(json.dumps({k: v for k, v in results[-1].items() if k != "end_of_log"}),
                  flush=True)
            if results[-1]["end_of_log"]:
                print(results[-1]["end_of_log"], flush=True)
    crashes = sum(result["ended"] != 0 for result in results)
    line = {
        "goal": "G20",
        "inputs": sum(result["inputs"] for result in results),
        "targets": len(results),
        "crashes": crashes,
        "seconds": round(time.monotonic() - began, 1),
        "seed": arguments.seed,
    }
    print(json.dumps(line))
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
