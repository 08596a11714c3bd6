"""People and memberships for tests, all invented. A person has nothing that is not said: no phone, no birth date, no unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from congdoan.members.models import Membership, Person

ADMITTED = date(2018, 3, 1)


class PersonFactory(factory.django.DjangoModelFactory):
    """A person whom the register knows."""

    class Meta:
        model = Person

    last_name = "Vàng Thị"
    first_name = factory.Sequence(lambda n: f"Mỷ{'abcdeghiklmnopqrstuvxy'[n % 22]}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        identity = kwargs.pop("identity_number", "")
        person = model_class(*args, **kwargs)
        if identity:
            person.identity_number = identity
        person.save()
        return person


class MembershipFactory(factory.django.DjangoModelFactory):
    """A member since 1/3/2018: ``MembershipFactory(unit=…)``."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    admitted_on = ADMITTED
    entry_kind = Membership.Entry.ADMISSION


def member(unit: Any, **person: Any) -> Person:
    """Return a person who is a member of ``unit`` since 1/3/2018."""
    made: Person = MembershipFactory(unit=unit, person=PersonFactory(**person)).person
    return made
