"""What can go wrong while an installation is run."""

from __future__ import annotations

import abc


class OpsError(Exception, abc.ABC):
    """Running the installation failed for a known reason. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """What happened and what to do, in the language of the person at the keyboard."""
