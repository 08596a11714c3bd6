"""Plants a country in the database that the environment names, and measures it; prints one line of JSON.

Started by ``bench.organisation``. Everything is invented and the same each time.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # the apps must be loaded first
from django.db import connection  # noqa: E402  # the same
from django.test import Client  # noqa: E402  # the same
from django.test.utils import CaptureQueriesContext  # noqa: E402  # the same

from congdoan.accounts.models import User  # noqa: E402  # the same
from congdoan.organisation.actions.catalogue import load_catalogue  # noqa: E402  # the same
from congdoan.organisation.actions.planting import plant  # noqa: E402  # the same
from congdoan.organisation.engine.operations import Found, Move, NewUnit, Operation, Rename  # noqa: E402  # the same
from congdoan.organisation.models import Mandate, Officer, Position, Unit  # noqa: E402  # the same
from congdoan.organisation.queries import units as queries  # noqa: E402  # the same
from congdoan.organisation.queries.capacities import Capacity, capacity_for  # noqa: E402  # the same
from congdoan.organisation.queries.scope import within  # noqa: E402  # the same
from congdoan.organisation.rights import Right, Role  # noqa: E402  # the same

SMALL, LARGE = 1_289, 125_000
PROVINCES, DISTRICTS = 63, 700
TIMES = 200
FOUNDED, CHANGED = date(2013, 10, 1), date(2020, 1, 1)
PAGE = 25
EMPLOYERS = (
    "Trường Mầm non", "Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế xã", "Công ty cổ phần", "Hợp tác xã",
    "Nhà máy giày", "Xí nghiệp may", "Bệnh viện đa khoa", "Trung tâm văn hoá", "Ban quản lý chợ", "Uỷ ban nhân dân xã",
)  # fmt: skip
FIRST = [
    "Hoa Đào",
    "Tả Phìn",
    "Mường Hum",
    "Bản Lầu",
    "Nậm Pung",
    "Y Tý",
    "Sín Chéng",
    "Thải Giàng",
    "Cốc San",
    "Đồng Tuyển",
    "Phố Ràng",
    "Khánh Yên",
]
SECOND = ["Sao Mai", "Bình Minh", "Đoàn Kết", "Thắng Lợi", "Hoà Bình", "Tiến Bộ", "Ánh Dương", "Đại Thành", "Việt Hưng", "Quyết Tiến", "Tân Lập", "Xuân Quang"]  # fmt: skip
KINDS_OF_WORK = ["truong", "mam", "tieu", "trung", "y", "giay", "may", "hop", "benh", "cho", "van", "uy"]
PLACES = ["dao", "phin", "hum", "lau", "pung", "ty", "cheng", "thai", "san", "tuyen", "rang", "yen", "sao", "binh", "ket", "thang", "hoa", "tien", "duong", "dai", "viet", "quyet", "lap", "xuan"]  # fmt: skip
"""What people type: what kind of employer, and where. A word of the first list begins a twelfth of all names or more."""

chance = random.Random(2026)


def main() -> None:
    """Plant, measure, print."""
    call_command("migrate", verbosity=0)
    load_catalogue()
    provinces = _country()
    started = time.perf_counter()
    plant([_found("VN", "confederation", "", "Tổng Liên đoàn"), *provinces[0]], on=FOUNDED, note="bench")
    _history("P00")
    _posts()
    small_capacity = _officer("P00")
    small = {"units": Unit.objects.count()} | _scope(small_capacity)
    planting = time.perf_counter()
    plant([operation for province in provinces[1:] for operation in province], on=FOUNDED, note="bench")
    seconds = time.perf_counter() - planting
    _history("P31")
    _posts()
    _analyse()
    large = {"units": Unit.objects.count()} | _scope(small_capacity) | _tree()
    print(
        json.dumps(
            {
                "planting_s": round(seconds, 1),
                "planted_per_second": (large["units"] - small["units"]) / seconds,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "whole_s": round(time.perf_counter() - started, 1),
                "small": small,
                "large": large,
            },
            ensure_ascii=False,
        )
    )


def _found(code: str, kind: str, parent: str, name: str) -> Found:
    return Found(unit=NewUnit(code=code, kind=kind, parent=parent, name=name))


def _country() -> list[list[Operation]]:
    """Return the founding of each province with all below it; the first has 1,289 units less the confederation."""
    provinces: list[list[Operation]] = []
    left = LARGE - 1
    for number in range(PROVINCES):
        size = SMALL - 1 if number == 0 else left // (PROVINCES - number)
        left -= size
        provinces.append(_province(f"P{number:02}", size, 9 if number == 0 else DISTRICTS // PROVINCES))
    return provinces


def _province(code: str, size: int, districts: int) -> list[Operation]:
    made: list[Operation] = [
        _found(code, "provincial_federation", "VN", f"Liên đoàn Lao động tỉnh {_place()}")
    ]
    for district in range(districts):
        name = f"Liên đoàn Lao động huyện {_place()}"
        made.append(_found(f"{code}-{district:02}", "district_federation", code, name))
    for number in range(size - 1 - districts):
        district = f"{code}-{number % districts:02}"
        name = f"Công đoàn cơ sở {chance.choice(EMPLOYERS)} {_place()} số {chance.randint(1, 99)}"
        made.append(_found(f"{district}-{number:05}", "grassroots_union", district, name))
    return made


def _place() -> str:
    return f"{chance.choice(FIRST)} {chance.choice(SECOND)}"


def _history(province: str) -> None:
    """Move some units and rename others, so that the tree differs from day to day."""
    codes = list(
        Unit.objects.filter(code__startswith=f"{province}-", kind__code="grassroots_union").values_list(
            "code", flat=True
        )
    )
    some = chance.sample(codes, min(200, len(codes)))
    operations: list[Operation] = [
        Move(unit=code, parent=f"{province}-00")
        for code in some[:100]
        if not code.startswith(f"{province}-00-")
    ]
    operations += [Rename(unit=code, name=f"Công đoàn cơ sở {_place()}") for code in some[100:]]
    plant(operations, on=CHANGED, note="bench")


def _posts() -> None:
    """Give every unit a chair: the rows that a page lists."""
    post = Position.objects.filter(role=Role.CHAIR).first()
    empty = list(Unit.objects.filter(mandates=None).values_list("pk", flat=True))
    officers = [Officer(last_name="Giàng A", first_name=f"Páo {pk}") for pk in empty]
    for officer in officers:
        officer.derive()
    Officer.objects.bulk_create(officers, batch_size=2_000)
    Mandate.objects.bulk_create(
        [
            Mandate(officer=officer, unit_id=pk, position=post, valid_from=FOUNDED)
            for officer, pk in zip(officers, empty, strict=True)
        ],
        batch_size=2_000,
    )


def _officer(code: str) -> Capacity:
    """Return somebody who sees the units of one province; their rights ask for no second factor."""
    user = User.objects.create_user(username=code.lower(), password=None)
    officer = Officer.objects.create(last_name="Vàng Thị", first_name="Mỷ", user=user)
    post = Position.objects.filter(role=Role.EDITOR).first()
    Mandate.objects.create(
        officer=officer, unit=Unit.objects.get(code=code), position=post, valid_from=FOUNDED
    )
    return capacity_for(user)


def _analyse() -> None:
    """Let the database know its tables, as its own upkeep does in life."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _times(work: Callable[[int], Any]) -> dict[str, float]:
    """Return p50 and p99 in milliseconds over ``TIMES`` runs, after some to warm up."""
    for number in range(5):
        work(number)
    taken = []
    for number in range(TIMES):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    return {"p50": round(cuts[49], 3), "p99": round(cuts[98], 3), "max": round(max(taken), 3)}


