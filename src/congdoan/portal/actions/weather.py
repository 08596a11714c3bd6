"""Fetching the weather from the service that WEATHER_URL names (compatible with Open-Meteo's forecast)."""

from __future__ import annotations

from typing import Any

import requests
import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congdoan.pages.models import SiteSettings
from congdoan.portal.models import Forecast

log = structlog.get_logger(__name__)
DAYS = 4
"""Today and three more."""
MAX_ANSWER_BYTES = 200_000


class WeatherError(Exception):
    """The service did not answer, or not as agreed."""


def refresh() -> bool:
    """Fetch the forecast for the place of each site. Does nothing and returns False without WEATHER_URL.

    A service that is down or answers nonsense leaves the last forecast as it was; it then shows its age.
    """
    if not settings.WEATHER_URL:
        return False
    for site in SiteSettings.objects.exclude(weather_place=""):
        try:
            answer = _fetch(float(site.weather_latitude), float(site.weather_longitude))
            forecast = _read(answer)
        except WeatherError as error:
            log.warning("the weather could not be fetched", place=site.weather_place, error=str(error))
            continue
        with transaction.atomic():
            Forecast.objects.update_or_create(
                place=site.weather_place,
                defaults={
                    **forecast,
                    "latitude": site.weather_latitude,
                    "longitude": site.weather_longitude,
                    "fetched_at": timezone.now(),
                },
            )
    return True


def _fetch(latitude: float, longitude: float) -> Any:
    parameters: dict[str, str | float] = {
        "latitude": latitude,
        "longitude": longitude,
        "current": "temperature_2m,weather_code",
        "daily": "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max",
        "timezone": settings.TIME_ZONE,
        "forecast_days": DAYS,
    }
    try:
        response = requests.get(settings.WEATHER_URL, params=parameters, timeout=10, stream=True)
        response.raise_for_status()
        body = response.raw.read(MAX_ANSWER_BYTES + 1, decode_content=True)
        if len(body) > MAX_ANSWER_BYTES:
            raise WeatherError("the answer is too long")
        response._content = body  # noqa: SLF001  # so that .json() decodes what was read with a limit
        return response.json()
    except (requests.RequestException, ValueError) as error:
        raise WeatherError(str(error)) from error


def _read(answer: Any) -> dict[str, Any]:
    try:
        daily = answer["daily"]
        days = [
            {
                "date": str(day),
                "code": _whole(code),
                "low": _whole(low),
                "high": _whole(high),
                "rain": _whole(rain),
            }
            for day, code, low, high, rain in zip(
                daily["time"],
                daily["weather_code"],
                daily["temperature_2m_min"],
                daily["temperature_2m_max"],
                daily.get("precipitation_probability_max") or [None] * len(daily["time"]),
                strict=True,
            )
        ]
        current = answer.get("current") or {}
        temperature = current.get("temperature_2m")
        return {
            "days": days[:DAYS],
            "code": _whole(current.get("weather_code")),
            "temperature": float(temperature) if temperature is not None else None,
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise WeatherError(f"the answer is not a forecast: {error!r}") from error


def _whole(value: Any) -> int | None:
    return None if value is None else round(float(value))
