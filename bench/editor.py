"""An editor in a process of its own.

``python -m bench.editor describe`` prints which article the benchmarks read. ``python -m bench.editor publish PK``
reads one title a line from standard input, publishes the article under it and prints the time of the commit.
"""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402  # the apps must be loaded first
from django.utils.html import strip_tags  # noqa: E402  # the same

from congdoan.portal.models import ArticlePage  # noqa: E402  # the same


def describe() -> None:
    """Print the longest article with its category and the articles beside it."""
    article = max(ArticlePage.objects.live(), key=lambda each: len(str(each.body)))
    category = article.get_parent()
    siblings = (
        ArticlePage.objects.live().child_of(category).exclude(pk=article.pk).order_by("-first_published_at")
    )
    paragraphs = [strip_tags(str(block.value)).strip() for block in article.body]
    print(
        json.dumps(
            {
                "pk": article.pk,
                "path": article.url,
                "category": category.url,
                "others": [each.url for each in siblings],
                "title": article.title,
                "paragraphs": [text for text in paragraphs if text],
            }
        )
    )


def publish(pk: int) -> None:
    """Publish the article once for each line of standard input."""
    print("ready", flush=True)
    for line in sys.stdin:
        article = ArticlePage.objects.get(pk=pk)
        article.title = line.strip()
        started = time.time()
        with transaction.atomic():
            article.save_revision().publish()
        print(json.dumps({"started": started, "committed": time.time()}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "describe":
        describe()
    else:
        publish(int(sys.argv[2]))
