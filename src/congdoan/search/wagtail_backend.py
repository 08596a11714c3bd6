"""Search in Wagtail's admin: editors find pages, images, files, accounts and snippets with or without diacritics.

A row of folded words for each object stands in the database itself (``AdminText``), so the search is one query
that keeps Wagtail's own filters and permissions. Each word typed must begin a word of the object. What reads
exactly as typed comes first. The same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan
from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler, get_model_root
from modelsearch.backends.database.fallback import DatabaseSearchResults
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from congdoan import vntext
from congdoan.search.engine.reading import clean, exact_words, folded_words
from congdoan.search.models import AdminText

_LONGEST = 20_000
"""Characters of an object that are searched; more would make every search slow for all."""
_NOTHING = Q(pk__in=[])


class AdminQueryCompiler(BaseSearchQueryCompiler):  # type: ignore[misc]  # modelsearch is untyped
    """Turns what an editor typed into a condition on ``AdminText`` and an order."""

    DEFAULT_OPERATOR = "and"
    column = "body"

    def check(self) -> None:
        """Accept every filter and order: the database applies them itself, unlike an index elsewhere."""

    def words_match(self) -> Q | None:
        """The condition on ``AdminText``; ``None`` when everything matches."""
        return self._condition(self.query)

    def ranked(self) -> Case | None:
        """0 for the title as typed, then with these diacritics, without them, scattered; 4 for elsewhere.

        ``None`` when there is no word to rank by.
        """
        text = _plain_text(self.query)
        folded, exact = " ".join(folded_words(text)), " ".join(exact_words(text))
        if not folded:
            return None
        loose = [_contains("title", f" {word}") for word in folded.split()]
        return Case(
            When(title_exact=f" {exact} ", then=Value(0)),
            When(_contains("title_exact", f" {exact}"), then=Value(1)),
            When(_contains("title", f" {folded}"), then=Value(2)),
            When(reduce(and_, loose), then=Value(3)),
            default=Value(4),
            output_field=IntegerField(),
        )

    def _condition(self, query: SearchQuery) -> Q | None:
        if isinstance(query, PlainText):
            words = folded_words(clean(query.query_string))
            combine = or_ if query.operator == "or" else and_
            return (
                reduce(combine, [_contains(self.column, f" {word}") for word in words]) if words else _NOTHING
            )
        if isinstance(query, Phrase):
            phrase = " ".join(folded_words(clean(query.query_string)))
            return _contains(self.column, f" {phrase} ") if phrase else _NOTHING
        if isinstance(query, Boost):
            return self._condition(query.subquery)
        if isinstance(query, MatchAll):
            return None
        if isinstance(query, Not):
            inner = self._condition(query.subquery)
            return _NOTHING if inner is None else ~inner
        inner_ones = [self._condition(subquery) for subquery in query.subqueries]
        if isinstance(query, And):
            conditions = [inner for inner in inner_ones if inner is not None]
            return reduce(and_, conditions) if conditions else None
        if isinstance(query, Or):
            return (
                None
                if None in inner_ones
                else reduce(or_, [inner for inner in inner_ones if inner is not None])
            )
        raise TypeError(f"{type(query).__name__} cannot be searched for here")


class AdminAutocompleteQueryCompiler(AdminQueryCompiler):
    """The same, in the fields that complete while one types."""

    column = "title"


class AdminResults(DatabaseSearchResults):  # type: ignore[misc]  # modelsearch is untyped
    """Results as the database gives them; counting and facets are inherited."""

    def get_queryset(self) -> QuerySet[Any]:
        """One query: the caller's own, narrowed to what matches, in the order of relevance."""
        compiler: AdminQueryCompiler = self.query_compiler
        queryset: QuerySet[Any] = compiler.queryset
        condition = compiler.words_match()
        of_model = AdminText.objects.filter(content_type=_content_type(queryset.model))
        if condition is not None:
            found = of_model.filter(condition).values(key=_as_key(queryset.model))
            queryset = queryset.filter(pk__in=found)
        ranked = compiler.ranked()
        if compiler.order_by_relevance and ranked is not None:
            row = of_model.filter(object_id=Cast(OuterRef("pk"), CharField()))
            queryset = queryset.order_by(Subquery(row.annotate(rank=ranked).values("rank")[:1]), "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[self.start : self.stop]

    def _do_search(self) -> Iterator[Any]:
        queryset = self.get_queryset()
        if self._score_field:
            queryset = queryset.annotate(**{self._score_field: Value(None, output_field=models.FloatField())})
        # Not an iterator: prefetches asked for by the caller must hold.
        return iter(queryset)


class AdminIndex(BaseIndex):  # type: ignore[misc]  # modelsearch is untyped
    """Keeps ``AdminText``."""

    def reset(self) -> None:
        """Forget everything."""
        AdminText.objects.all().delete()

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        """Write the words of ``items`` in one statement."""
        rows = [
            AdminText(content_type=_content_type(type(item)), object_id=_key(item), **_words_of(item))
            for item in items
        ]
        AdminText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "title_exact", "body"],
            batch_size=200,
        )

    def delete_item(self, item: models.Model) -> None:
        """Forget one object."""
        AdminText.objects.filter(content_type=_content_type(type(item)), object_id=_key(item)).delete()


