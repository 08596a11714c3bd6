"""Documents and their kinds."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class DocumentKind(models.Model):
    """A kind of document (loại văn bản): "resolution", "directive" … Rows, because lists of kinds change."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=80)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=80)
    abbreviation = models.CharField(_("viết tắt"), max_length=12, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, db_index=True)

    class Meta:
        verbose_name = _("loại văn bản")
        verbose_name_plural = _("loại văn bản")
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Document(index.Indexed, models.Model):  # type: ignore[misc]  # Wagtail is untyped
    """A document of the union, the Party or the State (văn bản).

    The same symbol may come back in another year or term, so the symbol alone is not unique.
    """

    title = models.CharField(
        _("tên văn bản"), max_length=500, help_text=_("Loại và trích yếu, như in ở đầu văn bản.")
    )
    slug = models.SlugField(_("địa chỉ"), max_length=120, unique=True)
    kind = models.ForeignKey(
        DocumentKind, on_delete=models.PROTECT, related_name="documents", verbose_name=_("loại")
    )
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), db_index=True)
    field = models.CharField(_("lĩnh vực"), max_length=120, blank=True)
    abstract = models.TextField(_("trích yếu"), blank=True)
    file = models.ForeignKey(
        "media.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tệp")
    )
    live = models.BooleanField(_("công khai"), default=True)
    updated_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True)

    search_fields = [
        index.AutocompleteField("title"),
        index.AutocompleteField("symbol"),
        index.AutocompleteField("issuer"),
        index.SearchField("abstract"),
        index.SearchField("signer"),
        index.SearchField("field"),
    ]

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["symbol", "issuer", "issued_on"],
                condition=~models.Q(symbol=""),
                name="document_once_per_symbol_issuer_date",
                violation_error_message=_(
                    "Văn bản này đã có trong thư viện: cùng số, ký hiệu, cơ quan ban hành và ngày ban hành."
                ),
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the public address of the document."""
        return reverse("documents:detail", args=[self.slug])
