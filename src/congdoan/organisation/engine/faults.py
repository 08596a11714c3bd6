"""Why a change of the tree is refused, in words that a layer above translates."""

from __future__ import annotations

from congdoan.vntext.errors import gettext_noop as gettext_noop


class TreeRuleError(Exception):
    """An operation cannot be done, or leaves a tree that cannot be.

    ``sentence`` is Vietnamese with ``%(name)s`` places, ``values`` fills them, ``code`` names the rule for programs and
    ``units`` the codes of the units concerned.
    """

    def __init__(self, code: str, sentence: str, /, *units: str, **values: object) -> None:
        super().__init__(f"{code}: {', '.join(units)}")
        self.code = code
        self.sentence = sentence
        self.units = units
        self.values = values

    @property
    def user_message(self) -> str:
        """The sentence in Vietnamese, filled in."""
        return self.sentence % self.values
