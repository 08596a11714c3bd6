"""Sizes of a picture are there before the first reader."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from congdoan.media.models import Rendition
from congdoan.media.tasks import make_renditions
from congdoan.ui import pictures
from tests.factories import PictureFactory, UserFactory

pytestmark = pytest.mark.django_db
PATH = "congdoan.media.tasks.make_renditions"


def test_an_upload_asks_the_worker_for_every_size():
    picture = PictureFactory(uploaded_by_user=UserFactory())
    waiting = DBTaskResult.objects.get(task_path=PATH)
    assert waiting.args_kwargs["args"] == [picture.pk]


def test_a_picture_that_nobody_uploaded_waits_for_its_first_reader():
    PictureFactory()
    assert not DBTaskResult.objects.filter(task_path=PATH).exists()


def test_the_worker_makes_what_pages_need():
    picture = PictureFactory()
    make_renditions.call(picture.pk)
    made = set(Rendition.objects.values_list("filter_spec", flat=True))
    assert set(pictures.specs(*pictures.PRESETS)) <= made


def test_a_picture_that_is_gone_needs_nothing():
    assert make_renditions.call(4711) == 0
