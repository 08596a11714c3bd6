"""The tree in time: who stood below whom, since when, by which decision, and who inherits from whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models.units import Unit


class Tree(models.Model):
    """A tree of units (cây tổ chức). Its row is the one lock under which the tree changes."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)

    class Meta:
        verbose_name = _("cây tổ chức")
        verbose_name_plural = _("cây tổ chức")

    def __str__(self) -> str:
        return self.name


class TreeVersion(models.Model):
    """What was known of the tree after one batch of changes (phiên bản cây). A figure names the version it was summed by.

    ``number`` counts up within the tree; ``effective_from`` is the earliest day that the batch changes.
    """

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("số"))
    made_at = models.DateTimeField(_("lúc"))
    effective_from = models.DateField(_("có hiệu lực từ"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("phiên bản cây")
        verbose_name_plural = _("phiên bản cây")
        ordering = ["tree", "number"]
        constraints = [models.UniqueConstraint(fields=["tree", "number"], name="tree_version_once")]

    def __str__(self) -> str:
        return f"{self.tree_id}.{self.number}"


class UnitEvent(models.Model):
    """Something that happened to units, with its decision (sự kiện của đơn vị). Written once, never changed."""

    class Kind(models.TextChoices):
        FOUNDING = "founding", _("thành lập")
        MERGER = "merger", _("sáp nhập")
        SPLIT = "split", _("chia tách")
        RENAMING = "renaming", _("đổi tên")
        MOVE = "move", _("chuyển")
        DISSOLUTION = "dissolution", _("giải thể")

    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    version = models.ForeignKey(TreeVersion, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField(_("thứ tự"))
    happened_on = models.DateField(_("ngày"), db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="events", verbose_name=_("đơn vị"))
    decision_symbol = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision_issuer = models.CharField(_("cơ quan quyết định"), max_length=200, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    before = models.JSONField(_("trước"), default=dict, blank=True)
    after = models.JSONField(_("sau"), default=dict, blank=True)

    class Meta:
        verbose_name = _("sự kiện của đơn vị")
        verbose_name_plural = _("sự kiện của đơn vị")
        ordering = ["happened_on", "version", "sequence"]
        constraints = [models.UniqueConstraint(fields=["version", "sequence"], name="unit_event_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"


class Succession(models.Model):
    """One unit's inheritance by another (kế thừa): a merger has one row a predecessor, a split one a successor.

    ``share`` of a predecessor's figures goes to the successor, in millionths; those of one predecessor add up to 1,000,000.
    """

    WHOLE = 1_000_000

    event = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="heirs")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    share = models.PositiveIntegerField(_("phần"), default=WHOLE)
    starts_on = models.DateField(_("từ ngày"))

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=1_000_000), name="succession_share"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Placement(models.Model):
    """A unit's parent from a day to a day (trực thuộc). The root has one row without a parent.

    The database refuses overlaps (exclusion constraint on PostgreSQL, triggers on SQLite); gaps and cycles are
    refused by ``actions`` under the tree's lock.
    """

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="child_placements"
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("trực thuộc")
        verbose_name_plural = _("trực thuộc")
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "unit", "valid_from"], name="placement_once_per_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="placement_lasts",
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("unit")),
                name="placement_not_below_itself",
            ),
        ]
        indexes = [models.Index(fields=["parent", "valid_from"], name="placement_children")]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class Ancestry(models.Model):
    """``unit`` stood below ``ancestor`` (or is it, ``depth`` 0) from a day to a day, as versions from ``first`` to before ``end`` know it.

    Both times are kept: what was true on a day, and what a version of the tree knew of it. So the ancestors of any unit
    on any day are one indexed read, and a figure that names its version finds the very map it was summed by.
    """

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ancestors")
    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="descendants")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    first_version = models.PositiveIntegerField()
    end_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị cấp trên")
        verbose_name_plural = _("đơn vị cấp trên")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="ancestry_lasts",
            ),
            models.CheckConstraint(
                condition=models.Q(end_version=None) | models.Q(end_version__gt=models.F("first_version")),
                name="ancestry_known_for_a_version",
            ),
            models.UniqueConstraint(
                fields=["tree", "unit", "ancestor", "valid_from", "first_version"], name="ancestry_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "valid_from"], name="ancestry_of_unit"),
            models.Index(fields=["ancestor", "unit", "valid_from"], name="ancestry_below"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.ancestor_id}"


class Heir(models.Model):
    """Who stands today for a unit that has ended (đơn vị kế thừa), from a day to a day: successors, or the nearest living ancestor.

    Worked out from ``Succession`` and ``Placement`` with each batch; ``share`` in millionths.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standing_for_it")
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stands_for")
    share = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    first_version = models.PositiveIntegerField()
    end_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị kế thừa")
        verbose_name_plural = _("đơn vị kế thừa")
        constraints = [
            models.UniqueConstraint(fields=["unit", "heir", "valid_from", "first_version"], name="heir_once"),
        ]
        indexes = [models.Index(fields=["heir", "unit"], name="heir_of")]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.heir_id}"
