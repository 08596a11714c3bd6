"""A federation's list of 45,000 members: how fast it is written, in how much memory, and what a kill costs.

Runs on a database of its own (SQLite, or ``DATABASE_URL`` of an empty PostgreSQL). The list is invented: three ways of
writing a day, names in NFD, missing e-mails, one row in a hundred doubled.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.results import CannotRunError, Result, at_least, at_most
from bench.site import DemoSite

ROWS = 45_000
DOUBLED = 100
UNITS = 60
HEAD = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Ngày vào công đoàn", "Mã số đoàn viên", "Đơn vị", "SĐT",
    "Email", "Đối tượng",
)  # fmt: skip
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vàng",
    "Giàng",
    "Lò",
    "Sùng",
    "Thào",
    "Má",
    "Hạng",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Chảo",
]
MIDDLE = [
    "Thị",
    "Văn",
    "A",
    "Seo",
    "Thu",
    "Minh",
    "Ngọc",
    "Đức",
    "Hồng",
    "Quang",
    "Xuân",
    "Thanh",
    "Kim",
    "Hữu",
    "Bích",
    "Tuấn",
    "Phương",
    "Mỹ",
    "Anh",
    "Lan",
]
GIVEN = [
    "Hoa",
    "Mỷ",
    "Páo",
    "Sính",
    "Dơ",
    "Anh",
    "Bình",
    "Cường",
    "Dung",
    "Đạt",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hùng",
    "Huệ",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
]


def run(site: DemoSite) -> list[Result]:
    """Measure in processes of their own, so that their memory is theirs alone."""
    folder = site.data_dir.parent / "member-import"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    _stage(folder, "prepare")
    checked = _stage(folder, "check")
    _kill_halfway(folder)
    resumed = _stage(folder, "work")
    # Once more into an empty register and without a break, each step in a process of its own.
    for stage in ("empty", "prepare", "check"):
        _stage(folder, stage)
    written = _stage(folder, "work")
    whole = {
        "cpu_seconds": round(written["cpu_seconds"], 1),
        "created": written["created"],
        "updated": written["updated"],
        "refused": written["refused"],
    }
    return [
        at_least("member-import-rows-per-second", ROWS / written["seconds"], "rows/s", 3000, **whole),
        at_most("member-import-memory", written["peak_mb"], "MB", 300, check_mb=checked["peak_mb"]),
        at_least("member-check-rows-per-second", ROWS / checked["seconds"], "rows/s", 3000),
        at_most(
            "member-import-people-doubled-by-a-kill",
            abs(resumed["people"] - written["people"]),
            "people",
            0,
            rows_before_the_kill=resumed["began_at"] - 1,
            rows_read=resumed["rows_read"],
        ),
    ]


def _start(folder: Path, stage: str) -> subprocess.Popen[str]:
    env = {
        **os.environ,
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": "only-for-the-benchmark-only-for-the-benchmark-only-for",
        "MEMBERS": "on",
        "FIELD_KEYS": "only-for-the-benchmark-only-for-the-benchmark",
        "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bench.members", str(folder), stage],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _stage(folder: Path, stage: str) -> dict[str, Any]:
    process = _start(folder, stage)
    out, errors = process.communicate()
    if process.returncode:
        raise CannotRunError(errors[-2000:])
    told: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return told


def _kill_halfway(folder: Path) -> None:
    """Begin to write, and kill the process after some batches; "work" goes on from there."""
    process = _start(folder, "work")
    mark = folder / "progress"
    until = time.monotonic() + 300
    while time.monotonic() < until and process.poll() is None:
        if mark.exists() and int(mark.read_text() or 0) >= ROWS // 3:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.05)
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise CannotRunError("the import was over before it could be killed")


def _rows(rng: random.Random) -> list[list[Any]]:
    made: list[list[Any]] = []
    for number in range(1, ROWS + 1):
        if made and number % DOUBLED == 0:
            made.append([number, *rng.choice(made)[1:]])
            continue
        born = date(1960, 1, 1) + timedelta(days=rng.randrange(45 * 365))
        joined = date(born.year + 20, rng.randrange(1, 13), rng.randrange(1, 28))
        name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"
        made.append(
            [
                number,
                unicodedata.normalize("NFD", name) if number % 3 == 0 else name,
                (born.strftime("%d/%m/%Y"), born.isoformat(), born)[number % 3],
                rng.choice(["Nam", "Nữ"]),
                f"0{rng.randrange(10**8, 10**9)}{number % 100:02}" if number % 10 else None,
                joined.strftime("%d/%m/%Y"),
                f"DV{number:06}" if number % 4 == 0 else None,
                f"BX-{number % UNITS:03}",
                f"09{rng.randrange(10**7, 10**8)}" if number % 2 else None,
                f"nguoi{number}@example.vn" if number % 5 == 0 else None,
                rng.choice(["Công chức", "Viên chức", "Công nhân"]),
            ]
        )
    return made


def _prepare(folder: Path) -> dict[str, Any]:
    from django.core.management import call_command
    from openpyxl import Workbook

    from congdoan.accounts.models import User
    from congdoan.organisation.actions.catalogue import load_catalogue
    from congdoan.organisation.actions.planting import plant
    from congdoan.organisation.engine.operations import Found, NewUnit
    from congdoan.organisation.models import Mandate, Officer, Position, Unit

    call_command("migrate", verbosity=0)
    load_catalogue()
    head = NewUnit(code="VN", kind="confederation", parent="", name="Tổng Liên đoàn")
    top = NewUnit(
        code="BX", kind="provincial_federation", parent="VN", name="Liên đoàn Lao động tỉnh Bách Xanh"
    )
    units = [
        NewUnit(code=f"BX-{n:03}", kind="grassroots_union", parent="BX", name=f"Công đoàn cơ sở số {n}")
        for n in range(UNITS)
    ]
    plant([Found(unit=unit) for unit in (head, top, *units)], on=date(1990, 1, 1), note="bench")
    user = User.objects.create_user("bench", email="bench@example.vn")
    Mandate.objects.create(
        officer=Officer.objects.create(last_name="Giàng A", first_name="Páo", user=user),
        unit=Unit.objects.get(code="BX"),
        position=Position.objects.filter(role="organiser")[0],
        valid_from=date(2018, 1, 1),
    )
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for cells in _rows(random.Random(45)):
        sheet.append(cells)
    book.save(folder / "list.xlsx")
    return {}


def _check(folder: Path) -> dict[str, Any]:
    from congdoan.members.actions import imports

    capacity, unit = _officer()
    run = imports.upload(capacity, unit, folder / "list.xlsx", "list.xlsx")
    begun = time.perf_counter()
    imports.work(run.pk)
    told = _told(run, time.perf_counter() - begun)
    imports.start(capacity, run.pk)
    return told


def _officer() -> tuple[Any, Any]:
    from congdoan.accounts.models import User
    from congdoan.organisation.models import Unit
    from congdoan.organisation.queries.capacities import capacity_for

    return capacity_for(User.objects.get(email="bench@example.vn")), Unit.objects.get(code="BX")


def _work(folder: Path) -> dict[str, Any]:
    from congdoan.members.actions import imports
    from congdoan.members.models import ImportRun

    run = ImportRun.objects.latest("pk")
    began_at = run.next_row
    take = imports._take  # noqa: SLF001  # the benchmark tells from outside how far it is

    def telling(*arguments: Any) -> int:
        (folder / "progress").write_text(str(arguments[1]))
        return take(*arguments)

    imports._take = telling  # noqa: SLF001
    begun = time.perf_counter()
    imports.work(run.pk)
    return {**_told(run, time.perf_counter() - begun), "began_at": began_at}


def _empty(folder: Path) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        # The register refuses to forget row by row.
        connection.close()
        for file in (folder / "data").glob("db.sqlite3*"):
            file.unlink()
    else:
        call_command("flush", interactive=False, verbosity=0)
    return {}


def _told(run: Any, seconds: float) -> dict[str, Any]:
    from congdoan.members.models import Person

    run.refresh_from_db()
    if run.error:
        raise RuntimeError(run.error)
    return {
        "seconds": seconds,
        "cpu_seconds": time.process_time(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "people": Person.objects.count(),
        **{name: getattr(run, name) for name in ("status", "rows_read", "created", "updated", "refused")},
    }


def main() -> None:
    """Do one stage and tell in one line of JSON."""
    import django

    django.setup()
    stages = {"prepare": _prepare, "check": _check, "work": _work, "empty": _empty}
    print(json.dumps(stages[sys.argv[2]](Path(sys.argv[1])), default=str))


if __name__ == "__main__":
    main()
