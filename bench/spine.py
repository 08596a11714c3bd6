"""Measures figures in text inside the installation that the environment names; prints JSON. Started by ``bench.figures``."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # the apps must be loaded first
from django.test import Client  # noqa: E402  # the same

from congdoan.figures.actions.freezing import digest_of, freeze  # noqa: E402  # the same
from congdoan.figures.engine.specs import Asked  # noqa: E402  # the same
from congdoan.figures.engine.windows import Window  # noqa: E402  # the same
from congdoan.figures.exports.files import write  # noqa: E402  # the same
from congdoan.figures.hints import hints  # noqa: E402  # the same
from congdoan.figures.models import PageFigure, PublishedFigure  # noqa: E402  # the same
from congdoan.figures.queries.computing import compute  # noqa: E402  # the same
from congdoan.figures.queries.printing import printable  # noqa: E402  # the same
from congdoan.figures.queries.replaying import replay  # noqa: E402  # the same
from congdoan.organisation.models import Placement, Unit  # noqa: E402  # the same
from congdoan.portal.models import ArticlePage  # noqa: E402  # the same
from congdoan.reporting.models import Counting, Indicator, Report  # noqa: E402  # the same
from congdoan.vntext.reading import read_figures  # noqa: E402  # the same

FIGURES = 10_000
PAGE = 3_000
"""Characters of a printed page."""

SENTENCES = (
    "Trong quý III/2024, các công đoàn cơ sở đã tổ chức 1.245 buổi tuyên truyền pháp luật, thu hút 38.610 lượt người tham gia. ",
    "Tổng kinh phí chăm lo là 3,75 tỷ đồng, tăng 12,4% so với cùng kỳ năm trước, cho 2.918 đoàn viên khó khăn. ",
    "Kế hoạch số 57/KH-LĐLĐ ngày 15/02/2024 được triển khai tới 96/102 công đoàn cơ sở, đạt 94,1%. ",
    "Ban Thường vụ đề nghị các đơn vị tiếp tục thực hiện nghiêm quy chế dân chủ và báo cáo kết quả đúng hạn. ",
)


def timed(call: Callable[[], Any], times: int) -> dict[str, float]:
    """Return p50 and p99 in milliseconds, and the first, cold call."""
    taken = []
    for _number in range(times):
        begun = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - begun))
    return {
        "p50": round(statistics.median(taken), 1),
        "p99": round(max(taken[1:]), 1),
        "first": round(taken[0], 1),
    }


def measure_page(article: ArticlePage) -> dict[str, Any]:
    """Ask for the report page past the cache, as somebody who has signed in does."""
    client = Client(headers={"host": "127.0.0.1:8000"})
    address = f"{article.url}?"

    def ask() -> None:
        answer = client.get(address, {"x": "1"})
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")

    ask()
    # Django forgets its log of queries at the start of a request, so they are counted as they are sent.
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        ask()
    figures = PageFigure.objects.filter(page=article.pk).count()
    return timed(ask, 30) | {"queries": len(queries), "figures": figures}


def published() -> list[PublishedFigure]:
    """Publish figures of middle units, quarter by quarter, until there are enough."""
    top = Unit.objects.get(code="LC")
    below = [top.code, *Placement.objects.filter(parent=top).values_list("unit__code", flat=True).distinct()]
    codes = list(
        Indicator.objects.filter(
            is_public=True, is_sensitive=False, kind__in=["flow", "stock", "rate"]
        ).values_list("code", flat=True)
    )
    first = Window(date(2013, 10, 1), date(2013, 12, 31))
    windows = [Window(date(2013, 10, 1), date(2019, 9, 30))]
    windows += [first.shifted(3 * number) for number in range(24)]
    wanted = (
        Asked(code, "", unit, window, "as-was") for window in windows for unit in below for code in codes
    )
    found: list[PublishedFigure] = []
    while len(found) < FIGURES and (some := list(islice(wanted, 4_000))):
        found += freeze(compute(some).values()).values()
    ids = [figure.pk for figure in found[:FIGURES]]
    rows = PublishedFigure.objects.select_related("indicator__rate", "unit", "version")
    return list(rows.filter(pk__gte=min(ids), pk__lte=max(ids)))


def measure_replay(figures: list[PublishedFigure]) -> dict[str, Any]:
    """Replay everything; nothing may be wrong."""
    begun = time.perf_counter()
    faults = sum(1 for outcome in replay(figures, digest_of) if outcome.fault)
    taken = round(time.perf_counter() - begun, 2)
    if faults:
        raise SystemExit(f"{faults} figures did not replay")
    return {"s": taken, "figures": len(figures)}


def touch() -> None:
    """Count ten reports anew, as a correction that changes nothing does: everything above them must be looked at."""
    last = Counting.objects.order_by("-epoch").values_list("epoch", flat=True)[0]
    epoch = max(last, PublishedFigure.objects.order_by("-epoch").values_list("epoch", flat=True)[0]) + 1
    reports = Report.objects.filter(accepted__isnull=False, unit__code__startswith="LC").order_by("pk")[:10]
    Counting.objects.bulk_create(
        [Counting(report=report, version=report.accepted, epoch=epoch) for report in reports]
    )


def measure_reading() -> dict[str, Any]:
    """Read fifty pages."""
    paragraph = "".join(SENTENCES)
    text = "\n".join([paragraph] * (50 * PAGE // len(paragraph) + 1))
    found = read_figures(text, hints())
    taken = timed(lambda: read_figures(text, hints()), 5)
    return {"ms": taken["p50"], "characters": len(text), "figures": len(found)}


def main() -> None:
    article = ArticlePage.objects.filter(report_unit__isnull=False, live=True).order_by("pk").first()
    if article is None:
        raise SystemExit("the demonstration has no report page")
    found: dict[str, Any] = {"page": measure_page(article)}
    for ending in ("docx", "pdf"):
        found[ending] = timed(lambda ending=ending: write(printable(article), ending), 6)  # type: ignore[misc]
    with transaction.atomic():
        figures = published()
        found["replay"] = measure_replay(figures)
        touch()
        found["replay_touched"] = measure_replay(figures)
        transaction.set_rollback(True)
    found["reading"] = measure_reading()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
