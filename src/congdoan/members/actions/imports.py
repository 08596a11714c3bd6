"""An import from the sending of a file to its end: checked first, then written batch by batch in the background.

Each batch is one transaction that also says where the next one begins. So a worker that is killed loses nothing and
writes nothing twice, and of two workers at the same import the slower one steps back.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members import switch
from congdoan.members.actions import import_writing, reading, trail
from congdoan.members.errors import (
    ImportRightLostError,
    ImportStateError,
    MembersError,
    OutOfReachError,
    SameFileError,
)
from congdoan.members.importing import files
from congdoan.members.importing.columns import COLUMNS, MOST_ROWS, PASSED_OVER
from congdoan.members.importing.judging import Plan, judge
from congdoan.members.importing.register import Register
from congdoan.members.importing.rows import Places, candidate
from congdoan.members.models import ImportRow, ImportRun, ReadEntry
from congdoan.members.queries import imports as queries
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity, capacity_for
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.spreadsheets import HeadersError, Row, SpreadsheetError, read
from congdoan.spreadsheets import Reading as Table

BATCH = 1000
"""Rows in one transaction: short enough for the others to write in between."""

ATTEMPTS = 3
UNDECIDED_FOR = timedelta(days=7)
REFUSED_FOR = timedelta(days=30)
"""A checked list waits so long for a decision, refused rows for their fetching."""

Status = ImportRun.Status


class _OvertakenError(Exception):
    """Somebody cancelled the import, or another worker has it."""


def opened_table(path: Path) -> Table:
    """Check a list as a whole. Raises ``SpreadsheetError``."""
    table = read(path, COLUMNS, limit=MOST_ROWS, ignored=PASSED_OVER)
    if not {"full_name", "first_name", "last_name"} & table.headers.keys():
        raise HeadersError(missing=[COLUMNS[0].title], unknown=[], doubled=[])
    return table


def upload(
    capacity: Capacity, unit: Unit, path: Path, file_name: str, default_day: date | None = None
) -> ImportRun:
    """Take a list for ``unit``: look at the whole file, keep it encrypted, and let it be checked.

    ``default_day`` is the day of joining for rows without one. Raises ``OutOfReachError``, ``SpreadsheetError`` (and
    nothing was changed), ``SameFileError``.
    """
    if not switch.is_on() or not reaches(capacity, Right.IMPORT_MEMBERS, unit.pk):
        raise OutOfReachError
    table = opened_table(path)
    file_digest = files.digest(path)
    if earlier := queries.earlier_run(capacity, unit, file_digest):
        raise SameFileError(earlier.pk)
    stored_as = files.keep(path)
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                scope=unit,
                created_by=capacity.actor,  # type: ignore[misc]  # only somebody who has signed in holds a right
                mandate_id=capacity.audit[0],
                mandate_text=capacity.words[:300],
                file_name=file_name[-200:],
                file_digest=file_digest,
                stored_as=stored_as,
                options={
                    "default_day": default_day.isoformat() if default_day else None,
                    "columns": table.headers,
                    "suffix": path.suffix.lower(),
                },
                is_dry_run=True,
                status=Status.WAITING,
                total_rows=table.total,
            )
            _trail("member.import_sent", run, capacity)
    except BaseException:
        files.forget(stored_as)
        raise
    return run


@transaction.atomic
def start(capacity: Capacity, run_id: int) -> ImportRun:
    """Let a checked list be written. Raises ``ImportRun.DoesNotExist``, ``ImportStateError``."""
    run = _mine(capacity, run_id)
    if run.status != Status.CHECKED:
        raise ImportStateError
    run.refused_rows.all().delete()
    run.is_dry_run, run.status, run.started_at = False, Status.WAITING, None
    _rewind(run)
    run.save()
    _trail("member.import_started", run, capacity)
    return run


@transaction.atomic
def resume(capacity: Capacity, run_id: int) -> ImportRun:
    """Let an import that broke go on where it stopped. Raises as ``start`` does."""
    run = _mine(capacity, run_id)
    if run.status != Status.FAILED or not run.stored_as:
        raise ImportStateError
    run.status, run.error, run.finished_at = Status.WAITING, "", None
    run.save()
    _trail("member.import_resumed", run, capacity)
    return run


@transaction.atomic
def cancel(capacity: Capacity, run_id: int) -> ImportRun:
    """Stop an import. What it has written stays; its file goes. Raises as ``start`` does."""
    run = _mine(capacity, run_id)
    if run.status in (Status.DONE, Status.CANCELLED):
        raise ImportStateError
    _end(run, Status.CANCELLED)
    _trail("member.import_cancelled", run, capacity)
    return run


def work(run_id: int, *, batch: int = BATCH) -> None:
    """Check or write a list to its end, from where it stands. Does nothing for one that waits for nobody."""
    run = _claim(run_id)
    if run is None:
        return
    try:
        with files.opened(run.stored_as, run.options.get("suffix", "")) as path, _frozen():
            _go_through(run, opened_table(path), batch)
    except _OvertakenError:
        structlog.get_logger(__name__).info("import left to another", run=run_id)
    except (SpreadsheetError, MembersError) as error:
        _fail(run_id, error.user_message)
    except Exception:
        _fail(run_id, _("Máy chủ gặp lỗi khi nhập. Phần đã ghi vẫn được giữ, có thể nhập tiếp."))
        raise


@contextmanager
def _frozen() -> Iterator[None]:
    """Let Python's collector pass over what is loaded already.

    A batch makes many rows and few circles; without this the collector walks through the whole program (every model and
    form of it) several times a batch, which took a fifth of the time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _go_through(run: ImportRun, table: Table, batch: int) -> None:
    default_day = run.options.get("default_day")
    step = _Step(
        queries.places(_sender(run), run.scope),
        date.fromisoformat(default_day) if default_day else None,
        table.header_row,
        Register() if run.is_dry_run else None,
    )
    position = run.next_row
    left = table.after(table.header_row + position - 1)
    while rows := list(islice(left, batch)):
        position = _take(run.pk, position, rows, step)
    _finish(run.pk, position, table.total)


