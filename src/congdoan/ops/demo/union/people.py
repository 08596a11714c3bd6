"""Names of invented people, as they are usual in the region."""

from __future__ import annotations

from typing import Literal, NamedTuple

from congdoan import vntext
from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.source import read

Sex = Literal["female", "male"]


class PersonName(NamedTuple):
    """Family and middle names, and the given name."""

    last_name: str
    first_name: str


def person_name(sex: Sex, *key: str | int) -> PersonName:
    """Return the name of an invented person of one of the communities."""
    community = dice.weighted(
        [(entry, entry["share"]) for entry in read("people")["community"]], "community", *key
    )
    family = dice.pick(community["family"], "family", *key)
    middle = dice.pick(community[f"{sex}_middle"], "middle", *key)
    # "Thị Xuyến" and "Văn Chấn" may be; a name that says one word twice may not.
    given = [name for name in community[sex] if name not in {family, *middle.split()}]
    return PersonName(f"{family} {middle}", dice.pick(given, "given", *key))


def sex_of(women_in_hundred: int, *key: str | int) -> Sex:
    """Return a sex, female as often as said."""
    return "female" if dice.draw(100, "sex", *key) < women_in_hundred else "male"


def mail(name: PersonName, number: int) -> str:
    """Return an address that leads nowhere, such as ``hong.do-thi.12@congdoan.example``."""
    given, family = vntext.slugify(name.first_name), vntext.slugify(name.last_name)
    return f"{given}.{family}.{number}@congdoan.example"
