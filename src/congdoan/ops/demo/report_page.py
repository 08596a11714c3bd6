"""The report page of the demonstration: words of its own around figures of the demonstration's reports, published and frozen."""

from __future__ import annotations

import html
import re
from typing import Any

from wagtail.models import Collection, Page

from congdoan.accounts.models import User
from congdoan.documents.models import Document, DocumentKind
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.engine.windows import Window
from congdoan.ops import markup
from congdoan.ops.actions import site
from congdoan.ops.demo.articles import moment, read
from congdoan.ops.demo.pictures import Album
from congdoan.ops.demo.rendering import Drawing
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.chart import leaders

FILE = "report_page.toml"
_MARK = re.compile(r"\[\[([^\[\]]+)\]\]")


def drawing(album: Album) -> Drawing:
    """Choose the picture, so that it can be drawn together with the others."""
    return album.choose(read(FILE)["picture"])


def load(
    category: Page,
    *,
    author: User,
    approver: User,
    album: Album | None = None,
    drawn: Drawing | None = None,
    collection: Collection | None = None,
) -> Any:
    """Make and publish the page below ``category``. The reports of the demonstration and their totals must be there."""
    entry = read(FILE)
    category.refresh_from_db()
    dated = moment(entry["days_ago"], entry["key"])
    page: Any = site.model("portal.ArticlePage")(
        **{name: entry[name] for name in ("title", "lead", "author", "organisation")},
        slug=entry["key"],
        body=markup.as_stream(body(entry)),
        search_description=entry["lead"][:300],
        dated=dated,
        first_published_at=dated,
        owner=author,
        live=False,
        **_report(entry),
    )
    if album and drawn and collection:
        page.picture = album.picture(
            drawn, title=entry["title"], alt=entry["picture_alt"], collection=collection
        )
        page.picture_alt, page.picture_caption = entry["picture_alt"], entry["picture_caption"]
    category.add_child(instance=page)
    page.tags.add(*entry["tags"])
    page.save_revision(user=author).publish(user=approver)
    page.revisions.update(created_at=dated)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=dated, last_published_at=dated, latest_revision_created_at=dated
    )
    return type(page).objects.get(pk=page.pk)


def body(entry: dict[str, Any]) -> list[markup.Block]:
    """Return the blocks of the page with its live figures. Raises ``ValueError`` for a mark that cannot be read."""
    windows = {name: Window.parse(text) for name, text in entry["windows"].items()}

    def embed(found: re.Match[str]) -> str:
        attributes = spec_of(found[1], windows).attributes()
        words = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        return f'<embed embedtype="figure" {words}/>'

    return [
        (kind, _MARK.sub(embed, value) if kind == "paragraph" else value)
        for kind, value in markup.parse(entry["body"])
    ]


def spec_of(mark: str, windows: dict[str, Window]) -> Spec:
    """Read "code cell form window" in any order after the code. Raises ``ValueError`` for a word that is none of them."""
    code, *rest = mark.split()
    cell, form, window = "", Form.NUMBER, None
    for word in rest:
        if "=" in word:
            cell = word
        elif word in windows:
            window = windows[word]
        else:
            form = Form(word)
    return Spec(code, cell, window=window, form=form)


def _report(entry: dict[str, Any]) -> dict[str, Any]:
    unit = Unit.objects.get(code=entry["unit"])
    leader = leaders(unit, entry["signed_on"]).first()
    return {
        "report_unit": unit,
        "report_from": entry["from"],
        "report_to": entry["to"],
        "report_programme": Document.objects.filter(symbol=entry["programme"]).first(),
        "report_kind": DocumentKind.objects.filter(code=entry["kind"]).first(),
        "report_signed_on": entry["signed_on"],
        "report_signer": str(leader.officer) if leader else "",
        "report_recipients": entry["recipients"].strip(),
        **{f"report_{name}": entry[name] for name in ("symbol", "place", "capacity", "signer_title")},
    }
