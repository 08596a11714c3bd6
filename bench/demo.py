"""``make demo`` when it has run before: how soon it answers, and how much memory it holds while people use it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench.processes import family, free_port, running
from bench.results import Result, at_most
from bench.site import DemoSite

MOST_SECONDS = 10
MOST_MEGABYTES = 400
ROUNDS = 3
PAGES = [
    "/",
    "/tin-tuc/",
    "/van-ban/",
    "/album/",
    "/ban-tin/",
    "/tham-gia/",
    "/lien-ket/",
    "/gioi-thieu/",
    "/en/",
]
PAGES += ["/tim-kiem/?q=cong+doan", "/tien-ich/", "/dang-nhap/", "/rss.xml", "/sitemap.xml"]


def run(site: DemoSite) -> list[Result]:
    """Measure the second start, then the memory after readers came by."""
    article = site.article()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {**site.env, "BASE_URL": base}
    command = [sys.executable, "-m", "congdoan"]

    def set_up() -> None:
        done = [*command, "setup", "--demo"]
        subprocess.run(done, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)

    set_up()  # the first start, which the second finds done
    started = time.monotonic()
    set_up()
    serve = [*command, "serve", "--port", str(port)]
    with running(serve, url=f"{base}/", log=site.folder / "demo.log", env=environment, core=None) as pid:
        seconds = time.monotonic() - started
        for path in [*PAGES, article["path"], article["category"], *article["others"]] * ROUNDS:
            urllib.request.urlopen(base + path, timeout=60).read()
        time.sleep(2)  # the worker has looked at its queue by then
        members = family(pid)
        shares = {member: memory(member) for member in members}
    resident = sum(rss for rss, _pss in shares.values()) / 1000
    own = sum(pss for _rss, pss in shares.values()) / 1000
    return [
        at_most("demo start: second start until the first answer", seconds, "s", MOST_SECONDS),
        at_most(
            "demo memory: resident", resident, "MB", MOST_MEGABYTES, proportional=own, processes=len(members)
        ),
    ]


def memory(pid: int) -> tuple[float, float]:
    """Return what ``pid`` has resident (RSS), and the same with shared pages divided by their users (PSS), in kB."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _colon, rest = line.partition(":")
        fields[name] = float(rest.split()[0]) * 1.024
    return fields["Rss"], fields["Pss"]
