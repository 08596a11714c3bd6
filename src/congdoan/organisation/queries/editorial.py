"""Groups of the newsroom: what mandates give, and where an account differs from it."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.organisation.models import Mandate, Officer
from congdoan.organisation.queries.capacities import valid_at
from congdoan.organisation.rights import MATRIX, Right

EDITORIAL_ROLES = frozenset(role for role, rights in MATRIX.items() if Right.EDIT_NEWS in rights)


def newsroom_groups() -> QuerySet[Group]:
    """Return the groups that mandates manage: those let into the editors' admin, and those that any mandate names."""
    let_in = Group.permissions.through.objects.filter(
        group=OuterRef("pk"),
        permission__content_type__app_label="wagtailadmin",
        permission__codename="access_admin",
    )
    named = Mandate.objects.filter(editorial_group=OuterRef("pk"))
    return Group.objects.filter(Q(Exists(let_in)) | Q(Exists(named))).order_by("name")


def given() -> QuerySet[Mandate]:
    """Return the mandates that put their holder into a group now."""
    return Mandate.objects.filter(
        valid_at(timezone.now()), position__role__in=EDITORIAL_ROLES, editorial_group__isnull=False
    )


def differences(user: User) -> QuerySet[Group]:
    """Return the groups in which ``user`` is and should not be, or is not and should be, with ``is_given``. One query.

    None for a superuser and for an account without an officer: theirs are kept as they are.
    """
    return (
        newsroom_groups()
        .filter(Exists(Officer.objects.filter(user_id=user.pk, user__is_superuser=False)))
        .annotate(
            is_in=Exists(User.groups.through.objects.filter(user_id=user.pk, group=OuterRef("pk"))),
            is_given=Exists(given().filter(officer__user_id=user.pk, editorial_group=OuterRef("pk"))),
        )
        .exclude(is_in=F("is_given"))
    )


def perhaps_different() -> QuerySet[User]:
    """Return the accounts to look at: those of officers who are in a group of the newsroom, or are given one."""
    member = User.groups.through.objects.filter(user=OuterRef("pk"), group__in=newsroom_groups())
    return User.objects.filter(officer__isnull=False, is_superuser=False).filter(
        Q(Exists(member)) | Q(Exists(given().filter(officer__user=OuterRef("pk"))))
    )
