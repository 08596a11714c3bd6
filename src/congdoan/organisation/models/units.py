"""Units and what describes them. Dates are half-open: ``valid_to`` and ``ended_on`` are the first day without."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan import vntext


def during(day: Any, prefix: str = "") -> models.Q:
    """Rows whose ``valid_from``–``valid_to`` holds ``day``; ``prefix`` names the relation ("names__")."""
    return models.Q(**{f"{prefix}valid_from__lte": day}) & (
        models.Q(**{f"{prefix}valid_to": None}) | models.Q(**{f"{prefix}valid_to__gt": day})
    )


class UnitKind(models.Model):
    """A kind of unit (loại đơn vị): "grassroots_union" … Rows, because levels come and go (2025: districts went).

    ``level``: 1 centre, 2 province or central industry, 3 immediate upper, 4 grassroots, 5 inside a grassroots union
    (Law 50/2024, article 8).
    """

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    abbreviation = models.CharField(_("viết tắt"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("cấp"))
    is_root = models.BooleanField(_("đứng đầu cây"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("loại đơn vị")
        verbose_name_plural = _("loại đơn vị")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="unit_kind_level"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Territory(models.Model):
    """A place (địa bàn): province, district, commune, ward. Dated, since places are merged too. Not the parent of a unit."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("tỉnh, thành phố")
        DISTRICT = "district", _("huyện, thị xã")
        COMMUNE = "commune", _("xã")
        WARD = "ward", _("phường")
        TOWN = "town", _("thị trấn")

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("thuộc")
    )
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An organisation unit (đơn vị, tổ chức công đoàn). Its names and parents are dated rows; it is never deleted."""

    class Sector(models.TextChoices):
        ADMINISTRATIVE_PUBLIC_SERVICE = "administrative_public_service", _("hành chính sự nghiệp")
        PRODUCTION_BUSINESS = "production_business", _("sản xuất kinh doanh")

    class Ownership(models.TextChoices):
        STATE = "state", _("nhà nước")
        COLLECTIVE = "collective", _("tập thể")
        PRIVATE = "private", _("ngoài nhà nước")
        FOREIGN = "foreign", _("có vốn đầu tư nước ngoài")

    code = models.CharField(_("mã"), max_length=40, unique=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units", verbose_name=_("loại"))
    founded_on = models.DateField(_("ngày thành lập"))
    ended_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    founding_symbol = models.CharField(_("quyết định thành lập"), max_length=60, blank=True)
    founding_signed_on = models.DateField(_("ngày quyết định thành lập"), null=True, blank=True)
    ending_symbol = models.CharField(_("quyết định kết thúc"), max_length=60, blank=True)
    ending_signed_on = models.DateField(_("ngày quyết định kết thúc"), null=True, blank=True)
    sector = models.CharField(_("khối"), max_length=32, choices=Sector.choices, blank=True)
    ownership_type = models.CharField(
        _("thành phần kinh tế"), max_length=12, choices=Ownership.choices, blank=True
    )
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    website = models.URLField(_("trang tin"), blank=True)
    territories: models.ManyToManyField[Territory, UnitTerritory] = models.ManyToManyField(
        Territory, through="UnitTerritory", related_name="units", verbose_name=_("địa bàn")
    )
    updated_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True)

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(code=""), name="unit_has_code"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gt=models.F("founded_on")),
                name="unit_ends_after_its_founding",
            ),
        ]
        indexes = [models.Index(Upper("code"), name="unit_code_upper")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the public address of the unit."""
        return reverse("organisation:unit", args=[self.code])

    def lives_on(self, day: Any) -> bool:
        """Say whether the unit exists on ``day``."""
        return bool(self.founded_on <= day and (self.ended_on is None or day < self.ended_on))


class UnitName(models.Model):
    """What a unit is called from a day to a day (tên đơn vị). Names of a unit neither overlap nor leave a gap."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên"), max_length=300)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    folded = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=2000, editable=False)

    class Meta:
        verbose_name = _("tên đơn vị")
        verbose_name_plural = _("tên đơn vị")
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_once_per_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="unit_name_lasts",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="unit_name_not_empty"),
        ]
        indexes = [models.Index(fields=["folded"], name="unit_name_folded")]

    def __str__(self) -> str:
        return (get_language() == "en" and self.name_en) or self.name

    def derive(self) -> None:
        """Bring texts to NFC and make what is searched and sorted by. ``save`` does it; bulk writers must."""
        self.name, self.short_name = vntext.nfc(self.name).strip(), vntext.nfc(self.short_name).strip()
        self.folded = f" {vntext.fold(f'{self.name} {self.short_name}').strip()}"[:500]
        self.sort_key = vntext.sort_key(self.name)[:2000]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)


class UnitTerritory(models.Model):
    """The unit serves this place from a day to a day (địa bàn của đơn vị)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="territory_links")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="unit_links")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("địa bàn của đơn vị")
        verbose_name_plural = _("địa bàn của đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["unit", "territory", "valid_from"], name="unit_territory_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="unit_territory_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.territory_id}"
