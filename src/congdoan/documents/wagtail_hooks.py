"""The library in Wagtail's admin.

Wagtail runs its ``after_…_snippet`` hooks when the change has been committed; an entry in the audit trail must stand
or fall with it. So the views below write it where Wagtail saves, inside the same transaction.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from congdoan.documents import actions, queries
from congdoan.documents.forms import DocumentForm
from congdoan.documents.models import Document, DocumentKind


class DocumentCreateView(CreateView):  # type: ignore[misc]  # Wagtail is untyped
    """Adds a document and writes it to the trail."""

    def save_instance(self) -> Document:
        """Save, in the transaction of the request's change."""
        document: Document = super().save_instance()
        actions.record_saved(document, before=None, by=self.request.user)
        return document


class DocumentEditView(EditView):  # type: ignore[misc]  # Wagtail is untyped
    """Changes a document and writes what changed to the trail."""

    def save_instance(self) -> Document:
        """Save, in the transaction of the request's change."""
        before = queries.facts(Document.objects.select_for_update().get(pk=self.object.pk))
        document: Document = super().save_instance()
        actions.record_saved(document, before=before, by=self.request.user)
        return document


class DocumentDeleteView(DeleteView):  # type: ignore[misc]  # Wagtail is untyped
    """Deletes a document and keeps in the trail what it said."""

    def delete_action(self) -> None:
        """Delete, with the entry in the same transaction."""
        with transaction.atomic():
            actions.record_deleted(self.object, by=self.request.user)
            super().delete_action()


class DocumentViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Documents."""

    model = Document
    icon = "doc-full"
    menu_label = _("Văn bản")
    add_view_class = DocumentCreateView
    edit_view_class = DocumentEditView
    delete_view_class = DocumentDeleteView
    list_display = ["title", "symbol", "kind", "issuer", "issued_on", "live"]
    list_filter = ["kind", "issuer", "issued_on", "live"]
    list_per_page = 50
    ordering = ["-issued_on", "-pk"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", targets=["slug"]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("symbol")]),
            FieldRowPanel([FieldPanel("issuer"), FieldPanel("issued_on")]),
            FieldRowPanel([FieldPanel("signer"), FieldPanel("field")]),
            FieldPanel("abstract"),
            FieldPanel("file"),
            MultiFieldPanel(
                [
                    FieldPanel("live", help_text=_("Bỏ chọn: chỉ biên tập viên thấy.")),
                    FieldPanel("slug", help_text=_("Để trống: lấy từ số, ký hiệu và tên.")),
                ],
                heading=_("Đăng"),
            ),
        ],
        base_form_class=DocumentForm,
    )


class DocumentKindViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Kinds of document."""

    model = DocumentKind
    icon = "list-ul"
    menu_label = _("Loại văn bản")
    list_display = ["name", "abbreviation", "name_en", "code", "sort_order"]
    search_fields = ["name", "name_en", "abbreviation"]
    ordering = ["sort_order"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("code")]),
        FieldPanel("sort_order"),
    ]


class LibraryViewSetGroup(SnippetViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    """The library, under one menu entry."""

    menu_label = _("Văn bản")
    menu_icon = "doc-full"
    menu_order = 250
    items = (DocumentViewSet, DocumentKindViewSet)


register_snippet(LibraryViewSetGroup)
