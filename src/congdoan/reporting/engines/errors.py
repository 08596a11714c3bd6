"""Why an engine cannot work."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What keeps an engine from working."""

    UNKNOWN = "unknown"
    NOT_INSTALLED = "not_installed"
    NO_ADDRESS = "no_address"
    FAILED = "failed"


class EngineError(Exception):
    """The engine ``name`` cannot work; ``detail`` in its own words."""

    def __init__(self, name: str, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{name}: {fault} {detail}".strip())
        self.name, self.fault, self.detail = name, fault, detail
