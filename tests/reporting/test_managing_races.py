"""Two officers, and an officer and a chair, at the same moment, on a database with real locks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.configuring import publishing, sheets
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.opening import open_reports
from congdoan.reporting.actions.reviewing import submit
from congdoan.reporting.errors import ConfigurationError, DraftChangedError
from congdoan.reporting.models import Report
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, report, sheet
from tests.reporting.test_races import attempt, wait_until_somebody_is_blocked

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
START = date(2019, 10, 1)


@pytest.fixture
def scene() -> dict[str, Any]:
    """A quarterly sheet with a draft, and a report of the third quarter that is filled and not sent."""
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020), until=None)
    by = acting(Role.STATISTICS, units["LC"])
    filler = chair(units["LC-SP-001"])
    found = report(units["LC-SP-001"], 2019, 2, form)
    return {
        "form": form,
        "by": by,
        "draft": sheets.begin_draft(form.pk, by=by),
        "filler": filler,
        "found": found,
    }


def test_of_two_officers_who_save_one_draft_the_second_is_told(scene: dict[str, Any]) -> None:
    draft, by = scene["draft"], scene["by"]
    other = acting(Role.STATISTICS, scene["form"].owner)

    def save(note: str, who: Any) -> None:
        sheets.edit_words(draft.pk, note=note, guidance="", by=who, seen=0)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            save("một", by)
            second = attempt(pool, lambda: save("hai", other))
            wait_until_somebody_is_blocked()
        with pytest.raises(DraftChangedError):
            second.result(timeout=10)
    draft.refresh_from_db()
    assert draft.note == "một"


def test_a_report_that_is_just_being_sent_keeps_its_version(scene: dict[str, Any]) -> None:
    found, draft = scene["found"], scene["draft"]
    save_cells(found.pk, {"law.sessions": "3"}, by=scene["filler"])
    start = found.period.start

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            submit(found.pk, by=scene["filler"])
            publication = attempt(
                pool, lambda: publishing.publish(draft.pk, start=start, by=scene["by"], seen=draft.revision)
            )
            wait_until_somebody_is_blocked()
        with pytest.raises(ConfigurationError, match="gửi theo phiên bản cũ"):
            publication.result(timeout=10)
    found.refresh_from_db()
    assert found.sheet_version.number == 1


def test_reports_that_open_while_a_version_is_published_open_on_it(scene: dict[str, Any]) -> None:
    draft = scene["draft"]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            publishing.publish(draft.pk, start=START, by=scene["by"], seen=draft.revision)
            opening = attempt(pool, lambda: open_reports(START))
            wait_until_somebody_is_blocked()
        assert opening.result(timeout=10)
    opened = Report.objects.filter(period__start=START)
    assert opened.exists()
    assert set(opened.values_list("sheet_version", flat=True)) == {draft.pk}
