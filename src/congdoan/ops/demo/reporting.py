"""The reports of the demonstration: catalogue, obligations, six years of quarters with their totals, and one open month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from congdoan.ops.demo.reports import QUARTERS, dialogues, grassroots, province
from congdoan.ops.demo.reports.content import plan
from congdoan.ops.demo.reports.history import History, Told
from congdoan.ops.demo.reports.month import OpenMonth
from congdoan.ops.demo.reports.values import PROVINCE
from congdoan.organisation.models import Placement, Unit, UnitKind
from congdoan.organisation.models.units import during
from congdoan.reporting.actions import rebuilding
from congdoan.reporting.actions.catalogue import load_sheets
from congdoan.reporting.actions.opening import lay_calendars
from congdoan.reporting.models import (
    Counted,
    Indicator,
    Obligation,
    OutsideFigure,
    Report,
    Series,
    Sheet,
    Target,
)
from congdoan.reporting.queries import maps

_MONTHLY_DUE_DAYS = 5


def load() -> None:
    """Write everything. The organisation of the demonstration must be there."""
    now = timezone.now()
    today = timezone.localdate(now)
    owner = Unit.objects.get(code=PROVINCE)
    load_sheets(owner)
    lay_calendars(range(QUARTERS[0].year, today.year + 2))
    _load_obligations(owner)
    _load_targets_and_outside_figures(owner)
    ids = dict(Unit.objects.values_list("code", "pk"))
    history = History()
    history.add(Sheet.objects.get(code="bao-cao-quy"), sorted(_grassroots(ids), key=_order))
    history.add(Sheet.objects.get(code="bao-cao-cap-tren"), sorted(_dialogues(ids, owner), key=_order))
    history.add(Sheet.objects.get(code="bao-cao-tinh"), list(_province(owner)))
    history.write()
    OpenMonth(Sheet.objects.get(code="bao-cao-thang"), now).write()
    version = maps.tree_version()
    Counted.objects.bulk_create(
        [
            Counted(unit_id=unit, tree_version=version)
            for unit in Report.objects.order_by().values_list("unit", flat=True).distinct()
        ]
    )
    rebuilding.rebuild_all(today)


def _order(told: Told) -> tuple[int, int]:
    return told.unit, told.quarter


def _load_obligations(owner: Unit) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    sheets = {sheet.code: sheet for sheet in Sheet.objects.all()}
    for entry in plan()["obligation"]:
        Obligation.objects.create(
            sheet=sheets[entry["sheet"]],
            top=owner,
            kind=kinds[entry["kind"]],
            valid_from=entry["from"],
            valid_to=plan()["ends_on"],
            due_days=entry["due_days"],
        )
    Obligation.objects.create(
        sheet=sheets["bao-cao-thang"],
        top=owner,
        kind=kinds["grassroots_union"],
        valid_from=timezone.localdate().replace(day=1),
        due_days=_MONTHLY_DUE_DAYS,
    )


def _load_targets_and_outside_figures(owner: Unit) -> None:
    for entry in plan()["target"]:
        Target.objects.create(
            unit=owner,
            series=Series.objects.get(key=entry["key"]),
            start=entry["from"],
            end=entry["to"],
            value=entry["value"],
            source=entry["source"],
        )
    for entry in plan()["outside"]:
        OutsideFigure.objects.create(
            unit=owner,
            indicator=Indicator.objects.get(code=entry["code"]),
            start=entry["from"],
            end=entry["to"],
            value=entry.get("value"),
            low=entry.get("low"),
            high=entry.get("high"),
            words=entry.get("words", ""),
            source=entry["source"],
            captured_on=entry["captured_on"],
        )


def _grassroots(ids: dict[str, int]) -> Iterator[Told]:
    made = grassroots()
    for cell, (place, number) in enumerate(made.cells):
        code = made.units[place].code
        yield Told(ids[code], code, ids[made.parents[cell]], number, made.content(cell))


def _dialogues(ids: dict[str, int], owner: Unit) -> Iterator[Told]:
    for (code, number), values in dialogues().items():
        yield Told(ids[code], code, owner.pk, number, values)


def _province(owner: Unit) -> Iterator[Told]:
    day = QUARTERS[-1].end - timedelta(days=1)
    above = Placement.objects.filter(during(day), unit=owner).values_list("parent", flat=True)[0]
    for number, values in enumerate(province()):
        yield Told(owner.pk, owner.code, above or owner.pk, number, values)
