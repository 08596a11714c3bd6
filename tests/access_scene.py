"""Two provinces with one officer of each role of the demonstration, and an object of every kind in each province.

The administrator's mandate is in the confederation, as in the demonstration: nothing is foreign to them. Everybody else
works in Lào Cai: the province's officers, the district's, and the chair, the deputy and a member of one grassroots union.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from congdoan.figures.models import PublishedFigure
from congdoan.members import crypto
from congdoan.members.actions import cards, catalogue, consents, corrections, requests, transfers
from congdoan.members.models import (
    ConsentText,
    DuplicateProposal,
    Export,
    ImportRun,
    MemberPosition,
)
from congdoan.notices.actions.notices import tell
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Notice
from congdoan.ops.actions import site
from congdoan.organisation.actions import invitations, reorganisations, tokens
from congdoan.organisation.models import Unit, UnitImport
from congdoan.organisation.queries import listing
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.participation.models import Call, Option
from congdoan.reporting.actions.configuring import indicators, owing
from congdoan.reporting.actions.configuring import sheets as drafts
from congdoan.reporting.models import Breakdown, Indicator
from congdoan.spreadsheets import write_csv
from tests.factories import DocumentFactory, make_article
from tests.factories_members import member
from tests.factories_organisation import MandateFactory, OfficerFactory, acting, plant
from tests.factories_reporting import report, sheet

SEATS = {
    "admin": (Role.ADMIN, "VN"),
    "editor": (Role.EDITOR, "LC"),
    "approver": (Role.APPROVER, "LC"),
    "statistics": (Role.STATISTICS, "LC"),
    "leader": (Role.LEADER, "LC"),
    "middle": (Role.MIDDLE, "LC-SP"),
    "chair": (Role.CHAIR, "LC-SP-001"),
    "deputy": (Role.DEPUTY, "LC-SP-001"),
    "member": (Role.MEMBER, "LC-SP-001"),
    "records": (Role.RECORDS, "LC"),
}
PROVINCES = {"own": "LC-SP-001", "foreign": "YB-NL-001"}
Value = Any | Callable[[str], Any]


class Scene:
    """What lines of the table name: ``own.officer``, ``foreign.person``, ``any.document``."""

    def __init__(self) -> None:
        site.load_base()
        self.units: dict[str, Unit] = plant()
        groups = {
            "editor": Group.objects.get(name="Biên tập viên"),
            "approver": Group.objects.get(name="Người duyệt"),
        }
        self.people: dict[str, Capacity] = {
            name: acting(role, self.units[code], editorial_group=groups.get(name))
            for name, (role, code) in SEATS.items()
        }
        self.people["admin"].user.is_superuser = self.people["admin"].user.is_staff = True
        self.people["admin"].user.save()
        self._values: dict[str, Value] = {}
        self._public()
        for side, code in PROVINCES.items():
            self._province(side, self.units[code])
        self._personal()

    def value(self, name: str, role: str) -> str:
        """Return what ``name`` stands for when ``role`` asks; any other word stands for itself."""
        if name.startswith(("own.", "foreign.", "any.")) and name not in self._values:
            raise KeyError(f"the scene has no {name}")
        found = self._values.get(name, name)
        return str(found(role) if callable(found) else found)

    def _public(self) -> None:
        article = make_article()
        call = Call.objects.create(title="Bữa ăn ca?", slug="bua-an", status="announced")
        for number in (1, 2):
            Option.objects.create(call=call, text=f"Lựa chọn {number}", sort_order=number)
        self._values |= {
            "any.document": DocumentFactory().slug,
            "any.call": call.slug,
            "any.article": article.url.strip("/") + "/",
        }

    def _province(self, side: str, unit: Unit) -> None:
        values = self._values
        values[f"{side}.unit"] = unit.code
        chief = acting(Role.ORGANISER, self.units["LC" if side == "own" else "YB"])
        deputy = MandateFactory(unit=unit, position__role=Role.DEPUTY)
        values[f"{side}.officer"] = deputy.officer.pk
        values[f"{side}.mandate"] = deputy.pk
        newcomer = MandateFactory(unit=unit, position__role=Role.DEPUTY, officer=OfficerFactory(user=None))
        values[f"{side}.newcomer"] = newcomer.officer.pk
        invitation, raw = invitations.invite(newcomer.officer.pk, by=chief)
        values[f"{side}.invitation"] = invitation.pk
        values[f"{side}.link"] = raw
        plan = reorganisations.draft(
            title="Sắp xếp", scope=unit, effective_on=timezone.localdate() + timedelta(days=30), by=chief
        )
        values[f"{side}.reorganisation"] = plan.pk
        person = member(unit)
        values[f"{side}.person"] = person.pk
        leaver = member(unit)
        goal = self.units["LC-SP-002" if side == "own" else "YB-NL"]
        values[f"{side}.transfer"] = transfers.offer(
            acting(Role.CHAIR, unit), leaver.pk, goal, timezone.localdate()
        ).pk
        held = MemberPosition.objects.create(
            person=person, unit=unit, position=deputy.position, valid_from=date(2020, 1, 1)
        )
        values[f"{side}.held"] = held.pk
        card = cards.issue(acting(Role.CHAIR, unit), person.pk)
        values[f"{side}.card"] = crypto.decrypt(card.token_cipher)
        twin = member(unit)
        pair = DuplicateProposal.objects.create(first=person, second=twin, score=90, reasons=["phone"])
        values[f"{side}.proposal"] = pair.pk
        self._asked(side, unit)
        self._report(side, unit)
        self._managed(side)

    def _report(self, side: str, unit: Unit) -> None:
        """What the unit owes for the first quarter of 2019, and has not sent."""
        if not hasattr(self, "sheet"):
            self.sheet = sheet(self.units["VN"])
            self._published()
        self._values[f"{side}.report"] = report(unit, 2019, 1, self.sheet).pk
        asked = "indicator=staff&from=2019-01-01&to=2019-03-31&unit="
        self._values |= {
            f"{side}.figure": f"api/v1/figures?{asked}{unit.code}",
            f"{side}.sources": f"api/v1/figures/sources?{asked}{unit.code}",
            "any.figure": f"api/v1/figures?{asked}LC",
            f"{side}.behind": "lam-viec/so-lieu/nguon/?chi-tieu=staff&tu-ngay=01/01/2019&den-ngay=31/03/2019&don-vi="
            + unit.code,
        }

    def _published(self) -> None:
        """A figure that everybody may read, as it stood in a document."""
        self._values["any.published"] = PublishedFigure.objects.create(
            indicator=Indicator.objects.get(code="staff"),
            unit=self.units["LC"],
            start=date(2012, 12, 31),
            end=date(2012, 12, 31),
            value=50_000,
            vintage="final",
            origin="paper",
            source="Báo cáo năm 2012",
            digest="0" * 64,
        ).pk

    def _managed(self, side: str) -> None:
        """A sheet of the province with a draft, who owes it, an indicator and a target."""
        province = self.units["LC" if side == "own" else "YB"]
        by = acting(Role.STATISTICS, province)
        lines = {f"{side}.one": ("flow", "", side)}
        found = sheet(province, lines, code=side, years=range(2019, 2020), until=date(2013, 12, 1))
        draft = drafts.begin_draft(found.pk, by=by)
        section = draft.sections.get()
        indicator = indicators.add_indicator(
            indicators.Nature("flow"), indicators.Meaning(side), valid_from=date(2019, 1, 1), by=by
        )
        aim = owing.Aim(date(2019, 1, 1), date(2020, 1, 1), "ge", 5)
        self._values |= {
            f"{side}.sheet": found.pk,
            f"{side}.version": draft.pk,
            f"{side}.section": section.pk,
            f"{side}.line": section.lines.get().pk,
            f"{side}.obligation": found.obligations.get().pk,
            f"{side}.indicator": indicator.pk,
            f"{side}.target": owing.add_target(province, indicator.series.get(), aim, by=by).pk,
            "any.breakdown": Breakdown.objects.get_or_create(code="sex", name="Giới", name_en="Sex")[0].pk,
        }

    def _asked(self, side: str, unit: Unit) -> None:
        """What a member of the unit asked for, to be answered by others."""
        asking = acting(Role.MEMBER, unit)
        member(unit, user=asking.user)
        self._values[f"{side}.correction"] = corrections.ask(asking, "first_name", "Mẩy").pk
        self._values[f"{side}.request"] = requests.ask(asking, "access", "Xin một bản sao").pk
        self._values[f"{side}.deletion"] = requests.ask(asking, "deletion", "Xin xoá").pk

    def _personal(self) -> None:
        catalogue.load_consent_texts()
        text = ConsentText.objects.order_by("pk").first()
        assert text is not None
        stranger = acting(Role.CHAIR, self.units["YB-NL-001"])
        kinds = ("token", "notice", "import", "run", "my_correction", "my_request", "export")
        made: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
        for name, capacity in [*self.people.items(), ("foreign", stranger)]:
            made["token"][name] = tokens.make(name="t", days=9, by=capacity)[0].pk
            tell([capacity.user], Kind.NEWS, f"t{name}", "Việc")
            made["notice"][name] = Notice.objects.get(recipient=capacity.user).pk
            made["import"][name] = UnitImport.objects.create(
                user=capacity.user,
                name="don-vi.csv",
                content=_list_of_units(),
                applies_on=date(2026, 1, 1),
            ).pk
            member(self.units["YB-NL-001" if name == "foreign" else "LC-SP-001"], user=capacity.user)
            made["my_correction"][name] = corrections.ask(capacity, "first_name", "Mẩy").pk
            made["my_request"][name] = requests.ask(capacity, "access", "Xin một bản sao").pk
            consents.give(capacity, text.pk)
            run = ImportRun.objects.create(
                scope=capacity.unit,
                created_by=capacity.user,
                file_name="doan-vien.xlsx",
                file_digest="0" * 64,
                mandate_id=capacity.audit[0],
                options={"columns": {}},
                is_dry_run=True,
                status=ImportRun.Status.CHECKED,
                total_rows=1,
                rows_read=1,
                refused=1,
            )
            made["run"][name] = run.pk
            made["export"][name] = Export.objects.create(
                unit=self.units["YB-NL-001" if name == "foreign" else "LC-SP-001"],
                requester_id=str(capacity.user.pk),
                requested_at=timezone.now(),
                reason="Thăm hỏi",
                filters={"unit": "LC-SP-001", "state": "dang", "sex": ""},
                row_count=1,
                row_limit=500,
                needs_approval=False,
                status=Export.Status.APPROVED,
            ).pk
        self._values |= {"any.consent": text.pk, "any.purpose": text.purpose}
        for kind, by_name in made.items():
            self._values[f"own.{kind}"] = lambda role, found=by_name: found.get(role, found["chair"])
            self._values[f"foreign.{kind}"] = by_name["foreign"]


def _list_of_units() -> bytes:
    """A list of units to upload: the tree as it is."""
    columns = listing.unit_columns()
    rows = listing.listing(Unit.objects.filter(code__startswith="LC"), timezone.localdate())
    stream = BytesIO()
    write_csv(
        stream, [column.title for column in columns], ([row.get(c.key) for c in columns] for row in rows)
    )
    return stream.getvalue()
