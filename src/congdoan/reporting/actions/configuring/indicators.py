"""Indicators and breakdowns: what is counted, what it means from which day, and into which parts it is cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.errors import ConfigurationError, NotInYourNameError
from congdoan.reporting.models import Breakdown, Category, Fact, Indicator, IndicatorVersion, Series
from congdoan.reporting.queries import configuring as queries

CODE_LENGTH = 60
GAP_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an indicator means from a day on."""

    name: str
    name_en: str = ""
    definition: str = ""
    definition_en: str = ""
    measure_unit: str = ""
    measure_unit_en: str = ""
    source: str = ""
    numerator: Series | None = None
    denominator: Series | None = None
    denominator_kind: str = IndicatorVersion.Denominator.MATCHED
    stale_days: int = 370


@dataclass(frozen=True, slots=True)
class Nature:
    """What an indicator is for ever: its kind, its decimals; and who may see it."""

    kind: str
    decimals: int = 0
    is_money: bool = False
    is_sensitive: bool = False
    is_public: bool = True
    totals_public: bool = False
    """Of what is not public: whether the total of a province may be published all the same."""
    topic: str = ""
    topic_en: str = ""


def proposed_code(name: str) -> str:
    """Return a code for a name that no indicator has: "Số buổi toạ đàm" → "so.buoi.toa.dam"."""
    code = vntext.slugify(name, CODE_LENGTH).replace("-", ".") or "chi.tieu"
    taken = set(Indicator.objects.filter(code__startswith=code).values_list("code", flat=True))
    if code not in taken:
        return code
    return next(f"{code}.{number}" for number in range(2, len(taken) + 3) if f"{code}.{number}" not in taken)


@transaction.atomic
def add_indicator(
    nature: Nature,
    meaning: Meaning,
    *,
    valid_from: date,
    by: Capacity,
    code: str = "",
    categories: Iterable[Category] = (),
    rate: Indicator | None = None,
) -> Indicator:
    """Add an indicator with its first version and its series. It belongs to the unit of ``by``; those of the head of the
    tree are common to all. A gap compares ``rate`` with its targets, and is seen by nobody who may not see the rate."""
    if not by.may(Right.CONFIGURE_REPORTS) or by.unit is None:
        raise NotInYourNameError
    code = code.strip().lower() or proposed_code(meaning.name)
    if Indicator.objects.filter(code=code).exists():
        raise ConfigurationError(
            _("Mã “%(code)s” đã dùng cho một chỉ tiêu khác. Hãy chọn mã khác, ví dụ “%(free)s”.")
            % {"code": code, "free": proposed_code(code)}
        )
    _check(nature.kind, meaning)
    nature = _of_gap(nature, rate, by) if nature.kind == Indicator.Kind.GAP else nature
    indicator = Indicator.objects.create(
        code=code,
        kind=nature.kind,
        rate=rate if nature.kind == Indicator.Kind.GAP else None,
        decimals=0 if nature.is_money else nature.decimals,
        is_money=nature.is_money,
        is_sensitive=nature.is_sensitive,
        is_public=nature.is_public and not nature.is_sensitive,
        totals_public=nature.totals_public and (nature.is_sensitive or not nature.is_public),
        topic=vntext.nfc(nature.topic).strip(),
        topic_en=nature.topic_en.strip(),
        owner=None if queries.reaches_all(by) else by.unit,
        sort_order=10_000,
    )
    _write_version(indicator, meaning, valid_from, 1)
    if indicator.kind == Indicator.Kind.RATE:
        for part in (Series.Part.NUMERATOR, Series.Part.DENOMINATOR):
            _series(indicator, part=part)
    elif indicator.kind in queries.REPORTED:
        _series(indicator)
        for category in categories:
            _series(indicator, [category])
    audit.record(
        "indicator.created",
        indicator,
        actor=by.actor,
        capacity=by.audit,
        after={
            **asdict(nature),
            **_words(meaning),
            "valid_from": valid_from,
            **({"rate": indicator.rate.code} if indicator.rate else {}),
        },
    )
    return indicator


def _of_gap(nature: Nature, rate: Indicator | None, by: Capacity) -> Nature:
    """Return the nature of a gap: percentage points with two decimals, no more open than the rate, which it gives away."""
    if rate is None or not queries.rates(by).filter(pk=rate.pk).exists():
        raise ConfigurationError(_("Chênh lệch so với mục tiêu cần một tỷ lệ đã có. Hãy chọn tỷ lệ."))
    return replace(
        nature,
        decimals=GAP_DECIMALS,
        is_money=False,
        is_sensitive=nature.is_sensitive or rate.is_sensitive,
        is_public=nature.is_public and rate.is_public,
        totals_public=nature.totals_public and (rate.is_open or rate.totals_public),
    )


