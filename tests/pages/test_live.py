"""``/tien-ich/``: one small answer with everything that is live."""

from __future__ import annotations

import json
import re

import pytest

from congdoan.pages.live import registry
from congdoan.pages.live.answer import LiveAnswer
from congdoan.pages.live.robots import is_robot
from tests.pages.conftest import FIREFOX

pytestmark = pytest.mark.django_db

ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/120.0",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; GPTBot/1.1; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Mozilla/5.0 (Linux; Android 11) Chrome/119.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
    "ia_archiver",
]
PEOPLE = [
    FIREFOX,
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) coc_coc_browser/122.0 Chrome/116.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/592",
    "",
]


@pytest.fixture(autouse=True)
def _no_parts(monkeypatch):
    monkeypatch.setattr(registry, "_parts", {})
    monkeypatch.setattr(registry, "_failing", set())


@pytest.fixture
def live(clock):
    made = LiveAnswer(clock=clock)
    made.refresh()
    return made


def shown(body: bytes) -> dict:
    return json.loads(body)


def request(agent: str = FIREFOX, **environ: str) -> dict[str, str]:
    return {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": agent, **environ}


def test_the_answer_has_what_is_promised(live):
    assert shown(live.visit(request())) == {
        "date": {"vi": "Thứ Năm, ngày 17/10/2019", "en": "Thursday, 17 October 2019"},
        "visits": {"total": 1, "today": 1, "month": 1, "online": 1},
        "poll": None,
        "weather": None,
    }


def test_the_parts_of_the_apps_above_are_in_it_whatever_they_hold(live):
    held = {"question": 'Tỷ lệ 100% %d %s "x" \x00visits\x00 ✓', "options": [1, None]}
    registry.register("poll", lambda: held)
    live.refresh()
    assert shown(live.visit(request()))["poll"] == held


def test_a_part_that_fails_is_absent_and_takes_nothing_along(live):
    def fail() -> None:
        raise ValueError

    registry.register("poll", fail)
    registry.register("weather", lambda: {"temperature": 21})
    live.refresh()
    answer = shown(live.visit(request()))
    assert answer["poll"] is None
    assert answer["weather"] == {"temperature": 21}
    assert answer["visits"]["total"] == 1


def test_a_part_that_nobody_promised_is_refused():
    with pytest.raises(ValueError, match="there are poll, weather"):
        registry.register("wheather", dict)


def test_the_date_changes_at_midnight_without_waiting_for_the_next_refresh(live, clock):
    clock.set(2019, 10, 18, 0, 0, 0)
    answer = shown(live.visit(request()))
    assert answer["date"]["vi"] == "Thứ Sáu, ngày 18/10/2019"


def test_before_the_database_was_read_there_are_no_numbers(clock):
    answer = shown(LiveAnswer(clock=clock).visit(request()))
    assert answer["visits"] is None
    assert answer["date"]["vi"] == "Thứ Năm, ngày 17/10/2019"


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_are_shown_the_numbers_and_not_counted(live, agent):
    live.visit(request())
    assert shown(live.visit(request(agent)))["visits"] == {"total": 1, "today": 1, "month": 1, "online": 1}


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted_whatever_their_telephone_is_called(agent):
    assert not is_robot(agent)


def test_the_patterns_are_valid_on_their_own():
    from congdoan.pages.live.robots import PATTERNS

    for pattern in PATTERNS:
        re.compile(pattern)


def test_a_flood_of_invented_browsers_does_not_fill_the_memory(live):
    for number in range(5000):
        live.visit(request(f"Mozilla/5.0 {number}"))
    assert len(live._agents) <= 2000
    live.visit(request("x" * 100_000))
    assert all(len(agent) < 1000 for agent in live._agents)


def test_visitors_behind_our_proxy_are_told_apart(clock):
    live = LiveAnswer(clock=clock, trusted_proxies=["203.0.113.7"])
    live.refresh()
    live.visit(request(HTTP_X_FORWARDED_FOR="198.51.100.1"))
    answer = live.visit(request(HTTP_X_FORWARDED_FOR="198.51.100.2"))
    assert shown(answer)["visits"]["online"] == 2


def test_nobody_else_can_pretend_to_be_many(live):
    for number in range(5):
        answer = live.visit(request(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"))
    assert shown(answer)["visits"]["online"] == 1


def test_the_front_counts_one_visit_for_each_get(visitor):
    for expected in (1, 2, 3):
        answer = visitor.get("/tien-ich/")
        assert json.loads(answer.body)["visits"]["total"] == expected
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert visitor.rendered == []


def test_head_counts_nothing(visitor):
    visitor.get("/tien-ich/")
    assert visitor.get("/tien-ich/", method="HEAD").body == b""
    assert json.loads(visitor.get("/tien-ich/").body)["visits"]["total"] == 2


def test_an_officer_who_reads_the_portal_is_counted_too(visitor):
    answer = visitor.get("/tien-ich/", HTTP_COOKIE="congdoan_session=abc")
    assert json.loads(answer.body)["visits"]["total"] == 1


def test_any_other_method_is_refused(visitor):
    assert visitor.get("/tien-ich/", method="POST").status in (403, 405)
    assert json.loads(visitor.get("/tien-ich/").body)["visits"]["total"] == 1


def test_without_the_front_application_django_answers_the_same(client):
    first, second = client.get("/tien-ich/").json(), client.get("/tien-ich/").json()
    assert second["visits"]["total"] == first["visits"]["total"] + 1
    assert set(second) == {"date", "visits", "poll", "weather"}