def _scope(capacity: Capacity) -> dict[str, Any]:
    """A page of posts with its number, of one province, with and without scope."""

    def page(reach: bool) -> int:
        posts = Mandate.objects.select_related("unit", "position")
        if reach:
            posts = posts.filter(within(capacity, Right.SEE_UNITS))
        return posts.count() + len(list(posts.order_by("unit_id", "pk")[:PAGE]))

    with CaptureQueriesContext(connection) as with_scope:
        page(True)
    with CaptureQueriesContext(connection) as without:
        page(False)
    return {
        "scope": _times(lambda _number: page(True)),
        "scope_queries": len(with_scope),
        "plain_queries": len(without),
    }


def _tree() -> dict[str, Any]:
    days = [FOUNDED + timedelta(days=chance.randint(0, 4_500)) for _ in range(TIMES)]
    parents = list(Unit.objects.filter(kind__level__lte=3).select_related("kind"))
    everything = list(
        Unit.objects.filter(pk__in=chance.sample(list(Unit.objects.values_list("pk", flat=True)), TIMES))
    )
    opened = [chance.choice(parents) for _ in range(TIMES)]
    sought = [
        f"{chance.choice(KINDS_OF_WORK)} {' '.join(chance.sample(PLACES, chance.choice((1, 2))))}"
        for _ in range(TIMES)
    ]
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(_officer("VN").user)

    def branch(number: int) -> None:
        address = f"/lam-viec/to-chuc/don-vi/{opened[number].code}/truc-thuoc/?ngay={days[number]}"
        answer = client.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200, (address, answer.status_code)
        assert opened[number].code.encode() in answer.content

    def search(text: str, day: date) -> None:
        found = queries.search(text, day)
        found.count()
        list(found[:20])

    with CaptureQueriesContext(connection) as asked:
        queries.path(everything[0], days[0])
    asked_for = [query["sql"] for query in asked]
    plan = [line for sql in asked_for for line in _plan(sql)]
    return {
        "branch_query": _times(lambda number: list(queries.children(opened[number], days[number])[:51])),
        "branch": _times(branch),
        "search": _times(lambda number: search(sought[number], days[number])),
        "one_word": _times(lambda number: search(KINDS_OF_WORK[number % len(KINDS_OF_WORK)], days[number])),
        "ancestors": _times(lambda number: queries.path(everything[number], days[number])),
        "ancestors_queries": len(asked_for),
        "ancestors_plan": plan,
        "ancestors_scans": sum(_is_scan(line) for line in plan),
    }


def _plan(sql: str) -> list[str]:
    """Return how the database answers a query, a line for each step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return [str(row[-1]).strip() for row in cursor.fetchall()]


def _is_scan(line: str) -> bool:
    """Whether a step reads a whole table of the tree (kinds are a dozen rows and are read as they like)."""
    whole = line.startswith("SCAN") or "Seq Scan" in line
    return whole and "unitkind" not in line


if __name__ == "__main__":
    main()