def _check(kind: str, meaning: Meaning) -> None:
    if kind == Indicator.Kind.RATE:
        if meaning.numerator is None or meaning.denominator is None:
            raise ConfigurationError(_("Tỷ lệ cần cả tử số và mẫu số. Hãy chọn hai dãy số."))
        if meaning.numerator.pk == meaning.denominator.pk:
            raise ConfigurationError(
                _("Tử số và mẫu số đang là một dãy số, tỷ lệ luôn bằng 100 %. Hãy chọn mẫu số khác.")
            )


def _words(meaning: Meaning) -> dict[str, Any]:
    words = asdict(replace(meaning, numerator=None, denominator=None))
    words["numerator"] = meaning.numerator.key if meaning.numerator else None
    words["denominator"] = meaning.denominator.key if meaning.denominator else None
    return words


def _write_version(indicator: Indicator, meaning: Meaning, valid_from: date, number: int) -> IndicatorVersion:
    is_rate = indicator.kind == Indicator.Kind.RATE
    return IndicatorVersion.objects.create(
        indicator=indicator,
        number=number,
        valid_from=valid_from,
        name=vntext.nfc(meaning.name).strip(),
        name_en=meaning.name_en.strip(),
        definition=vntext.nfc(meaning.definition).strip(),
        definition_en=meaning.definition_en.strip(),
        measure_unit=vntext.nfc(meaning.measure_unit).strip(),
        measure_unit_en=meaning.measure_unit_en.strip(),
        source=vntext.nfc(meaning.source).strip(),
        numerator=meaning.numerator if is_rate else None,
        denominator=meaning.denominator if is_rate else None,
        denominator_kind=meaning.denominator_kind,
        stale_days=meaning.stale_days,
    )


def _series(
    indicator: Indicator, categories: Iterable[Category] = (), part: str = Series.Part.VALUE
) -> Series:
    parts = list(categories)
    cell = queries.cell_of(parts)
    series, is_new = Series.objects.get_or_create(
        indicator=indicator,
        cell=cell,
        part=part,
        defaults={"key": Series.key_of(indicator.code, cell, part)},
    )
    if is_new and parts:
        series.categories.set(parts)
    return series


def lock_indicator(indicator_id: int, by: Capacity) -> Indicator:
    """Lock an indicator that ``by`` may define. One that they only see is refused; a foreign one does not exist."""
    indicator = queries.indicators(by).select_for_update(of=("self",)).get(pk=indicator_id)
    if not queries.definable(by).filter(pk=indicator_id).exists():
        raise ConfigurationError(
            _(
                "Chỉ tiêu này dùng chung với đơn vị khác nên chỉ cấp trên sửa được. Bạn có thể thêm chỉ tiêu riêng."
            )
        )
    return indicator


@transaction.atomic
def new_version(indicator_id: int, meaning: Meaning, *, valid_from: date, by: Capacity) -> IndicatorVersion:
    """Say what an indicator means from a day on. Kind, decimals and code stay for ever: figures of years hang on them."""
    indicator = lock_indicator(indicator_id, by)
    last = indicator.versions.order_by("-number").first()
    if last is not None and valid_from <= last.valid_from:
        raise ConfigurationError(
            _("Phiên bản mới phải bắt đầu sau phiên bản %(number)s (%(day)s).")
            % {"number": last.number, "day": vntext.format_date(last.valid_from)}
        )
    _check(indicator.kind, meaning)
    if (
        last is not None
        and indicator.kind == Indicator.Kind.STOCK
        and meaning.stale_days != last.stale_days
        and Fact.objects.filter(series__indicator=indicator).exists()
    ):
        # Totals of past periods were carried on by it; they must not change behind the reader's back.
        raise ConfigurationError(
            _(
                "Đã có báo cáo cho chỉ tiêu này, nên thời gian còn hiệu lực giữ nguyên %(days)s ngày. Cần thời gian khác, hãy tạo chỉ tiêu mới."
            )
            % {"days": last.stale_days}
        )
    made = _write_version(indicator, meaning, valid_from, last.number + 1 if last else 1)
    audit.record(
        "indicator.redefined",
        indicator,
        actor=by.actor,
        capacity=by.audit,
        before={"name": last.name, "definition": last.definition} if last else None,
        after={**_words(meaning), "valid_from": valid_from, "number": made.number},
    )
    return made


@transaction.atomic
def collect_cells(indicator_id: int, categories: Iterable[Category], *, by: Capacity) -> list[Series]:
    """Let an indicator be collected in more parts. Parts are never taken away: reports speak of them."""
    indicator = lock_indicator(indicator_id, by)
    if indicator.kind not in queries.REPORTED:
        raise ConfigurationError(_("Chỉ tiêu loại này được tính ra, không nhập theo phân tổ."))
    known = set(indicator.series.values_list("cell", flat=True))
    made = [
        _series(indicator, [category]) for category in categories if queries.cell_of([category]) not in known
    ]
    if made:
        audit.record(
            "indicator.cut",
            indicator,
            actor=by.actor,
            capacity=by.audit,
            after={"series": [one.key for one in made]},
        )
    return made


