"""What registers know: the number of members is offered, with its day; nothing of it where the register is off."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from congdoan.members.models import Person
from congdoan.organisation.rights import Role
from congdoan.reporting import prefill
from tests.factories_members import member
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, report, sheet
from tests.reporting.test_filling import signed_in

pytestmark = pytest.mark.django_db
KEYS = {
    "union.members.total": ("stock", "", "Tổng số đoàn viên"),
    "union.members.total|sex=female": ("stock", "sex=female", "Đoàn viên nữ"),
}


def _report() -> Any:
    units = plant()
    form = sheet(units["LC"], KEYS, prefill=dict.fromkeys(KEYS, "members.total"))
    for sex in (Person.Sex.FEMALE, Person.Sex.FEMALE, Person.Sex.MALE):
        member(units["LC-SP-001"], sex=sex)
    member(units["LC-SP-002"], sex=Person.Sex.MALE)
    return units, report(units["LC-SP-001"], 2019, 3, form)


def _known(found: Any) -> dict[str, int]:
    lines = [line for section in found.sheet_version.sections.all() for line in section.lines.all()]
    return {key: value.number for key, value in prefill.known(found.unit, found.period, lines).items()}


def test_the_register_offers_the_members_of_this_unit_alone_with_the_day_they_were_counted():
    units, found = _report()
    page = signed_in(chair(units["LC-SP-001"])).get(reverse("reporting:fill", args=[found.pk]))
    assert "Sổ đoàn viên, ngày 30/09/2019" in page.content.decode()
    assert _known(found) == {"union.members.total": 3, "union.members.total|sex=female": 2}


def test_women_are_not_offered_while_the_sex_of_somebody_is_unknown():
    units, found = _report()
    member(units["LC-SP-001"], sex="")
    assert _known(found) == {"union.members.total": 4}


def test_nothing_is_offered_where_the_register_is_off(settings: Any):
    _units, found = _report()
    settings.MEMBERS = "off"
    assert _known(found) == {}


def test_a_code_stands_for_one_source_only():
    with pytest.raises(ValueError, match=r"members\.total"):
        prefill.register("members.total", "Sổ", lambda *_given: {})
    assert "members.total" in dict(prefill.choices())


def test_who_reports_for_several_units_chooses_one_of_them():
    units = plant()
    form = sheet(units["LC"])
    report(units["LC-SP-001"], 2019, 3, form)
    # The chair of a union with parts reports for them too; here a whole district stands in for it.
    several = signed_in(acting(Role.CHAIR, units["LC-SP"]))
    everything = several.get(reverse("reporting:reports")).content.decode()
    assert 'name="don-vi"' in everything
    assert "Thổ cẩm Tả Phìn" in everything
    one = several.get(reverse("reporting:reports"), {"don-vi": "LC-SP-001"}).content.decode()
    assert "Thổ cẩm Tả Phìn</span>" not in one
    assert "Mầm non Hoa Đào</span>" in one
    foreign = several.get(reverse("reporting:reports"), {"don-vi": "YB-NL-001"}).content.decode()
    assert "Chợ Mường Lò" not in foreign
