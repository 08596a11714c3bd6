"""What the body of an article is made of."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from congdoan.figures.blocks import FiguresBlock
from congdoan.media.models import File

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "figure"]


EMPTY_PARAGRAPH = re.compile(r"<p\b[^>]*>(?:\s|&nbsp;|<br\s*/?>)*</p>")


class TextBlock(blocks.RichTextBlock):  # type: ignore[misc]  # Wagtail is untyped
    """Formatted text. Empty paragraphs, which a paste from Word brings along, are taken out when it is saved."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Read what the editor's browser sent."""
        value = super().value_from_datadict(data, files, prefix)
        return self.normalize(EMPTY_PARAGRAPH.sub("", value.source))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """To migrations this is Wagtail's own block: nothing of it is in the database."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs


class FigureBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A picture with its caption (ảnh có chú thích). The editor is asked for alternative text."""

    image = ImageBlock(label=_("Ảnh"), required=False)
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=400)
    credit = blocks.CharBlock(label=_("Tác giả ảnh"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Ảnh")
        template = "portal/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """Words of somebody, with their name (trích lời)."""

    text = blocks.TextBlock(label=_("Lời trích"))
    attribution = blocks.CharBlock(label=_("Người nói"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Trích lời")
        template = "portal/blocks/quote.html"


class TableBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A table with a caption (bảng)."""

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Chữ"))),
            ("number", blocks.CharBlock(required=False, label=_("Số"))),
        ],
        label=_("Bảng"),
    )

    class Meta:
        icon = "table"
        label = _("Bảng")
        template = "portal/blocks/table.html"


class AttachmentBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A file to download (tệp đính kèm)."""

    file = DocumentChooserBlock(label=_("Tệp"))
    title = blocks.CharBlock(label=_("Tên hiển thị"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Tệp đính kèm")
        template = "portal/blocks/attachment.html"


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A video from our own files (video), with its captions for those who do not hear it."""

    def bulk_to_python(self, values: list[dict[str, Any]]) -> Any:
        """Find videos and captions in one query; Wagtail would ask once for each field."""
        wanted = {value.get(field) for value in values for field in ("file", "captions")}
        files = File.objects.in_bulk([pk for pk in wanted if pk])
        found = super().bulk_to_python([{**value, "file": None, "captions": None} for value in values])
        for value, block in zip(values, found, strict=True):
            for field in ("file", "captions"):
                block[field] = files.get(value.get(field))
        return found

    file = DocumentChooserBlock(label=_("Tệp video (MP4, WebM)"))
    captions = DocumentChooserBlock(label=_("Phụ đề (VTT)"), required=False)
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=400)
    transcript = blocks.TextBlock(
        label=_("Lời thoại"), required=False, help_text=_("Nội dung bằng chữ cho người không nghe được.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "portal/blocks/video.html"


class BodyBlock(blocks.StreamBlock):  # type: ignore[misc]  # Wagtail is untyped
    """The body of an article: paragraphs and what stands between them."""

    paragraph = TextBlock(
        label=_("Đoạn văn"),
        icon="pilcrow",
        features=RICH_TEXT_FEATURES,
        template="portal/blocks/paragraph.html",
    )
    heading = blocks.CharBlock(
        label=_("Tiêu đề mục"), icon="title", max_length=160, template="portal/blocks/heading.html"
    )
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TableBlock()
    figures = FiguresBlock()
    attachment = AttachmentBlock()
    video = VideoBlock()