@transaction.atomic
def set_openness(
    indicator_id: int,
    *,
    is_public: bool,
    is_sensitive: bool,
    topic: str,
    by: Capacity,
    totals_public: bool = False,
) -> Indicator:
    """Say who may see an indicator, and under which topic it stands. What is sensitive is never public; gaps follow their rate.

    ``totals_public``: of what is not public, totals of provinces may be published all the same. What is public needs no such
    exception and keeps none.
    """
    indicator = lock_indicator(indicator_id, by)
    rate = indicator.rate
    if rate is not None and (
        (is_public and not rate.is_public)
        or (rate.is_sensitive and not is_sensitive)
        or (totals_public and not rate.is_open and not rate.totals_public)
    ):
        raise ConfigurationError(
            _("Chênh lệch cho thấy cả tỷ lệ, nên không thể công khai hơn tỷ lệ. Hãy công khai tỷ lệ trước.")
        )
    before = _openness(indicator)
    indicator.is_sensitive = is_sensitive
    indicator.is_public = is_public and not is_sensitive
    indicator.totals_public = totals_public and not indicator.is_public
    indicator.topic = vntext.nfc(topic).strip()
    indicator.save(update_fields=["is_public", "is_sensitive", "totals_public", "topic"])
    if not indicator.is_public:
        indicator.gaps.update(is_public=False)
    if indicator.is_sensitive:
        indicator.gaps.update(is_sensitive=True)
    if not indicator.is_open and not indicator.totals_public:
        indicator.gaps.update(totals_public=False)
    audit.record(
        "indicator.opened",
        indicator,
        actor=by.actor,
        capacity=by.audit,
        before=before,
        after=_openness(indicator),
    )
    return indicator


def _openness(indicator: Indicator) -> dict[str, Any]:
    return {
        "is_public": indicator.is_public,
        "is_sensitive": indicator.is_sensitive,
        "totals_public": indicator.totals_public,
        "topic": indicator.topic,
    }


def _free_slug(name: str, taken: set[str]) -> str:
    slug = vntext.slugify(name, 40) or "phan"
    if slug not in taken:
        return slug
    return next(
        f"{slug[:36]}-{number}" for number in range(2, len(taken) + 3) if f"{slug[:36]}-{number}" not in taken
    )


@transaction.atomic
def add_breakdown(
    *, name: str, name_en: str, is_complete: bool, parts: Iterable[tuple[str, str]], by: Capacity
) -> Breakdown:
    """Add a way to cut indicators, with its parts (name, English name)."""
    if not by.may(Right.CONFIGURE_REPORTS):
        raise NotInYourNameError
    parts = list(parts)
    if len(parts) < 2:
        raise ConfigurationError(_("Một phân tổ cần ít nhất hai phần, mỗi phần một dòng."))
    name = vntext.nfc(name).strip()
    breakdown = Breakdown.objects.create(
        code=_free_slug(name, set(Breakdown.objects.values_list("code", flat=True))),
        name=name,
        name_en=name_en.strip() or name,
        is_complete=is_complete,
    )
    _add_parts(breakdown, parts)
    audit.record(
        "breakdown.created",
        breakdown,
        actor=by.actor,
        capacity=by.audit,
        after={"name": name, "parts": [part for part, _english in parts]},
    )
    return breakdown


def _add_parts(breakdown: Breakdown, parts: Iterable[tuple[str, str]]) -> None:
    known = list(breakdown.categories.all())
    names = {vntext.match_key(part.name) for part in known}
    codes = {part.code for part in known}
    for order, (name, name_en) in enumerate(parts, len(known) + 1):
        name = vntext.nfc(name).strip()
        if vntext.match_key(name) in names:
            raise ConfigurationError(_("Phân tổ đã có phần “%s”. Mỗi phần chỉ ghi một lần.") % name)
        code = _free_slug(name, codes)
        names.add(vntext.match_key(name))
        codes.add(code)
        Category.objects.create(
            breakdown=breakdown, code=code, name=name, name_en=name_en.strip() or name, sort_order=10 * order
        )


@transaction.atomic
def extend_breakdown(breakdown_id: int, parts: Iterable[tuple[str, str]], *, by: Capacity) -> Breakdown:
    """Add parts to a breakdown. Parts that are there keep their code and name."""
    breakdown = Breakdown.objects.select_for_update().get(pk=breakdown_id)
    if not queries.extendable(by).filter(pk=breakdown_id).exists():
        raise ConfigurationError(
            _(
                "Phân tổ này dùng chung với đơn vị khác nên chỉ cấp trên thêm phần được. Bạn có thể lập phân tổ riêng."
            )
        )
    parts = list(parts)
    if not parts:
        raise ConfigurationError(_("Hãy ghi ít nhất một phần, mỗi phần một dòng."))
    _add_parts(breakdown, parts)
    audit.record(
        "breakdown.extended",
        breakdown,
        actor=by.actor,
        capacity=by.audit,
        after={"parts": [part for part, _english in parts]},
    )
    return breakdown
