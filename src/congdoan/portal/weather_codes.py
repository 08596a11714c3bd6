"""WMO weather codes (code table 4677, as Open-Meteo gives them) in words and as an icon."""

from __future__ import annotations

from typing import NamedTuple


class Weather(NamedTuple):
    """A kind of weather: icon of ``ui`` and words in both languages."""

    icon: str
    vi: str
    en: str


_BY_CODE = {
    0: Weather("clear", "Trời quang", "Clear sky"),
    1: Weather("clear", "Ít mây", "Mainly clear"),
    2: Weather("partly", "Có mây", "Partly cloudy"),
    3: Weather("cloud", "Nhiều mây", "Overcast"),
    45: Weather("fog", "Sương mù", "Fog"),
    48: Weather("fog", "Sương mù đóng băng", "Rime fog"),
    51: Weather("drizzle", "Mưa phùn nhẹ", "Light drizzle"),
    53: Weather("drizzle", "Mưa phùn", "Drizzle"),
    55: Weather("drizzle", "Mưa phùn dày", "Dense drizzle"),
    56: Weather("drizzle", "Mưa phùn lạnh giá", "Freezing drizzle"),
    57: Weather("drizzle", "Mưa phùn lạnh giá, dày", "Dense freezing drizzle"),
    61: Weather("rain", "Mưa nhỏ", "Light rain"),
    63: Weather("rain", "Mưa vừa", "Rain"),
    65: Weather("rain", "Mưa to", "Heavy rain"),
    66: Weather("rain", "Mưa lạnh giá", "Freezing rain"),
    67: Weather("rain", "Mưa to lạnh giá", "Heavy freezing rain"),
    71: Weather("snow", "Tuyết nhẹ", "Light snow"),
    73: Weather("snow", "Tuyết", "Snow"),
    75: Weather("snow", "Tuyết dày", "Heavy snow"),
    77: Weather("snow", "Mưa tuyết", "Snow grains"),
    80: Weather("rain", "Mưa rào nhẹ", "Light showers"),
    81: Weather("rain", "Mưa rào", "Showers"),
    82: Weather("rain", "Mưa rào rất to", "Violent showers"),
    85: Weather("snow", "Mưa tuyết nhẹ", "Light snow showers"),
    86: Weather("snow", "Mưa tuyết to", "Heavy snow showers"),
    95: Weather("storm", "Dông", "Thunderstorm"),
    96: Weather("storm", "Dông, mưa đá nhẹ", "Thunderstorm, light hail"),
    99: Weather("storm", "Dông, mưa đá", "Thunderstorm, hail"),
}


def weather_of(code: int | None) -> Weather | None:
    """Return the weather of ``code``; ``None`` for a code that is missing or not in the table."""
    return None if code is None else _BY_CODE.get(code)
