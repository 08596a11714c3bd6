"""Fills the database that the environment names with six years of a province's figures and measures it; prints JSON.

Started by ``bench.reporting``: ``python -m bench.province TIMES`` plants TIMES × 1,289 unions and measures;
``… accept FIRST STEP`` is one of several officers who accept at once; ``… refresh`` is the worker's thread alone.
Everything is invented and the same each time.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # the apps must be loaded first
from django.db import connection, transaction  # noqa: E402  # the same
from django.utils import timezone  # noqa: E402  # the same

from congdoan.accounts.models import User  # noqa: E402  # the same
from congdoan.ops.refresher import Refresher  # noqa: E402  # the same
from congdoan.organisation.actions.catalogue import load_catalogue  # noqa: E402  # the same
from congdoan.organisation.actions.planting import plant  # noqa: E402  # the same
from congdoan.organisation.engine.operations import Found, NewUnit  # noqa: E402  # the same
from congdoan.organisation.models import Mandate, Officer, Position, Unit  # noqa: E402  # the same
from congdoan.organisation.queries.capacities import Capacity, capacity_for  # noqa: E402  # the same
from congdoan.organisation.rights import Role  # noqa: E402  # the same
from congdoan.reporting.actions.opening import lay_calendars, open_reports  # noqa: E402  # the same
from congdoan.reporting.actions.rebuilding import rebuild_all  # noqa: E402  # the same
from congdoan.reporting.actions.refreshing import refresh_all  # noqa: E402  # the same
from congdoan.reporting.actions.reviewing import accept  # noqa: E402  # the same
from congdoan.reporting.engine.contents import Content, content_hash  # noqa: E402  # the same
from congdoan.reporting.engine.values import Value  # noqa: E402  # the same
from congdoan.reporting.models import (  # noqa: E402  # the same
    Calendar,
    Dirty,
    Indicator,
    IndicatorVersion,
    Line,
    Obligation,
    Period,
    Report,
    ReportVersion,
    Section,
    Series,
    Sheet,
    SheetVersion,
)
from congdoan.reporting.queries.figures import Reader  # noqa: E402  # the same

UNIONS, DISTRICTS, INDICATORS, STOCKS, SHOWN = 1_289, 25, 150, 40, 60
YEARS = range(2020, 2026)
START, NOW = date(2020, 1, 1), date(2026, 3, 15)
FILLED = 0.6
READS = 300
ACCEPTED = 600
RATE, FRESH_S = 20, 20
CLIENTS = 8
FACTS = (
    "INSERT INTO reporting_fact (unit_id, period_id, series_id, value, report_id) VALUES (%s, %s, %s, %s, %s)"
)


def main(times: int) -> None:
    """Plant, fill, measure, print."""
    call_command("migrate", verbosity=0)
    load_catalogue()
    _union(times)
    sheet = _sheet()
    begun = time.perf_counter()
    values = _fill(sheet)
    found: dict[str, Any] = {
        "units": Unit.objects.count(),
        "values": values,
        "fill_s": round(time.perf_counter() - begun, 1),
    }
    begun = time.perf_counter()
    rebuild_all(NOW)
    found["rebuild_s"] = round(time.perf_counter() - begun, 2)
    found["rebuild_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM reporting_total WHERE basis = 0")
        found["totals"] = cursor.fetchone()[0]
    found["read"], found["scan_ms"] = _read(sheet)
    if times == 1:
        officer = _officer()
        _send(sheet, officer)
        found["accept"] = _accept_alone(sheet)
        if connection.vendor == "postgresql":
            found["together"] = _accept_together()
        refresh_all()
        found["fresh_ms"] = _freshness(officer)
    print(json.dumps(found))


def _union(times: int) -> None:
    found = [
        Found(on=START, unit=_new("VN", "confederation", "")),
        Found(on=START, unit=_new("LC", "provincial_federation", "VN")),
    ]
    found += [
        Found(on=START, unit=_new(f"D{district:03d}", "district_federation", "LC"))
        for district in range(DISTRICTS * times)
    ]
    found += [
        Found(
            on=START, unit=_new(f"G{number:06d}", "grassroots_union", f"D{number % (DISTRICTS * times):03d}")
        )
        for number in range(UNIONS * times)
    ]
    plant(found, on=START, note="bench")


def _new(code: str, kind: str, parent: str) -> NewUnit:
    return NewUnit(code=code, kind=kind, parent=parent, name=code)


def _sheet() -> Sheet:
    calendar = Calendar.objects.create(code="civil-bench", name="Dương lịch", name_en="Civil", start_day=1)
    lay_calendars([*YEARS, 2026])
    cover = Indicator.objects.create(code="reports.bench", kind="flow", is_public=False)
    sheet = Sheet.objects.create(
        code="bench", name="Báo cáo tháng", calendar=calendar, period_type="month", owner=Unit.objects.get(code="LC"),
        coverage=Series.objects.create(indicator=cover, key=cover.code),
    )  # fmt: skip
    version = SheetVersion.objects.create(
        sheet=sheet, number=1, valid_from=START, published_at=timezone.now()
    )
    section = Section.objects.create(version=version, order=1, title="Số liệu")
    for number in range(INDICATORS):
        kind = "stock" if number < STOCKS else "flow"
        indicator = Indicator.objects.create(code=f"i{number:03d}", kind=kind, sort_order=number)
        IndicatorVersion.objects.create(
            indicator=indicator, valid_from=START, name=f"Chỉ tiêu {number}", stale_days=100
        )
        series = Series.objects.create(indicator=indicator, key=indicator.code)
        Line.objects.create(section=section, order=number + 1, series=series, label=f"Dòng {number}")
    return sheet


def _unions() -> list[int]:
    return list(
        Unit.objects.filter(kind__code="grassroots_union").order_by("pk").values_list("pk", flat=True)
    )


def _fill(sheet: Sheet) -> int:
    """Write reports and facts straight into their tables, in the order of their keys."""
    months = list(
        Period.objects.filter(calendar=sheet.calendar, type="month", year__in=YEARS).order_by("pk").values_list("pk", flat=True)
    )  # fmt: skip
    version = SheetVersion.objects.get(sheet=sheet).pk
    Report.objects.bulk_create(
        (
            Report(unit_id=unit, period_id=month, sheet=sheet, sheet_version_id=version, due_on=START)
            for unit in _unions()
            for month in months
        ),
        batch_size=5_000,
    )
    series = list(Series.objects.exclude(pk=sheet.coverage_id).order_by("pk").values_list("pk", flat=True))
    reports = list(Report.objects.order_by("unit", "period").values_list("pk", "unit", "period"))
    count = 0

    def facts() -> Iterator[tuple[int, int, int, int, int]]:
        nonlocal count
        chance = random.Random(2026)
        for pk, unit, month in reports:
            yield unit, month, sheet.coverage_id, 1, pk
            for one in series:
                if chance.random() < FILLED:
                    count += 1
                    yield unit, month, one, (unit * 7919 + month * 104_729 + one * 31) % 5_000, pk

    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # every key was made a moment ago
            with cursor.copy(
                "COPY reporting_fact (unit_id, period_id, series_id, value, report_id) FROM STDIN"
            ) as copy:
                for row in facts():
                    copy.write_row(row)
        return count
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")  # every key was made a moment ago
        with transaction.atomic():
            cursor.executemany(FACTS, facts())
        cursor.execute("PRAGMA foreign_keys = ON")
    return count


def _read(sheet: Sheet) -> tuple[dict[str, float], float]:
    """Read the six-year report of the province from totals, and the same sums from its facts."""
    province = Unit.objects.get(code="LC")
    wanted = [(one, "") for one in Indicator.objects.filter(code__startswith="i", kind="flow")[:SHOWN]]
    window = (START, date(2025, 12, 31))

    def read() -> dict[tuple[str, str], Any]:
        return Reader(province, today=NOW).read(wanted, *window)

    figures = read()
    taken = _timed(read, READS)
    ids = dict(Series.objects.filter(indicator__in=[one for one, _cell in wanted]).values_list("pk", "key"))
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.series_id, sum(f.value) FROM reporting_fact f JOIN organisation_ancestry a ON a.unit_id = f.unit_id"
            " JOIN reporting_period p ON p.id = f.period_id"
            f" WHERE a.ancestor_id = %s AND a.end_version IS NULL AND a.valid_to IS NULL AND p.year <= 2025 AND f.series_id IN ({', '.join(map(str, ids))})"
            " GROUP BY f.series_id",
            [province.pk],
        )
        sums = dict(cursor.fetchall())
    scan = (time.perf_counter() - begun) * 1000
    for pk, key in ids.items():
        if figures[key, ""].value != sums[pk]:
            raise SystemExit(f"{key}: {figures[key, ''].value} from totals, {sums[pk]} from facts")
    return taken, round(scan, 1)


def _timed(work: Callable[[], Any], times: int) -> dict[str, float]:
    taken = []
    for _number in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {"p50": round(statistics.median(taken), 2), "p99": round(taken[int(times * 0.99) - 1], 2)}


def _officer() -> Capacity:
    user = User.objects.create_user(username="lc", password=None)
    officer = Officer.objects.create(last_name="Vàng Thị", first_name="Mỷ", user=user)
    post = (
        Position.objects.filter(role=Role.STATISTICS).first()
        or Position.objects.filter(role=Role.LEADER).first()
    )
    Mandate.objects.create(officer=officer, unit=Unit.objects.get(code="LC"), position=post, valid_from=START)
    return capacity_for(user)


def _send(sheet: Sheet, officer: Capacity) -> None:
    """Let every union have sent its reports of two months of 2026, 150 values each."""
    Obligation.objects.create(
        sheet=sheet,
        top=Unit.objects.get(code="LC"),
        kind=Unit.objects.get(code="G000000").kind,
        valid_from=date(2026, 1, 1),
    )
    open_reports(NOW)
    refresh_all()
    keys = list(Line.objects.filter(section__version__sheet=sheet).values_list("series__key", flat=True))
    now = timezone.now()
    waiting = list(
        Report.objects.filter(period__year=2026, status="open").select_related("unit", "period", "sheet")
    )
    for start in range(0, len(waiting), 500):
        some = waiting[start : start + 500]
        sent = []
        for report in some:
            content = Content({key: Value((report.pk * 31 + at * 17) % 5_000) for at, key in enumerate(keys)})
            digest = content_hash(
                content, unit=report.unit.code, sheet="bench", version=1, period=report.period.code
            )
            sent.append(
                ReportVersion(report=report, number=1, sheet_version_id=report.sheet_version_id, content=content.to_dict(),
                              digest=digest, client_key=uuid.uuid4(), sent_at=now)
            )  # fmt: skip
        ReportVersion.objects.bulk_create(sent)
        for report, version in zip(
            some, ReportVersion.objects.filter(report__in=some).order_by("report"), strict=True
        ):
            report.current, report.status = version, "submitted"
        Report.objects.bulk_update(some, ["current", "status"])


def _waiting() -> list[int]:
    return list(
        Report.objects.filter(status="submitted").order_by("period", "pk").values_list("pk", flat=True)
    )


def _accept_alone(sheet: Sheet) -> float:
    """Return how many reports one officer accepts in a second."""
    officer, waiting = capacity_for(User.objects.get(username="lc")), _waiting()
    for pk in waiting[:10]:
        accept(pk, by=officer)
    begun = time.perf_counter()
    for pk in waiting[10 : ACCEPTED + 10]:
        accept(pk, by=officer)
    return round(ACCEPTED / (time.perf_counter() - begun), 1)


def _accept_together() -> dict[str, float]:
    """Return how many reports eight officers accept in a second, each in a process of its own; and what went wrong."""
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.province", "accept", str(first), str(CLIENTS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for first in range(CLIENTS)
    ]  # fmt: skip
    for client in clients:
        assert client.stdout
        if client.stdout.readline().strip() != "ready":
            raise SystemExit(client.communicate()[1][-1000:])
    begun = time.perf_counter()
    for client in clients:
        assert client.stdin
        client.stdin.write("go\n")
        client.stdin.flush()
    done, wrong = 0, 0
    for client in clients:
        out, _error = client.communicate()
        accepted, failed = map(int, out.split())
        done, wrong = done + accepted, wrong + failed
    return {"per_second": round(done / (time.perf_counter() - begun), 1), "failed": wrong, "accepted": done}


def accept_mine(first: int, step: int) -> None:
    """Be one of the officers: wait for the word, accept every ``step``-th report."""
    officer = capacity_for(User.objects.get(username="lc"))
    mine = _waiting()[:1_200][first::step]
    print("ready", flush=True)
    sys.stdin.readline()
    failed = 0
    for pk in mine:
        try:
            accept(pk, by=officer)
        except Exception:  # noqa: BLE001  # a deadlock, whatever it is called
            failed += 1
    print(len(mine) - failed, failed)


def _freshness(officer: Capacity) -> dict[str, float]:
    """Accept twenty reports a second while the worker counts; return from the acceptance to the totals."""
    worker = subprocess.Popen([sys.executable, "-m", "bench.province", "refresh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert worker.stdout
    worker.stdout.readline()
    waiting, since, taken = iter(_waiting()), {}, []
    begun = time.perf_counter()
    sent = 0
    while sent < RATE * FRESH_S or since:
        now = time.perf_counter()
        if now - begun > FRESH_S + 60:
            raise SystemExit("the worker does not come after")
        if sent < RATE * FRESH_S and now >= begun + sent / RATE:
            pk = next(waiting)
            accept(pk, by=officer)
            since[pk] = time.perf_counter()
            sent += 1
        queued = set(Dirty.objects.values_list("report", flat=True))
        now = time.perf_counter()
        taken.extend((now - since.pop(pk)) * 1000 for pk in since.keys() - queued)
        time.sleep(0.01)
    worker.communicate("stop\n")
    taken.sort()
    return {
        "p50": round(statistics.median(taken)),
        "p99": round(taken[int(len(taken) * 0.99) - 1]),
        "most": round(taken[-1]),
        "accepted_per_second": round(sent / FRESH_S, 1),
    }


def refresh() -> None:
    """Be the worker until told to stop."""
    refresher = Refresher()
    refresher.start()
    print("ready", flush=True)
    sys.stdin.readline()
    refresher.stop()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["accept", first, step]:
            accept_mine(int(first), int(step))
        case ["refresh"]:
            refresh()
        case [times]:
            main(int(times))
