"""Writes: making, opening, closing and cancelling a poll; taking a ballot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.participation.engine import claim_key, is_token
from congdoan.participation.errors import (
    AlreadyVotedError,
    BadQuestionError,
    BadTokenError,
    NoSuchCallError,
    NotOpenError,
    UnknownOptionError,
    WrongStatusError,
)
from congdoan.participation.kinds import SITE_POLL
from congdoan.participation.models import MAX_OPTIONS, MIN_OPTIONS, Ballot, Call, Claim, Option

TEXT_LIMIT = 200
SLUG_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Cast:
    """What became of a submission: ``is_repeat`` when this very form had been counted before."""

    call: Call
    is_repeat: bool


@transaction.atomic
def create_site_poll(
    *,
    question: str,
    options: Sequence[str],
    by: User | None,
    question_en: str = "",
    options_en: Sequence[str] | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    slug: str | None = None,
    is_draft: bool = False,
) -> Call:
    """Make a poll of the portal; it opens at ``opens_at``, else at once. ``is_draft`` keeps it from visitors.

    ``options_en`` has one text for each option ("" where there is none). Without ``slug`` one is made of the question;
    a number is added to one that is taken. Raises ``BadQuestionError`` with the field that is wrong.
    """
    question, question_en = _tidy(question), _tidy(question_en)
    texts = [_tidy(text) for text in options]
    texts_en = [_tidy(text) for text in options_en] if options_en is not None else [""] * len(texts)
    opening = opens_at or _this_second()
    _check_question(question, question_en)
    check_options(texts, texts_en)
    if closes_at is not None and closes_at <= opening:
        raise BadQuestionError("closes_at", _("Giờ đóng phải sau giờ mở. Hãy chọn giờ đóng muộn hơn."))

    call: Call = Call.objects.create(
        kind=SITE_POLL.code,
        title=question,
        title_en=question_en,
        slug=_own_slug(slug) if slug is not None else free_slug(question),
        status=Call.Status.DRAFT if is_draft else Call.Status.ANNOUNCED,
        opens_at=opening,
        closes_at=closes_at,
    )
    for order, (text, text_en) in enumerate(zip(texts, texts_en, strict=True)):
        Option.objects.create(call=call, text=text, text_en=text_en, sort_order=order)
    audit.record(
        "call.created",
        call,
        actor=by,
        after={"kind": call.kind, "status": call.status, "options": texts, "opens_at": opening.isoformat()},
    )
    return call


def _this_second() -> datetime:
    """Now, for opening at once: never ahead of the database's clock, which on SQLite counts milliseconds."""
    return timezone.now().replace(microsecond=0)


def _tidy(text: str) -> str:
    return vntext.nfc(" ".join(text.split()))


def _check_question(question: str, question_en: str) -> None:
    if not question:
        raise BadQuestionError("question", _("Hãy nhập câu hỏi."))
    if max(len(question), len(question_en)) > TEXT_LIMIT:
        raise BadQuestionError(
            "question", _("Câu hỏi dài quá %(limit)d chữ cái. Hãy viết ngắn hơn.") % {"limit": TEXT_LIMIT}
        )


def check_options(texts: Sequence[str], texts_en: Sequence[str] | None = None) -> None:
    """Refuse options that a voter could not choose between. Raises ``BadQuestionError``."""
    if not MIN_OPTIONS <= len(texts) <= MAX_OPTIONS:
        raise BadQuestionError(
            "options",
            _("Bình chọn cần từ %(least)d đến %(most)d phương án.")
            % {"least": MIN_OPTIONS, "most": MAX_OPTIONS},
        )
    if not all(texts):
        raise BadQuestionError("options", _("Có phương án để trống. Hãy viết hoặc xoá phương án đó."))
    if max(len(text) for text in [*texts, *(texts_en or [])]) > TEXT_LIMIT:
        raise BadQuestionError(
            "options", _("Có phương án dài quá %(limit)d chữ cái. Hãy viết ngắn hơn.") % {"limit": TEXT_LIMIT}
        )
    if len({vntext.nfc(text).casefold() for text in texts}) < len(texts):
        raise BadQuestionError("options", _("Có hai phương án giống nhau. Hãy sửa hoặc xoá một phương án."))
    if texts_en is not None and len(texts_en) != len(texts):
        raise BadQuestionError("options", _("Số phương án tiếng Anh phải bằng số phương án tiếng Việt."))


def _own_slug(slug: str) -> str:
    if not slug or vntext.slugify(slug, max_length=SLUG_LIMIT) != slug:
        raise BadQuestionError("slug", _("Địa chỉ chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối."))
    if Call.objects.filter(slug=slug).exists():
        raise BadQuestionError("slug", _("Địa chỉ này đã có bình chọn khác dùng. Hãy chọn địa chỉ khác."))
    return slug


def free_slug(question: str) -> str:
    """Make an address of the question that no Call has yet."""
    stem = vntext.slugify(question, max_length=SLUG_LIMIT - 5) or "binh-chon"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


# --- Steps of a Call -------------------------------------------------------------------------------


