"""The demonstration's register of members: three grassroots unions, invented people, and the words that ask for consent."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan.accounts.models import User
from congdoan.members import switch
from congdoan.members.actions import cards
from congdoan.members.actions.catalogue import load_consent_texts
from congdoan.members.models import Membership, MembershipEvent, Person
from congdoan.ops.demo.union import MEMBER_UNITS, members_for
from congdoan.ops.demo.union.seeds import MemberSeed
from congdoan.organisation.models import Officer, Unit
from congdoan.organisation.queries.capacities import capacity_for


def load(users: Mapping[str, User]) -> None:
    """Write people, memberships and consent texts; nothing while the register is switched off."""
    if not switch.is_on():
        return
    load_consent_texts()
    units = dict(Unit.objects.values_list("code", "pk"))
    made = 0
    for code, count in MEMBER_UNITS:
        seeds = members_for(code, count, first_number=made)
        _load_unit(seeds, units[code], made, users)
        made += len(seeds)


def _load_unit(seeds: tuple[MemberSeed, ...], unit: int, made: int, users: Mapping[str, User]) -> None:
    officers = {
        officer.user.username: officer
        for officer in Officer.objects.filter(user__isnull=False).select_related("user")
        if officer.user is not None
    }
    people = []
    for number, seed in enumerate(seeds, made + 1):
        person = Person(
            last_name=seed.last_name,
            first_name=seed.first_name,
            birth_date=seed.born_on,
            birth_precision=Person.BirthPrecision.DAY,
            sex=seed.sex,
            phone=seed.phone,
            email=seed.email,
            employment_category=seed.employment_category,
            member_no=f"TD{number:06}",
            user=users.get(seed.username),
            officer=officers.get(seed.username),
        )
        person.identity_number = seed.identity_no
        person.derive()
        people.append(person)
    Person.objects.bulk_create(people)
    memberships = Membership.objects.bulk_create(
        Membership(
            person=person, unit_id=unit, admitted_on=seed.admitted_on, entry_kind=Membership.Entry.ADMISSION
        )
        for person, seed in zip(people, seeds, strict=True)
    )
    MembershipEvent.objects.bulk_create(
        MembershipEvent(
            membership=membership,
            person_id=membership.person_id,
            unit_id=unit,
            kind=MembershipEvent.Kind.ADMISSION,
            happened_on=membership.admitted_on,
        )
        for membership in memberships
    )


def hand_out_cards(users: Mapping[str, User]) -> None:
    """Give the demonstration's member a card, as their chair would; nothing while the register is switched off."""
    person = Person.objects.filter(user=users["doan-vien"]).first()
    if switch.is_on() and person is not None:
        cards.issue(capacity_for(users["chu-tich"]), person.pk)
