"""The arithmetic of a movement report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Balance:
    """Members at the beginning, who came, who went, members at the end."""

    opening: int
    incoming: int
    outgoing: int
    closing: int

    @property
    def is_even(self) -> bool:
        """Whether the four agree."""
        return self.opening + self.incoming - self.outgoing == self.closing
