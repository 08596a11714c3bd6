"""The weather: fetched in the background, honest about its age."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from congdoan.pages.models import SiteSettings
from congdoan.portal import live_parts, tasks
from congdoan.portal.models import Forecast
from congdoan.portal.weather_codes import weather_of
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def answer_for(day):
    days = [(day + timedelta(days=n)).isoformat() for n in range(4)]
    return {
        "current": {"temperature_2m": 18.4, "weather_code": 3},
        "daily": {
            "time": days,
            "weather_code": [3, 61, 0, 95],
            "temperature_2m_max": [22.6, 20, 25, 24],
            "temperature_2m_min": [14.2, 13, 12, None],
            "precipitation_probability_max": [10, 80, None, 60],
        },
    }


@pytest.fixture
def service(settings):
    """A forecast service on this machine; set ``service.body`` to change its answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.status = [], 200
    server.body = json.dumps(answer_for(timezone.localdate())).encode()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.WEATHER_URL = f"http://127.0.0.1:{server.server_port}/v1/forecast"
    home = make_site()
    SiteSettings.objects.create(site=home.get_site())
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_worker_fetches_today_and_three_days_for_the_chosen_place(service):
    assert tasks.refresh_weather() is True
    part = live_parts.weather()
    assert part["place"] == "Lào Cai"
    assert part["words"] == {"vi": "Nhiều mây", "en": "Overcast"}
    assert [day["low"] for day in part["days"]] == [14, 13, 12, None]
    assert part["days"][0]["label"] == {"vi": "Hôm nay", "en": "Today"}
    assert part["stale"] is False
    assert "latitude=22.4856" in service.asked[0]


def test_without_the_setting_there_is_no_weather_and_nobody_is_asked(settings):
    settings.WEATHER_URL = ""
    assert tasks.refresh_weather() is False
    assert live_parts.weather() is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"daily": {"time": ["x"]}}', b'{"daily": null}', b"9" * 300_000]
)
def test_nonsense_leaves_the_last_forecast_as_it_was(service, body):
    tasks.refresh_weather()
    before = Forecast.objects.values().get()
    service.body = body
    tasks.refresh_weather()
    assert Forecast.objects.values().get() == before


def test_a_service_that_is_down_leaves_the_last_forecast_which_then_shows_its_age(service):
    tasks.refresh_weather()
    service.status = 503
    Forecast.objects.update(fetched_at=timezone.now() - timedelta(hours=4))
    tasks.refresh_weather()
    part = live_parts.weather()
    assert part["stale"] is True
    assert part["missing"] is False


def test_a_forecast_that_is_too_old_is_said_to_be_missing(service):
    tasks.refresh_weather()
    Forecast.objects.update(fetched_at=timezone.now() - timedelta(days=3))
    assert live_parts.weather() == {"place": "Lào Cai", "missing": True}


def test_days_that_are_over_are_not_shown(service):
    service.body = json.dumps(answer_for(timezone.localdate() - timedelta(days=2))).encode()
    tasks.refresh_weather()
    assert len(live_parts.weather()["days"]) == 2


def test_an_unknown_code_is_said_to_be_unknown_not_fine():
    assert weather_of(42) is None
    assert weather_of(None) is None
