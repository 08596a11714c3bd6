"""What is wrong with the live figures of a text, in words for the editor who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.figures import wording
from congdoan.figures.engine.specs import Asked, Compare, Scope, Spec, SpecError
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries import openness
from congdoan.figures.queries.computing import Answer, Catalogue, catalogue, compute
from congdoan.figures.queries.finding import cell_names, unit_names
from congdoan.figures.queries.showing import Shown
from congdoan.reporting.queries.overview import meanings
from congdoan.ui.templatetags.ui import vi_date

FAULTS: dict[str, str | Promise] = {
    "indicator": gettext_lazy("Không có chỉ tiêu “%(indicator)s”, hoặc chỉ tiêu này không công khai."),
    "cell": gettext_lazy("Chỉ tiêu “%(indicator)s” không có phân tổ “%(cell)s”."),
    "unit": gettext_lazy("Không có đơn vị mang mã “%(unit)s” (chỉ tiêu “%(indicator)s”)."),
    "totals_only": gettext_lazy(
        "Chỉ tiêu “%(indicator)s” chỉ được công bố tổng toàn tỉnh. Hãy chọn đơn vị cấp tỉnh trở lên và bỏ phân tổ, hoặc bỏ số này."
    ),
    "no_unit": gettext_lazy(
        "Số liệu “%(indicator)s” chưa có đơn vị. Hãy chọn đơn vị cho số liệu, hoặc cho trang ở mục Báo cáo."
    ),
    "no_window": gettext_lazy(
        "Số liệu “%(indicator)s” chưa có thời gian. Hãy chọn thời gian cho số liệu, hoặc cho trang ở mục Báo cáo."
    ),
}
"""Of an indicator that is not for everybody the words are those of one that does not exist: they tell nothing of it."""

NO_DATA = gettext_lazy("Chưa có số liệu: trang sẽ in “…” ở chỗ này.")


@dataclass(frozen=True, slots=True)
class Described:
    """A spec as the editor sees it. ``words`` is "" where there are no data or something is wrong; ``problem`` says which,
    ``is_fault`` that it must not be published."""

    words: str
    name: str
    unit: str
    window: str
    coverage: str
    problem: str = ""
    is_fault: bool = False


def describe(specs: Sequence[Spec], scope: Scope) -> list[Described]:
    """Return each spec in words, with what the data say now. The number of queries does not grow with their number."""
    kept = [_asked(spec, scope) for spec in specs]
    wanted = {one for some in kept if some for one in some}
    known = catalogue(wanted | {_nameless(spec) for spec, some in zip(specs, kept, strict=True) if not some})
    answers = compute(wanted)
    today = timezone.localdate()
    names = unit_names({one.unit for one in wanted}, today)
    cells = cell_names({(spec.indicator, spec.cell) for spec in specs if _is_open(spec, known)})
    found = []
    for spec, some in zip(specs, kept, strict=True):
        fault = _fault(spec, scope, known)
        if fault or not some:
            found.append(Described("", _name(spec, known, answers, {}), "", "", "", fault, is_fault=True))
            continue
        shown = [Shown.live(answers[one]) if _has_value(answers, one) else None for one in some]
        first, words = answers.get(some[0]), wording.worded(shown, spec.form, scope.compare)
        coverage = wording.coverage(Shown.live(first)) if first and first.figure.expected else ""
        found.append(
            Described(
                words,
                _name(spec, known, answers, cells),
                names.get(some[0].unit, some[0].unit),
                _window_words(some[0].window),
                coverage,
                "" if words else _missing(shown),
            )
        )
    return found


def faults(specs: Iterable[Spec], scope: Scope) -> list[str]:
    """Return why a text with these figures must not be published, each reason once."""
    specs = list(specs)
    wanted = {one for spec in specs for one in _asked(spec, scope) or [_nameless(spec)]}
    if not wanted:
        return []
    known = catalogue(wanted)
    found = dict.fromkeys(_fault(spec, scope, known) for spec in specs)
    return [words for words in found if words]


def without_data(specs: Iterable[Spec], scope: Scope) -> list[str]:
    """Return the figures of a text that would print "…", each once: "Buổi tuyên truyền (LĐLĐ tỉnh, 01/10/2013–31/12/2013)"."""
    found = {
        f"{one.name} ({one.unit}, {one.window})": None
        for one in describe(list(dict.fromkeys(specs)), scope)
        if one.problem and not one.is_fault
    }
    return list(found)


def _asked(spec: Spec, scope: Scope) -> list[Asked]:
    try:
        return spec.all_asked(scope)
    except SpecError:
        return []


def _nameless(spec: Spec) -> Asked:
    """Stand for a spec whose unit or window is missing, so that its indicator is looked up all the same."""
    day = timezone.localdate()
    return Asked(spec.indicator, spec.cell, spec.unit, Window(day, day), "as-was")


def _is_open(spec: Spec, known: Catalogue) -> bool:
    one = known.indicators.get(spec.indicator)
    return one is not None and openness.is_named(one)


def _is_too_fine(spec: Spec, unit: str, known: Catalogue) -> bool:
    """Whether the indicator is one whose totals alone may be published, and this is none; a unit that is not known is no fault yet."""
    found = known.units.get(unit)
    level = found.kind.level if found else 0
    return not openness.may_publish(known.indicators[spec.indicator], level, spec.cell)


def _fault(spec: Spec, scope: Scope, known: Catalogue) -> str:
    """Return what is wrong with a spec on a page with this scope; "" where nothing is."""
    reason = ""
    unit = spec.unit or scope.unit
    if not _is_open(spec, known):
        reason = "indicator"
    elif _is_too_fine(spec, unit, known):
        reason = "totals_only"
    elif spec.cell and (spec.indicator, spec.cell) not in known.cells:
        reason = "cell"
    elif not unit:
        reason = "no_unit"
    elif unit not in known.units and spec.unit:
        reason = "unit"
    elif (spec.window or scope.window) is None:
        reason = "no_window"
    if not reason:
        return ""
    name = spec.indicator
    if reason != "indicator":
        one = known.indicators[name]
        name = str(meanings([one.pk], timezone.localdate()).get(one.pk) or name)
    return str(FAULTS[reason]) % {"indicator": name, "cell": spec.cell, "unit": unit}


def _has_value(answers: dict[Asked, Answer], one: Asked) -> bool:
    return one in answers and answers[one].has_value


def _name(
    spec: Spec, known: Catalogue, answers: dict[Asked, Answer], cells: dict[tuple[str, str], str]
) -> str:
    if not _is_open(spec, known):
        return spec.indicator
    meaning = next((one.meaning for asked, one in answers.items() if asked.indicator == spec.indicator), None)
    name = str(meaning or spec.indicator)
    return f"{name}: {cells.get((spec.indicator, spec.cell), spec.cell)}" if spec.cell else name


def _window_words(window: Window) -> str:
    return f"{vi_date(window.start)}–{vi_date(window.end)}"


def _missing(shown: Sequence[Shown | None]) -> str:
    if shown[0] is not None and len(shown) > 1 and shown[1] is None:
        return _("Kỳ được so sánh chưa có số liệu: trang sẽ in “…” ở chỗ này.")
    return str(NO_DATA)


def scope_from(
    unit: str, start: date | None, end: date | None, basis: str = "as-was", compare: str = ""
) -> Scope:
    """Return the scope that a form holds, as ``ReportMixin.figure_scope`` does of a page; half a window is none."""
    return Scope(
        unit=unit,
        window=Window(start, end) if start and end and start <= end else None,
        basis=basis or "as-was",
        compare=Compare(compare) if compare in set(Compare) else Compare.NONE,
    )