class AdminRebuilder:
    """Builds ``AdminText`` anew (``update_index``)."""

    def __init__(self, index: AdminIndex) -> None:
        self.index = index

    def start(self) -> AdminIndex:
        """Empty the table."""
        self.index.reset()
        return self.index

    def finish(self) -> None:
        """There is nothing to switch."""


class SearchBackend(BaseSearchBackend):  # type: ignore[misc]  # modelsearch is untyped
    """The backend that ``WAGTAILSEARCH_BACKENDS`` names."""

    query_compiler_class = AdminQueryCompiler
    autocomplete_query_compiler_class = AdminAutocompleteQueryCompiler
    index_class = AdminIndex
    results_class = AdminResults
    rebuilder_class = AdminRebuilder


def _contains(column: str, text: str) -> Q:
    # Not LIKE: there the reader's % and _ would be wildcards, and SQLite would compare letter by letter.
    return Q(GreaterThan(StrIndex(F(column), Value(text)), Value(0)))


def _content_type(model: type[models.Model]) -> ContentType:
    # A page is found as a page and as an article: both are one object with one key.
    return ContentType.objects.get_for_model(get_model_root(model))


def _key(item: models.Model) -> str:
    """The primary key as the database writes it out."""
    return str(item._meta.pk.get_db_prep_save(item.pk, connection))  # noqa: SLF001  # Django documents _meta as public


def _as_key(model: type[models.Model]) -> Cast:
    """``object_id`` as the type of the model's primary key."""
    field: Any = model._meta.pk  # noqa: SLF001  # Django documents _meta as public
    while field.remote_field is not None:
        field = field.target_field
    number = isinstance(field, models.AutoField | models.BigAutoField | models.SmallAutoField)
    return Cast("object_id", models.BigIntegerField() if number else field.clone())


def _words_of(item: models.Model) -> dict[str, str]:
    """The columns of ``AdminText`` for one object."""
    fields = list(type(item).get_search_fields())  # type: ignore[attr-defined]  # Wagtail's Indexed is untyped
    everything = " ".join(_texts(item, fields, (SearchField, AutocompleteField)))[:_LONGEST]
    title = " ".join(_texts(item, fields, (AutocompleteField,)))[:_LONGEST] or everything
    return {
        "title": _row_of(folded_words(title)),
        "title_exact": _row_of(exact_words(title)),
        "body": _row_of(folded_words(everything)),
    }


def _texts(item: Any, fields: Iterable[Any], wanted: tuple[Any, ...]) -> Iterator[str]:
    for field in fields:
        if isinstance(field, wanted):
            yield from _flat(field.get_value(item))
        elif isinstance(field, RelatedFields):
            related = field.get_value(item)
            for one in related.all() if hasattr(related, "all") else filter(None, [related]):
                yield from _texts(one, field.fields, wanted)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.values()
    if value is None or isinstance(value, str) or not isinstance(value, Iterable):
        yield "" if value is None else vntext.nfc(str(value))
        return
    for part in value:
        yield from _flat(part)


def _row_of(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _plain_text(query: SearchQuery) -> str:
    if isinstance(query, (PlainText, Phrase)):
        return clean(query.query_string)
    if isinstance(query, Boost):
        return _plain_text(query.subquery)
    if isinstance(query, (And, Or)):
        return " ".join(filter(None, map(_plain_text, query.subqueries)))
    return ""