class _Step:
    """What all batches of one run share. ``memory``: whom a check would have created, for it writes nobody."""

    def __init__(
        self, places: Places, default_day: date | None, header_row: int, memory: Register | None
    ) -> None:
        self.places = places
        self.default_day = default_day
        self.header_row = header_row
        self.memory = memory


def _take(run_id: int, position: int, rows: Sequence[Row], step: _Step) -> int:
    """Take one batch; once more when somebody wrote the same number between our look and our writing."""
    problems = [len(row.problems) for row in rows]
    for attempt in range(1, ATTEMPTS + 1):
        for row, count in zip(rows, problems, strict=True):
            del row.problems[count:]
        try:
            return _batch(run_id, position, rows, step)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _batch(run_id: int, position: int, rows: Sequence[Row], step: _Step) -> int:
    run = _held(run_id, position)
    capacity, today = _sender(run), timezone.localdate()
    candidates = [candidate(row, step.places, today, step.default_day) for row in rows]
    register = step.memory if step.memory is not None else Register()
    sound = [one for one in candidates if not one.row.problems]
    register.load(sound, capacity, today, lock=not run.is_dry_run)
    plan = judge(candidates, register)
    if step.memory is None:
        import_writing.write(run, capacity, plan)
    else:
        step.memory.forget_people()
    ImportRow.objects.bulk_create(import_writing.refused(run, plan.refused))
    _count(run, plan, rows[-1].number - step.header_row + 1)
    return run.next_row


def _count(run: ImportRun, plan: Plan, next_row: int) -> None:
    run.created += len(plan.new)
    run.updated += plan.updated
    run.refused += len(plan.refused)
    run.rows_read = run.created + run.updated + run.refused
    run.next_row, run.seen_at = next_row, timezone.now()
    run.save(update_fields=["created", "updated", "refused", "rows_read", "next_row", "seen_at"])


