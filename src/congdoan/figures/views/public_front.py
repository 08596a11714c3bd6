"""The figures of the federation on the front page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from congdoan.figures import wording
from congdoan.figures.queries import featured
from congdoan.figures.queries.showing import Shown
from congdoan.figures.views import public_words
from congdoan.pages.cache import depend_on
from congdoan.reporting.queries.public import TAG, TOTALS
from congdoan.ui.charts import trend


def cards() -> list[dict[str, Any]]:
    """Return the chosen figures for ``figures/public/cards.html``; nothing where nobody chose any."""
    depend_on(TOTALS, TAG, "articles")
    today = timezone.localdate()
    rows = featured.featured(today)
    names = featured.names(rows, today) if rows else {}
    return [_card(one, names.get(one.row.unit_id, "")) for one in rows]


def _card(one: featured.Featured, unit: str) -> dict[str, Any]:
    indicator = one.row.indicator
    if one.published:
        shown, url = Shown.frozen(one.published), one.published.get_absolute_url()
    else:
        live = one.live
        assert live is not None  # noqa: S101  # ``featured`` leaves others out
        shown = Shown(
            indicator, one.meaning, live.value, live.low, live.high, live.reported, live.expected, None
        )
        url = reverse("reporting:public_indicator", args=[indicator.code])
    values = [None if value is None else float(value) for value in one.values]
    return {
        "name": str(shown.meaning or one.meaning or indicator.code),
        "value": wording.number(shown),
        "measure": wording.measure(shown),
        "url": url,
        "unit": unit,
        "window": public_words.window(one.window.start, one.window.end, indicator.kind),
        "note": one.row.shown_note,
        "chart": trend.spark(values) if len(values) > 1 else None,
    }
