"""Albums, bulletins and documents of the demonstration."""

from __future__ import annotations

import html
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, Page

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.documents.actions import save_document
from congdoan.documents.models import Document, DocumentKind
from congdoan.media.models import File, Picture
from congdoan.ops import markup
from congdoan.ops.actions import site
from congdoan.ops.demo.articles import moment, read
from congdoan.ops.demo.pictures import Album
from congdoan.ops.demo.rendering import Drawing, jpeg
from congdoan.ops.demo.typesetting import typeset

PRINT_SIZE = (1050, 700)
PRINT = Path(__file__).resolve().parent.parent / "content" / "demo_print.toml"


def printed(section: str) -> dict[str, Any]:
    """Return the fixed words of "bulletin" or "document"."""
    words: dict[str, Any] = tomllib.loads(PRINT.read_text(encoding="utf-8"))[section]
    return words


def album_drawings() -> list[Drawing]:
    """Return every drawing that the albums ask for."""
    return [
        (photo["picture"], photo["variant"])
        for entry in read("albums.toml")["album"]
        for photo in entry["photos"]
    ]


def load_albums(index: Page, album: Album, collection: Collection, *, author: User, approver: User) -> None:
    """Make the albums, the oldest first."""
    photo_model = site.model("portal.AlbumPhoto")
    for entry in reversed(read("albums.toml")["album"]):
        dated = moment(entry["days_ago"], entry["key"])
        page = site.model("portal.AlbumPage")(
            title=entry["title"],
            title_en=entry["title_en"],
            slug=entry["key"],
            intro=entry["intro"],
            intro_en=entry["intro_en"],
            taken_on=dated.date(),
            first_published_at=dated,
            owner=author,
            live=False,
        )
        for order, photo in enumerate(entry["photos"]):
            picture = album.picture(
                (photo["picture"], photo["variant"]),
                title=photo["caption"].rstrip("."),
                alt=photo["alt"],
                collection=collection,
            )
            page.photos.add(
                photo_model(sort_order=order, image=picture, caption=photo["caption"], alt=photo["alt"])
            )
        index.refresh_from_db()
        index.add_child(instance=page)
        page.save_revision(user=author).publish(user=approver)
        date_back(page, dated)


def load_bulletins(
    index: Page, album: Album, collection: Collection, *, author: User, approver: User
) -> list[str]:
    """Typeset and publish the issues, the oldest first. Returns the names of the stored PDF files."""
    words = printed("bulletin")
    stored: list[str] = []
    entries = read("bulletins.toml")["bulletin"]
    for place, entry in reversed(list(enumerate(entries))):
        dated = moment(entry["days_ago"], f"bulletin {entry['number']}")
        subject = words["covers"][place % len(words["covers"])]
        data = {
            "name": words["name"],
            "publisher": words["publisher"],
            "number_text": words["number"] % entry["number"],
            "issued_text": vntext.format_date(dated.date()),
            "title": entry["title"],
            "summary": entry["summary"],
            "contents": entry["contents"],
            "imprint": words["imprint"],
            "cover_alt": words["cover_alt"],
        }
        inside = [words["covers"][(place + step) % len(words["covers"])] for step in (3, 5)]
        drawings = {"cover.jpg": subject, "inside-1.jpg": inside[0], "inside-2.jpg": inside[1]}
        files = {name: jpeg(album.choose(subject), PRINT_SIZE) for name, subject in drawings.items()}
        pdf, cover = typeset("bulletin.typ", data, files)
        title = f"{words['name']} {data['number_text'].lower()}"
        file = store_file(pdf, name=f"ban-tin-so-{entry['number']}.pdf", title=title, collection=collection)
        picture = Picture(
            title=title,
            description=f"{words['cover_alt']}: {entry['title']}"[:255],
            collection=collection,
            file=ContentFile(cover, name=f"ban-tin-so-{entry['number']}-bia.png"),
        )
        picture.save()
        stored += [file.file.name, picture.file.name]
        page = site.model("portal.BulletinPage")(
            title=entry["title"],
            slug=f"so-{entry['number']}",
            number=entry["number"],
            issued_on=dated.date(),
            summary=entry["summary"],
            contents="\n".join(article["title"] for article in entry["contents"]),
            file=file,
            cover=picture,
            first_published_at=dated,
            owner=author,
            live=False,
        )
        index.refresh_from_db()
        index.add_child(instance=page)
        page.save_revision(user=author).publish(user=approver)
        date_back(page, dated)
    return stored


def load_documents(collection: Collection, *, author: User) -> list[str]:
    """Make the documents, typesetting those that have a text. Returns the names of the stored files."""
    kinds = {kind.code: kind for kind in DocumentKind.objects.all()}
    words = printed("document")
    stored: list[str] = []
    for entry in read("documents.toml")["document"]:
        file = None
        if entry["file"]:
            data = {
                **{key: words[key] for key in ("motto", "number_label", "signed_for", "note")},
                "issuer": entry["issuer"],
                "symbol": entry["symbol"],
                "title": entry["title"],
                "signer": entry.get("signer", ""),
                "place_date": f"{words['place']}, {vntext.format_administrative(entry['issued_on'])}",
                "blocks": _blocks(entry["text"]),
            }
            pdf, _first_page = typeset("document.typ", data)
            name = f"{entry['slug'][:60]}.pdf"
            file = store_file(pdf, name=name, title=entry["title"], collection=collection)
            stored.append(file.file.name)
        document = Document(
            kind=kinds[entry["kind"]],
            file=file,
            **{
                key: entry.get(key, "")
                for key in ("title", "slug", "symbol", "issuer", "signer", "issued_on", "field", "abstract")
            },
        )
        save_document(document, by=author)
    return stored


def store_file(content: bytes, *, name: str, title: str, collection: Collection) -> File:
    """Return ``content`` as a file of the library."""
    file = File(title=title[:255], collection=collection, file=ContentFile(content, name=name))
    file.file_size = len(content)
    file.save()
    return file


def date_back(page: Any, dated: Any) -> None:
    """Give a page that was published now the date it is meant to have."""
    page.revisions.update(created_at=dated)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=dated, last_published_at=dated, latest_revision_created_at=dated
    )


def _blocks(text: str) -> list[dict[str, Any]]:
    """Return ``text`` as the template takes it: headings, paragraphs, lists and tables without any HTML."""
    blocks: list[dict[str, Any]] = []
    for kind, value in markup.parse(text):
        if kind == "table":
            table = value["table"]
            rows = [
                [column["heading"] for column in table["columns"]],
                *(row["values"] for row in table["rows"]),
            ]
            blocks.append({"kind": "table", "caption": table["caption"], "rows": rows})
        elif kind == "paragraph" and value.startswith("<ul>"):
            blocks.append(
                {"kind": "list", "items": [_plain(item) for item in re.findall(r"<li>(.*?)</li>", value)]}
            )
        elif kind == "quote":
            blocks.append({"kind": "paragraph", "text": value["text"]})
        else:
            blocks.append({"kind": kind, "text": _plain(value)})
    return blocks


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def open_days(days_ago: int, days: int) -> tuple[Any, Any]:
    """Return a moment ``days_ago`` days before now and the one ``days`` after that."""
    opens = timezone.now() - timedelta(days=days_ago)
    return opens, opens + timedelta(days=days)
