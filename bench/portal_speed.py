"""How fast kept pages are: against nginx with the same bytes in files, and against stock Wagtail.

Each server has core 0 for itself while it is measured, the client has core 1. Servers take turns within each round,
and ratios are taken inside a round, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import getpass
import os
import shutil
import statistics
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from bench.load import Load, described, load, median, require_wrk
from bench.processes import free_port, require_cores, running
from bench.results import CannotRunError, Result, at_least, at_most
from bench.site import DemoSite
from bench.stock_wagtail import ADDRESS, StockWagtail

LIVE = "/tien-ich/"
ROUNDS = 15
SECONDS = 1
TARGETS = {16: 0.40, 64: 0.65}
FACTOR = 400
P99 = 10.0

_NGINX = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile off;  # faster for small files, and so the harder limit
  tcp_nodelay on;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/www;
    location = / {{ return 204; }}
    location = {article} {{
      try_files /article.html.br =404;
      types {{ }} default_type "text/html; charset=utf-8";
      add_header Content-Encoding br;
      add_header Cache-Control no-cache;
      add_header Vary "Accept-Encoding, Cookie";
    }}
    location = {live} {{
      try_files /live.json =404;
      types {{ }} default_type application/json;
      add_header Cache-Control no-store;
    }}
  }}
}}
"""


def run(site: DemoSite) -> list[Result]:
    """Measure and compare."""
    require_cores()
    require_wrk()
    if shutil.which("nginx") is None:
        raise CannotRunError("nginx is missing; on Debian: apt install nginx-light")
    article = site.article()
    stock = StockWagtail(site.folder)
    stock.build(article)

    ours = site.server()
    with ExitStack() as stack:
        our_pid = stack.enter_context(ours.process)
        nginx_base, nginx_pid = _nginx(stack, site.folder, ours.base, article["path"])
        stock_base, stock_process = stock.server()
        stock_pid = stack.enter_context(stock_process)

        paths = [article["path"], LIVE]
        both: dict[tuple[str, int], list[Load]] = {}
        alone: dict[str, list[Load]] = {"ours": [], "stock": []}
        for _ in range(ROUNDS):
            for connections in TARGETS:
                for name, base, pid in (("nginx", nginx_base, nginx_pid), ("ours", ours.base, our_pid)):
                    measured = load(
                        base, paths, connections=connections, seconds=SECONDS, server=pid, folder=site.folder
                    )
                    both.setdefault((name, connections), []).append(measured)
            for name, base, path, pid in (
                ("ours", ours.base, article["path"], our_pid),
                ("stock", stock_base, ADDRESS, stock_pid),
            ):
                alone[name].append(
                    load(base, [path], connections=16, seconds=SECONDS, server=pid, folder=site.folder)
                )
    return [
        *(_share(both["ours", n], both["nginx", n], n, bound) for n, bound in TARGETS.items()),
        at_most(
            "portal-p99-64",
            median(both["ours", 64], "p99"),
            "ms",
            P99,
            nginx=round(median(both["nginx", 64], "p99"), 2),
        ),
        _factor(alone["ours"], alone["stock"], stock),
    ]


def _share(ours: list[Load], nginx: list[Load], connections: int, bound: float) -> Result:
    ratio = statistics.median(a.per_second / b.per_second for a, b in zip(ours, nginx, strict=True))
    return at_least(
        f"portal-share-of-nginx-{connections}",
        ratio,
        "requests per second, article and live parts in turn, ÷ nginx",
        bound,
        ours=described(ours),
        nginx=described(nginx),
    )


def _factor(ours: list[Load], stock: list[Load], project: StockWagtail) -> Result:
    ratio = statistics.median(a.per_second / b.per_second for a, b in zip(ours, stock, strict=True))
    return at_least(
        "portal-times-stock-wagtail",
        ratio,
        "requests per second of the article, 16 connections, ÷ stock Wagtail",
        FACTOR,
        ours=described(ours),
        stock={**described(stock), **project.described},
    )


def _nginx(stack: ExitStack, folder: Path, ours: str, article: str) -> tuple[str, int]:
    """Let nginx serve from files, byte for byte, what our server answers."""
    www = folder / "www"
    www.mkdir()
    for path, name in ((article, "article.html.br"), (LIVE, "live.json")):
        request = urllib.request.Request(ours + path, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            (www / name).write_bytes(answer.read())
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    configuration = folder / "nginx.conf"
    # Started by root, nginx would give its rights up and could not read the private folder of this run.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    configuration.write_text(_NGINX.format(user=user, folder=folder, port=port, article=article, live=LIVE))
    command = ["nginx", "-p", str(folder), "-c", str(configuration)]
    pid = stack.enter_context(running(command, url=f"{base}/", log=folder / "nginx.out"))
    return base, pid
