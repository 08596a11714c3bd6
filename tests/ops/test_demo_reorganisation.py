"""The first acceptance test of the product: the demonstration's tree of 2019 and the merger of July 2025."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.members.models import Membership
from congdoan.ops.demo import organisation
from congdoan.organisation.actions import reorganisations
from congdoan.organisation.engine.operations import WHOLE
from congdoan.organisation.models import Ancestry, Heir, Mandate, Reorganisation, TreeVersion, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries import units
from congdoan.organisation.queries.capacities import capacity_for
from tests.factories import UserFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
THEN, EVE, DAY, AFTER = date(2019, 9, 30), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 27)


def everything_about(day: date) -> dict[str, object]:
    """What can be asked of the tree on a day."""
    below = {}
    for code in ("VN", "LC", "YB", "LC-SP", "LC-BX"):
        unit = Unit.objects.get(code=code)
        below[code] = {
            kind: units.count_below(unit, day, kind)
            for kind in ("grassroots_union", "district_federation", "local_industry_union", "commune_union")
        }
    return {
        "below": below,
        "map": sorted(
            Ancestry.objects.filter(during(day), end_version=None).values_list(
                "unit__code", "ancestor__code", "depth"
            )
        ),
        "names": dict(
            units.named(Unit.objects.filter(units.alive(day)), day).values_list("code", "shown_name")
        ),
        "found": [unit.code for unit in units.search("may ngan", day)],
    }


@pytest.fixture
def administrator():
    user = UserFactory(username="quan-tri")
    organisation.load({"quan-tri": user})
    return user


def test_the_published_number_of_grassroots_unions_is_counted_from_the_tree(administrator):
    assert units.count_below(Unit.objects.get(code="LC"), THEN, "grassroots_union") == 1289


def test_after_the_reorganisation_of_2025_questions_about_2019_have_the_answers_they_had(administrator):
    before_2019, before_eve = everything_about(THEN), everything_about(EVE)
    prepared = Reorganisation.objects.get()
    by = capacity_for(administrator)
    assert by.unit.code == "VN"

    assert reorganisations.check(prepared.pk, by=by).problems == []
    done = reorganisations.carry_out(prepared.pk, by=by)

    assert everything_about(THEN) == before_2019
    assert everything_about(EVE) == before_eve
    assert done.version.number == TreeVersion.objects.count()
    new = Unit.objects.get(code="LC25")
    assert units.count_below(new, DAY, "grassroots_union") == 587
    assert units.count_below(new, DAY, "commune_union") == 11
    assert units.count_below(new, EVE, "grassroots_union") == 0
    assert Unit.objects.get(code="LC").ended_on == DAY

    # Everybody who ended has living heirs whose shares make a whole; nobody living is without a chain to the root.
    ended = Unit.objects.filter(ended_on__lte=AFTER)
    for unit in ended:
        shares = list(
            Heir.objects.filter(during(AFTER), unit=unit, end_version=None).values_list("share", flat=True)
        )
        assert sum(shares) == WHOLE, unit.code
    living = Unit.objects.filter(units.alive(AFTER))
    rooted = Ancestry.objects.filter(during(AFTER), ancestor__code="VN", end_version=None)
    assert rooted.count() == living.count()
    assert not Mandate.objects.filter(during(AFTER), unit__in=ended).exists()
    assert not Membership.objects.exists()


def test_the_map_as_an_older_version_knew_it_is_still_there(administrator):
    old = TreeVersion.objects.latest("number").number
    rows = Ancestry.objects.filter(during(AFTER), end_version=None)
    before = sorted(rows.values_list("unit", "ancestor", "depth", "valid_from"))
    prepared = Reorganisation.objects.get()
    by = capacity_for(administrator)
    reorganisations.check(prepared.pk, by=by)
    reorganisations.carry_out(prepared.pk, by=by)

    known = Ancestry.objects.filter(during(AFTER), first_version__lte=old).exclude(end_version__lte=old)
    assert sorted(known.values_list("unit", "ancestor", "depth", "valid_from")) == before
