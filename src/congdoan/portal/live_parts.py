"""The weather as a live part of every page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from congdoan import vntext
from congdoan.pages import live
from congdoan.portal.models import Forecast
from congdoan.portal.weather_codes import weather_of

STALE_AFTER = timedelta(hours=3)
"""An older forecast says that it is old."""
GONE_AFTER = timedelta(days=2)
"""An even older one says that there is none."""


def weather() -> dict[str, Any] | None:
    """Return the forecast to show: ``None`` without WEATHER_URL; ``{"place", "missing": true}`` when there is none."""
    if not settings.WEATHER_URL:
        return None
    forecast = Forecast.objects.order_by("-fetched_at").first()
    now = timezone.now()
    if forecast is None or now - forecast.fetched_at > GONE_AFTER:
        return {"place": forecast.place if forecast else "", "missing": True}
    today = timezone.localdate()
    upcoming = [day for day in forecast.days if date.fromisoformat(day["date"]) >= today]
    return {
        "place": forecast.place,
        "missing": False,
        "temperature": forecast.temperature,
        "code": forecast.code,
        **_shown(forecast.code),
        "days": [_day(day, today) for day in upcoming],
        "stale": now - forecast.fetched_at > STALE_AFTER,
        "updated": vntext.format_time(timezone.localtime(forecast.fetched_at).time()),
    }


def _shown(code: int | None) -> dict[str, Any]:
    found = weather_of(code)
    return (
        {"icon": found.icon, "words": {"vi": found.vi, "en": found.en}}
        if found
        else {"icon": None, "words": None}
    )


def _day(day: dict[str, Any], today: date) -> dict[str, Any]:
    on = date.fromisoformat(day["date"])
    label = (
        {"vi": "Hôm nay", "en": "Today"}
        if on == today
        else {"vi": vntext.weekday_name(on), "en": on.strftime("%A")}
    )
    return {**day, "label": label, **_shown(day["code"])}


live.register("weather", weather)
