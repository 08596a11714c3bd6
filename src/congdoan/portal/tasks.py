"""Work of the background: what is due, and the weather."""

from __future__ import annotations

from congdoan.portal.actions import publishing, weather


def publish_scheduled() -> int:
    """Publish and expire what is due; returns how many pages changed."""
    return publishing.publish_due()


def refresh_weather() -> bool:
    """Fetch the forecast of each place; says whether there was one to fetch."""
    return weather.refresh()