def _held(run_id: int, position: int) -> ImportRun:
    """Return the import, its row locked, if it still stands where we left it."""
    run = (
        ImportRun.objects.select_for_update(of=("self",)).select_related("created_by", "scope").get(pk=run_id)
    )
    if run.status != Status.RUNNING or run.next_row != position:
        raise _OvertakenError
    return run


@transaction.atomic
def _claim(run_id: int) -> ImportRun | None:
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("created_by", "scope")
        .filter(pk=run_id, status__in=(Status.WAITING, Status.RUNNING))
        .first()
    )
    if run is None or not switch.is_on():
        return None
    if run.is_dry_run:
        # A check remembers what it has seen; without that memory it begins anew.
        run.refused_rows.all().delete()
        _rewind(run)
    run.status, run.seen_at = Status.RUNNING, timezone.now()
    run.started_at = run.started_at or run.seen_at
    run.save()
    return run


def _sender(run: ImportRun) -> Capacity:
    """Return in whose name the import is made, as it stands now. Raises ``ImportRightLostError``."""
    with suppress(ValueError):
        capacity = capacity_for(run.created_by, int(run.mandate_id))
        is_same = capacity.mandate is not None and str(capacity.mandate.pk) == run.mandate_id
        if is_same and run.created_by.is_active and reaches(capacity, Right.IMPORT_MEMBERS, run.scope_id):
            return capacity
    raise ImportRightLostError


@transaction.atomic
def _finish(run_id: int, position: int, total: int) -> None:
    run = _held(run_id, position)
    run.total_rows = total
    if run.is_dry_run:
        run.status, run.finished_at = Status.CHECKED, timezone.now()
        run.save()
        return
    _end(run, Status.DONE)
    capacity = _sender(run)
    # One line for the whole list; never one a row, and never what stood in it.
    reading.log(capacity, ReadEntry.Kind.CHANGE, fields=sorted(run.options["columns"]), rows=run.rows_read)
    _trail("member.import_done", run, capacity)


@transaction.atomic
def _fail(run_id: int, sentence: str) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    if run.status == Status.RUNNING:
        run.status, run.error, run.finished_at = Status.FAILED, sentence[:300], timezone.now()
        run.save()


def _mine(capacity: Capacity, run_id: int) -> ImportRun:
    return queries.runs(capacity).select_for_update(of=("self",)).get(pk=run_id)


def _rewind(run: ImportRun) -> None:
    run.next_row, run.rows_read, run.created, run.updated, run.refused = 1, 0, 0, 0, 0


def _end(run: ImportRun, status: ImportRun.Status) -> None:
    stored_as, run.stored_as = run.stored_as, ""
    run.status, run.finished_at = status, timezone.now()
    run.save()
    transaction.on_commit(lambda: files.forget(stored_as))


def _trail(verb: str, run: ImportRun, capacity: Capacity) -> None:
    trail.record(
        verb,
        None,
        capacity,
        after={
            "import": run.pk,
            "unit": run.scope.code,
            "digest": run.file_digest,
            "rows": run.rows_read,
            "created": run.created,
            "updated": run.updated,
            "refused": run.refused,
        },
    )


def tidy() -> int:
    """Let go of lists that nobody decided on, of refused rows past their time, and of files left behind."""
    now = timezone.now()
    undecided = ImportRun.objects.filter(
        status__in=(Status.CHECKED, Status.FAILED), created_at__lt=now - UNDECIDED_FOR
    )
    for run_id in undecided.values_list("pk", flat=True):
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=run_id)
            if run.status in (Status.CHECKED, Status.FAILED):
                _end(run, Status.CANCELLED)
    gone, _models = ImportRow.objects.filter(run__created_at__lt=now - REFUSED_FOR).delete()
    files.sweep(set(ImportRun.objects.exclude(stored_as="").values_list("stored_as", flat=True)))
    return gone
