"""Operations, differences and counts of a reorganisation in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congdoan.organisation.engine.operations import Dissolve, Found, Merge, Move, Operation, Rename, Split
from congdoan.organisation.models import Reorganisation, UnitEvent
from congdoan.organisation.queries.plans import FOLLOWED, Change
from congdoan.organisation.views.unit_page import share_in_words
from congdoan.ui.templatetags.ui import vi_date

_NAMED = 6
STATUS = {"draft": "waiting", "carried_out": "accepted", "withdrawn": "withdrawn"}


def kind_label(kind: str) -> str:
    """Return "Sáp nhập" for "merger"."""
    words = str(UnitEvent.Kind(kind).label)
    return words[:1].upper() + words[1:]


def status_of(reorganisation: Reorganisation) -> tuple[str, str]:
    """Return the status of a batch as a label: its look and its words."""
    words = reorganisation.get_status_display()
    if reorganisation.status == Reorganisation.Status.DRAFT and reorganisation.based_on is not None:
        return "waiting", _("đã kiểm tra, chờ thực hiện")
    return STATUS[reorganisation.status], words


def sentence(operation: Operation, names: Mapping[str, str]) -> str:
    """Return what an operation does, with the names and codes of its units."""

    def unit(code: str) -> str:
        name = names.get(code)
        return f"{name} ({code})" if name else code

    match operation:
        case Found(unit=new):
            return _("%(unit)s, trực thuộc %(parent)s") % {"unit": unit(new.code), "parent": unit(new.parent)}
        case Merge(sources=sources, into=into, new_unit=new):
            words = _("%(units)s vào đơn vị mới %(into)s") if new else _("%(units)s vào %(into)s")
            return words % {"units": _several(sources, unit), "into": unit(new.code if new else into)}
        case Split(source=source, parts=parts):
            shares = "; ".join(f"{unit(part.code)} {share_in_words(part.share)}" for part in parts)
            return _("%(unit)s thành: %(parts)s") % {"unit": unit(source), "parts": shares}
        case Rename(unit=code, name=name):
            return _("%(unit)s thành “%(name)s”") % {"unit": unit(code), "name": name}
        case Move(unit=code, parent=parent):
            return _("%(unit)s về %(parent)s") % {"unit": unit(code), "parent": unit(parent)}
        case Dissolve(unit=code, heir=heir):
            return (
                _("%(unit)s, %(heir)s kế thừa") % {"unit": unit(code), "heir": unit(heir)}
                if heir
                else unit(code)
            )
    return ""  # pragma: no cover  # every kind is above


def _several(codes: Iterable[str], unit: Callable[[str], str]) -> str:
    codes = list(codes)
    words = "; ".join(unit(code) for code in codes[:_NAMED])
    return words + _(" và %d đơn vị khác") % (len(codes) - _NAMED) if len(codes) > _NAMED else words


def rest_of(operation: Operation) -> list[str]:
    """Return an operation's own day, decision and reason in words."""
    words = []
    if operation.on:
        words.append(_("từ %s") % vi_date(operation.on))
    if operation.decision.symbol:
        words.append(_("Quyết định %s") % operation.decision.symbol)
    if operation.reason:
        words.append(operation.reason)
    return words


def difference(change: Change) -> dict[str, Any]:
    """Return a difference for the list of the check page."""
    others = "; ".join(
        f"{other.name} ({share_in_words(other.share)})" if change.kind == "split" else other.name
        for other in change.others
    )
    texts = {
        "added": _("trực thuộc %s") % change.after,
        "removed": _("%s kế thừa") % others if others else _("đơn vị cấp trên đứng thay"),
        "merged": _("vào %s") % others,
        "split": _("thành %s") % others,
        "renamed": _("thành “%s”") % change.name_after,
        "moved": _("từ %(before)s về %(after)s") % {"before": change.before, "after": change.after},
    }
    text = texts[change.kind if change.kind != FOLLOWED else "moved"]
    return {
        "change": "moved" if change.kind == FOLLOWED else change.kind,
        "label": _("đi theo") if change.kind == FOLLOWED else "",
        "name": change.name,
        "code": change.code,
        "text": text,
        "on": change.on,
    }


def counts(tallies: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the counts of a plan with their labels; zeros stay away."""
    labels = {
        "added": _("Thành lập"),
        "ended": _("Kết thúc"),
        "merged": _("trong đó sáp nhập"),
        "moved": _("Chuyển cấp trên"),
        "followed": _("Đi theo đơn vị nhận"),
        "renamed": _("Đổi tên"),
    }
    return [{"label": label, "value": tallies[key]} for key, label in labels.items() if tallies[key]]


def consequences(tallies: Mapping[str, int]) -> list[str]:
    """Return what carrying out does, in sentences."""
    sentences = {
        "added": ngettext("thành lập %d đơn vị", "thành lập %d đơn vị", tallies["added"]),
        "ended": ngettext(
            "kết thúc %d đơn vị; chức vụ ở đó hết vào ngày kết thúc",
            "kết thúc %d đơn vị; chức vụ ở đó hết vào ngày kết thúc",
            tallies["ended"],
        ),
        "moved": ngettext("chuyển cấp trên của %d đơn vị", "chuyển cấp trên của %d đơn vị", tallies["moved"]),
        "followed": ngettext(
            "đưa %d đơn vị theo về đơn vị nhận", "đưa %d đơn vị theo về đơn vị nhận", tallies["followed"]
        ),
        "renamed": ngettext("đổi tên %d đơn vị", "đổi tên %d đơn vị", tallies["renamed"]),
    }
    return [words % tallies[key] for key, words in sentences.items() if tallies[key]]
