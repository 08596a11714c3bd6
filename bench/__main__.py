"""``python -m bench [name …]``: run the benchmarks and write ``bench-results.json``.

A missed target is a result, not an error; the exit code is 1 only when a benchmark could not be run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench.results import CannotRunError, Result
from bench.site import DemoSite

BENCHMARKS = {
    # name: module with run(site) -> list[Result]
    "portal-speed": "bench.portal_speed",
    "freshness": "bench.freshness",
    "first-view": "bench.first_view",
    "demo": "bench.demo",
    "members": "bench.members",
    "organisation": "bench.organisation",
    "reporting": "bench.reporting",
    "figures": "bench.figures",
}
RESULTS = Path("bench-results.json")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"any of {', '.join(BENCHMARKS)}; all by default"
    )
    parser.add_argument(
        "--data-dir", type=Path, help="an existing demo installation to use (it will be changed)"
    )
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")

    results: list[Result] = []
    could_not = []
    with tempfile.TemporaryDirectory(prefix="congdoan-bench-") as folder:
        site = DemoSite(arguments.data_dir or Path(folder) / "demo", Path(folder))
        for name in arguments.names or BENCHMARKS:
            print(f"== {name}", flush=True)
            try:
                measured = import_module(BENCHMARKS[name]).run(site)
            except CannotRunError as error:
                print(f"   cannot run: {error}")
                could_not.append(name)
                continue
            for result in measured:
                verdict = {True: "ok", False: "MISSED", None: ""}[result.passed]
                print(
                    f"   {result.name}: {result.value:g} {result.unit} (target {result.target}) {verdict}",
                    flush=True,
                )
            results.extend(measured)

    arguments.output.write_text(
        json.dumps([result.as_dict() for result in results], ensure_ascii=False, indent=2) + "\n",
        encoding="utf-8",
    )
    return 1 if could_not else 0


if __name__ == "__main__":
    sys.exit(main())