@transaction.atomic
def open_call(call_id: int, *, by: User | None) -> Call:
    """Announce a draft and open it now, unless its hour of opening is still to come.

    Raises ``WrongStatusError`` unless it is a draft, ``BadQuestionError`` for one that would already be closed.
    """
    call = _locked(call_id)
    if call.status != Call.Status.DRAFT:
        raise WrongStatusError(call.state)
    now = _this_second()
    if call.closes_at is not None and call.closes_at <= now:
        raise BadQuestionError("closes_at", _("Giờ đóng đã qua. Hãy chọn giờ đóng khác rồi mở."))
    call.status = Call.Status.ANNOUNCED
    call.opens_at = max(call.opens_at, now)
    call.save(update_fields=["status", "opens_at"])
    audit.record("call.opened", call, actor=by, after={"opens_at": call.opens_at.isoformat()})
    return call


@transaction.atomic
def close_call(call_id: int, *, by: User | None) -> Call:
    """Close an open Call now. Raises ``WrongStatusError`` unless it is open."""
    call = _locked(call_id)
    if call.state != Call.State.OPEN:
        raise WrongStatusError(call.state)
    before = call.closes_at.isoformat() if call.closes_at else None
    # A millisecond ago: by the next statement it is closed, also for SQLite's clock, which knows no smaller step.
    call.closes_at = max(
        timezone.now() - timedelta(milliseconds=1), call.opens_at + timedelta(microseconds=1)
    )
    call.save(update_fields=["closes_at"])
    audit.record(
        "call.closed",
        call,
        actor=by,
        before={"closes_at": before},
        after={"closes_at": call.closes_at.isoformat()},
    )
    return call


@transaction.atomic
def cancel_call(call_id: int, *, reason: str, by: User | None) -> Call:
    """Cancel a Call that is not over, with the reason that visitors read; its ballots stay.

    Raises ``WrongStatusError`` for a closed or cancelled one, ``BadQuestionError`` without a reason.
    """
    call = _locked(call_id)
    if call.state in (Call.State.CLOSED, Call.State.CANCELLED):
        raise WrongStatusError(call.state)
    if not reason.strip():
        raise BadQuestionError("reason", _("Hãy ghi lý do huỷ để người đọc biết."))
    before = call.status
    call.status, call.cancel_reason = Call.Status.CANCELLED, _tidy(reason)
    call.save(update_fields=["status", "cancel_reason"])
    audit.record(
        "call.cancelled",
        call,
        actor=by,
        before={"status": before},
        after={"status": call.status},
        reason=call.cancel_reason,
    )
    return call


def lock(call_id: int) -> None:
    """Keep votes out of a Call until the transaction ends: nobody votes while its questionnaire is being changed."""
    Call.objects.select_for_update().filter(pk=call_id).first()


def _locked(call_id: int) -> Call:
    lock(call_id)
    return Call.objects.with_state().get(pk=call_id)


# --- Voting ----------------------------------------------------------------------------------------


def cast_ballot(call_slug: str, option_id: int, *, voter_token: str, form_token: str) -> Cast:
    """Count one vote of one voter, in one transaction with the two claims that make it the only one.

    The same form sent again (two clicks, a lost answer) is told that it was counted, even after closing; another form
    of the same voter raises ``AlreadyVotedError``. Nothing is checked before it is inserted: of any number of parallel
    submissions the database lets one through. Raises ``NoSuchCallError``, ``NotOpenError`` (by the clock of the
    database), ``UnknownOptionError``, ``BadTokenError``.
    """
    if not (is_token(voter_token) and is_token(form_token)):
        raise BadTokenError
    call = Call.objects.exclude(status=Call.Status.DRAFT).filter(slug=call_slug).first()
    if call is None:
        raise NoSuchCallError
    form_key = claim_key(call.pk, "form", form_token, secret=settings.SECRET_KEY)
    voter_key = claim_key(call.pk, "voter", voter_token, secret=settings.SECRET_KEY)
    try:
        with transaction.atomic():
            _hold_open(call.pk)
            option = Option.objects.filter(pk=option_id, call=call).first()
            if option is None:
                raise UnknownOptionError
            # The form's claim first, always: parallel copies of one form then wait for each other, and none deadlocks.
            Claim.objects.bulk_create(
                [Claim(call=call, key_hash=form_key), Claim(call=call, key_hash=voter_key)]
            )
            Ballot.objects.create(call=call, option=option)
    except (IntegrityError, NotOpenError) as error:
        if Claim.objects.filter(call=call, key_hash=form_key).exists():
            return Cast(call, is_repeat=True)
        if isinstance(error, IntegrityError) and Claim.objects.filter(call=call, key_hash=voter_key).exists():
            raise AlreadyVotedError from error
        raise
    return Cast(call, is_repeat=False)


def _hold_open(call_id: int) -> None:
    """Make sure that the Call is open, and stays so until the ballot is in.

    On SQLite the transaction already holds the only writer's lock. On PostgreSQL voters share the row's lock, which
    whoever closes or changes the Call must wait for; Django has no FOR SHARE of its own.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM participation_call WHERE id = %s FOR SHARE", [call_id])
    state = Call.objects.with_state().filter(pk=call_id).values_list("state", flat=True).get()
    if state == Call.State.DRAFT:
        raise NoSuchCallError
    if state != Call.State.OPEN:
        raise NotOpenError(state)
