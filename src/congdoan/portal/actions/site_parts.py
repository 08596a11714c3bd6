"""Taking over what stood around the article of a saved page: slogan, poll, visit counter, facts of the province."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Site

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.pages.models import Fact, SiteSettings
from congdoan.participation import actions as participation
from congdoan.participation.models import Call
from congdoan.portal.errors import MayNotAdoptError, NoNewsIndexError
from congdoan.portal.importing import ParsedPage, PrintedFact
from congdoan.portal.importing.parsed import cut_at_word

PARTS = ("slogan", "poll", "visits", "facts")

_NEEDS = {
    "slogan": "pages.change_sitesettings",
    "visits": "pages.change_sitesettings",
    "poll": "participation.add_call",
    "facts": "pages.add_fact",
}

ADOPTED, KEPT, ABSENT = "adopted", "kept", "absent"
"""What became of a part: taken over; left as it is on this site; not on the page."""


@dataclass(frozen=True, slots=True)
class _Adoption:
    parsed: ParsedPage
    settings: SiteSettings
    by: User | None

    def slogan(self) -> str:
        slogan = cut_at_word(self.parsed.slogan, 300)
        if not slogan:
            return ABSENT
        return self._change("slogan", slogan) if self.settings.slogan != slogan else KEPT

    def visits(self) -> str:
        """Only ever raised: visits that were counted are not taken back."""
        visits = self.parsed.visits
        if visits is None:
            return ABSENT
        return self._change("visits_start", visits) if self.settings.visits_start < visits else KEPT

    def _change(self, field: str, value: str | int) -> str:
        before = getattr(self.settings, field)
        setattr(self.settings, field, value)
        self.settings.save(update_fields=[field])
        audit.record(
            "site.changed",
            self.settings,
            actor=self.by,
            before={field: before},
            after={field: value, "from": self.parsed.filename},
        )
        return ADOPTED

    def poll(self) -> str:
        poll = self.parsed.poll
        if poll is None:
            return ABSENT
        question = cut_at_word(poll.question, participation.TEXT_LIMIT)
        asked = {vntext.match_key(title) for title in Call.objects.values_list("title", flat=True)}
        if vntext.match_key(question) in asked:
            return KEPT
        options = [cut_at_word(option, participation.TEXT_LIMIT) for option in poll.options]
        participation.create_site_poll(question=question, options=options, by=self.by)
        return ADOPTED

    def facts(self) -> str:
        """A fact that the site has already is kept: an editor may have corrected it since."""
        facts = self.parsed.facts
        if not facts:
            return ABSENT
        made = [self._fact(fact) for fact in facts]
        return ADOPTED if any(made) else KEPT

    def _fact(self, printed: PrintedFact) -> bool:
        label, as_of = printed.label[:80], printed.as_of[:20]
        known = {(vntext.match_key(fact.label), fact.as_of) for fact in Fact.objects.all()}
        if (
            (vntext.match_key(label), as_of) in known
            or len(printed.value) > 40
            or len(printed.measure_unit) > 40
        ):
            return False
        last = Fact.objects.order_by("-sort_order").first()
        fact = Fact.objects.create(
            label=label,
            value=printed.value,
            measure_unit=printed.measure_unit,
            as_of=as_of,
            source=cut_at_word(self._source(), 200),
            sort_order=last.sort_order + 1 if last else 1,
        )
        audit.record(
            "fact.created",
            fact,
            actor=self.by,
            after={
                "value": fact.value,
                "measure_unit": fact.measure_unit,
                "as_of": as_of,
                "source": fact.source,
            },
        )
        return True

    def _source(self) -> str:
        page = urlsplit(self.parsed.source_url).hostname or self.parsed.filename
        source = f"Trang cũ ({page})" if page else "Trang cũ"
        day = self.parsed.captured_on
        return f"{source}, lưu ngày {vntext.format_date(day)}" if day else source


def adoptable_by(user: User) -> list[str]:
    """The parts that ``user`` may take over: those whose place on this site they may change anyway."""
    return [part for part in PARTS if user.has_perm(_NEEDS[part])]


def adopt_parts(parsed: ParsedPage, which: Collection[str], by: User | None) -> dict[str, str]:
    """Take parts of a saved page over into the site: any of ``PARTS``. Returns what became of each.

    All in one transaction, each with an entry in the audit trail. Doing it again changes nothing. Raises
    ``ValueError`` for a part that there is not, ``MayNotAdoptError`` where ``by`` may not change its place on the site
    (``None``: the command line, which may), ``NoNewsIndexError`` on an installation without a site.
    """
    if unknown := sorted(set(which) - set(PARTS)):
        raise ValueError(f"no such part: {', '.join(unknown)}")
    if by is not None and (refused := sorted(set(which) - set(adoptable_by(by)))):
        raise MayNotAdoptError(refused)
    with transaction.atomic():
        site = Site.objects.select_for_update().filter(is_default_site=True).first()
        if site is None:
            raise NoNewsIndexError
        adoption = _Adoption(parsed, SiteSettings.for_site(site), by)
        adopters: dict[str, Callable[[], str]] = {
            "slogan": adoption.slogan,
            "poll": adoption.poll,
            "visits": adoption.visits,
            "facts": adoption.facts,
        }
        return {part: adopters[part]() for part in PARTS if part in which}
