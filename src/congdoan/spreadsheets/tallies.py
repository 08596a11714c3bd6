"""The count that every import shows: what was read is what was created, updated or refused."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Rows of one import by what became of them; no row is ever lost between the three."""

    created: int = 0
    updated: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """Rows read: always the sum of the three."""
        return self.created + self.updated + self.refused
